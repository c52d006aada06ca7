import { useState } from 'react';
import type { Refusal } from '../../contract/refusals.ts';
import { Dialog } from '../components/dialog.tsx';
import { Field } from '../components/field.tsx';
import { RefusalNote } from '../components/refusal-note.tsx';
import { useTexts } from '../i18n/preferences.tsx';
import { useStation } from '../station-context.tsx';
import { readDay } from './day-entry.ts';

/** Goes to a day or a number of the whole list. */
export function JumpDialog({
  today,
  onJump,
  onClose,
}: {
  readonly today: string;
  readonly onJump: (place: number) => void;
  readonly onClose: () => void;
}) {
  const t = useTexts();
  const station = useStation();
  const [text, setText] = useState('');
  const [isMissing, setMissing] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);

  async function jump(): Promise<void> {
    if (text.trim() === '') return;
    const businessDay = readDay(text, today);
    const reply = await station.call('movement.find', {
      target: businessDay === null ? { number: text.trim() } : { businessDay },
    });
    setRefusal(reply.ok ? null : reply.error);
    if (!reply.ok) return;
    if (reply.output.place === null) setMissing(true);
    else onJump(reply.output.place);
  }

  return (
    <Dialog title={t.movements.jump} onClose={onClose} size="sm">
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void jump();
        }}
      >
        <Field
          label={t.movements.jumpTo}
          hint={t.movements.jumpHint}
          error={isMissing ? t.movements.jumpMissing : null}
          data-autofocus
          data-testid="jump"
          maxLength={40}
          value={text}
          onText={(typed) => {
            setText(typed);
            setMissing(false);
          }}
        />
        <button type="submit" className="button primary large">
          {t.movements.jump}
        </button>
        <RefusalNote refusal={refusal} />
      </form>
    </Dialog>
  );
}
