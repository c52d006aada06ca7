import { useState } from 'react';
import type { Refusal } from '../../contract/refusals.ts';
import type { SyncView } from '../../contract/station-views.ts';
import { useTexts } from '../i18n/preferences.tsx';
import { useStation } from '../station-context.tsx';
import { useBranchClock } from '../use-branch-clock.ts';
import { RefusalNote } from './refusal-note.tsx';

/** What happened between station and ERP that a person has to know of; it stays until somebody says so. */
export function SyncAlerts({ sync }: { readonly sync: SyncView }) {
  const t = useTexts();
  const station = useStation();
  const clock = useBranchClock();
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  if (sync.alerts.length === 0) return null;

  async function acknowledge(): Promise<void> {
    const reply = await station.call('sync.resume', { password: null });
    setRefusal(reply.ok ? null : reply.error);
    if (reply.ok) station.store.setState({ sync: reply.output });
  }

  return (
    <section data-testid="sync-alerts">
      <h3>{t.sync.alertsTitle}</h3>
      <ul className="sync-alerts">
        {sync.alerts.map((alert) => (
          <li key={alert.kind}>
            <p>{t.app.said(alert.text)}</p>
            <p className="muted">{clock.instant(alert.at)}</p>
          </li>
        ))}
      </ul>
      {sync.stoppedReason === null && (
        <button type="button" className="button" onClick={() => void acknowledge()}>
          {t.sync.acknowledge}
        </button>
      )}
      <RefusalNote refusal={refusal} />
    </section>
  );
}
