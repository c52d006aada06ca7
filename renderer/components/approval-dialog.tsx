import { useState } from 'react';
import type { Permission } from '../../contract/policies.ts';
import type { Refusal } from '../../contract/refusals.ts';
import { refusalText } from '../../contract/refusal-texts/refusal-text.ts';
import { usePreferences, useTexts } from '../i18n/preferences.tsx';
import { useStation, useStationState } from '../station-context.tsx';
import { DemoPin } from './demo-pin.tsx';
import { Dialog } from './dialog.tsx';
import { PinPad } from './pin-pad.tsx';
import { RefusalNote } from './refusal-note.tsx';
import { useQuery } from './use-query.ts';

/** The superior's PIN, typed at the till of the person who asked; both names are recorded by the core. */
export function ApprovalDialog({
  permission,
  refusal,
  onAnswer,
}: {
  readonly permission: Permission;
  readonly refusal: Refusal;
  readonly onAnswer: (approvalId: string | null) => void;
}) {
  const t = useTexts();
  const { language } = usePreferences();
  const station = useStation();
  const self = useStationState((state) => state.view?.operator?.code);
  const operators = useQuery('operator.list', {});
  const superiors = (operators.output ?? []).filter(({ profile, code }) => profile !== 'cashier' && code !== self);
  const [chosen, setChosen] = useState<string | null>(null);
  const [pin, setPin] = useState('');
  const [denied, setDenied] = useState<Refusal | null>(null);
  const [isBusy, setBusy] = useState(false);
  const code = chosen ?? superiors[0]?.code ?? null;

  async function approve(): Promise<void> {
    if (code === null || pin === '') return;
    setBusy(true);
    const reply = await station.call('operator.approve', { code, pin, permission });
    setBusy(false);
    setPin('');
    if (reply.ok) onAnswer(reply.output.approvalId);
    else setDenied(reply.error);
  }

  return (
    <Dialog
      title={t.dialogs.approvalTitle}
      level="approval"
      isReading={operators.state === 'reading'}
      onClose={() => onAnswer(null)}
    >
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void approve();
        }}
      >
        <p className="lead">{refusalText(refusal, language).title}</p>
        <fieldset className="choice-row">
          <legend>{t.dialogs.approvalWho}</legend>
          {superiors.map((operator) => (
            <label key={operator.code} className="choice">
              <input
                type="radio"
                name="superior"
                checked={operator.code === code}
                onChange={() => setChosen(operator.code)}
              />
              <span>{operator.name}</span>
              <small>{t.app.profile(operator.profile)}</small>
            </label>
          ))}
        </fieldset>
        <PinPad label={t.login.pin} pin={pin} onPin={setPin} submitLabel={t.dialogs.approve} isBusy={isBusy} />
        <DemoPin operatorCode={code} />
        <RefusalNote refusal={operators.state === 'refused' ? operators.error : denied} />
      </form>
    </Dialog>
  );
}
