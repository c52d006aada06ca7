import { useState } from 'react';
import type { CashClosingView, CashSessionView, SessionClosingView } from '../../contract/cash-views.ts';
import { RefusalNote } from '../components/refusal-note.tsx';
import { useQuery } from '../components/use-query.ts';
import { useTexts } from '../i18n/preferences.tsx';
import { useKeys } from '../keyboard/keyboard.tsx';
import { useStation } from '../station-context.tsx';
import { replaceView } from '../station-store.ts';
import { CashCount } from './cash-count.tsx';
import { CashOverview } from './cash-overview.tsx';
import { CashResult } from './cash-result.tsx';
import { EMPTY_COUNT, type CountEntry } from './count-entry.ts';

/**
 * The open cash session: overview -> blind count -> what it came to -> closed.
 *
 * Where it stands comes from the core, so that a crash or another operator finds it again; only what is typed is here.
 */
export function CashScreen({
  session,
  onBack,
  onClosed,
}: {
  readonly session: CashSessionView;
  readonly onBack: () => void;
  readonly onClosed: (closing: SessionClosingView) => void;
}) {
  const t = useTexts();
  const station = useStation();
  const closing = useQuery('cashSession.closing', {}, session.cashSessionId);
  const [isCounting, setCounting] = useState(false);
  const [entry, setEntry] = useState<CountEntry>(EMPTY_COUNT);
  const [counted, setCounted] = useState<CashClosingView | null>(null);
  const view = counted ?? closing.output;
  useKeys('screen', { Escape: view === undefined ? onBack : undefined }, { isReading: closing.state === 'reading' });

  async function readCounted(): Promise<void> {
    const [now, whole] = await Promise.all([station.call('cashSession.closing', {}), station.call('station.view', {})]);
    if (now.ok) setCounted(now.output);
    if (whole.ok) replaceView(station.store, whole.output);
    setCounting(false);
    setEntry(EMPTY_COUNT);
  }

  if (view === undefined) {
    return (
      <div className="session">
        <h1>{t.cash.title}</h1>
        {closing.state === 'reading' ? (
          <p className="muted">{t.cash.reading}</p>
        ) : (
          <RefusalNote refusal={closing.state === 'refused' ? closing.error : null} />
        )}
        <button type="button" className="button" onClick={onBack}>
          {t.app.back}
        </button>
      </div>
    );
  }
  if (isCounting) {
    return (
      <CashCount
        places={view.places}
        isRecount={view.counts.length > 0}
        entry={entry}
        onEntry={setEntry}
        onBack={() => setCounting(false)}
        onCounted={() => void readCounted()}
      />
    );
  }
  if (view.counts.length > 0) {
    return <CashResult view={view} onRecount={() => setCounting(true)} onBack={onBack} onClosed={onClosed} />;
  }
  return <CashOverview view={view} onCount={() => setCounting(true)} onBack={onBack} />;
}
