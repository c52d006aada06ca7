import { useState } from 'react';
import type { Refusal } from '../../contract/refusals.ts';
import { useTexts } from '../i18n/preferences.tsx';
import { useStation } from '../station-context.tsx';
import { RefusalNote } from './refusal-note.tsx';

/** Sends what waits at once, and says what came of it: also why it did not run. */
export function SendNow() {
  const t = useTexts();
  const station = useStation();
  const [outcome, setOutcome] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [isBusy, setBusy] = useState(false);

  async function send(): Promise<void> {
    setBusy(true);
    const reply = await station.call('sync.sendNow', {});
    setBusy(false);
    setRefusal(reply.ok ? null : reply.error);
    if (!reply.ok) return setOutcome(null);
    const { ran, reason, sent, confirmed, left } = reply.output;
    setOutcome(!ran && reason !== null ? t.sync.notSent(reason) : t.sync.sent(sent, confirmed, left));
  }

  return (
    <section className="stack">
      <button type="button" className="button" data-autofocus disabled={isBusy} onClick={() => void send()}>
        {isBusy ? t.sync.sending : t.sync.sendNow}
      </button>
      <p role="status" data-testid="send-outcome">
        {outcome}
      </p>
      <RefusalNote refusal={refusal} />
    </section>
  );
}
