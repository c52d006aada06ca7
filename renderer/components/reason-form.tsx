import { useState } from 'react';
import { useTexts } from '../i18n/preferences.tsx';
import { Field } from './field.tsx';

const MIN_REASON_LENGTH = 3;

/** Why something is undone: a usual reason with one touch, or own words. The button stays off until there is one. */
export function ReasonForm({
  usual,
  submitLabel,
  isBusy,
  onReason,
}: {
  readonly usual: readonly string[];
  readonly submitLabel: string;
  readonly isBusy: boolean;
  readonly onReason: (reason: string) => void;
}) {
  const t = useTexts();
  const [reason, setReason] = useState('');
  const isEnough = reason.trim().length >= MIN_REASON_LENGTH;
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (isEnough && !isBusy) onReason(reason.trim());
      }}
    >
      <Field
        label={t.dialogs.reason}
        value={reason}
        onText={setReason}
        data-autofocus
        maxLength={200}
        data-testid="reason"
      />
      <div className="chips">
        {usual.map((words) => (
          <button key={words} type="button" className="chip" onClick={() => setReason(words)}>
            {words}
          </button>
        ))}
      </div>
      <button type="submit" className="button careful large" disabled={!isEnough || isBusy}>
        {submitLabel}
      </button>
    </form>
  );
}
