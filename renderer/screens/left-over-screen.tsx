import { useState } from 'react';
import type { CashSessionView } from '../../contract/cash-views.ts';
import { formatDay } from '../../contract/format.ts';
import type { Refusal } from '../../contract/refusals.ts';
import { useApproval } from '../components/approval.tsx';
import { KeyCap } from '../components/key-cap.tsx';
import { RefusalNote } from '../components/refusal-note.tsx';
import { usePreferences, useTexts } from '../i18n/preferences.tsx';
import { useKeys } from '../keyboard/keyboard.tsx';
import { useStation } from '../station-context.tsx';
import { replaceView } from '../station-store.ts';

/** The session of a day that is over: it is counted now, or a manager lets it go on selling. Never closed by itself. */
export function LeftOverScreen({
  session,
  onCount,
}: {
  readonly session: CashSessionView;
  readonly onCount: () => void;
}) {
  const t = useTexts();
  const { language } = usePreferences();
  const station = useStation();
  const withApproval = useApproval();
  const [refusal, setRefusal] = useState<Refusal | null>(null);

  async function keepOpen(): Promise<void> {
    setRefusal(null);
    const reply = await withApproval('sell_past_day', (approvalId) =>
      station.call('cashSession.keepOpen', { commandId: crypto.randomUUID(), approvalId }),
    );
    if (!reply.ok) return setRefusal(reply.error);
    const view = await station.call('station.view', {});
    if (view.ok) replaceView(station.store, view.output);
  }

  useKeys('screen', {
    '1': onCount,
    '2': () => void keepOpen(),
  });

  return (
    <div className="session" data-testid="left-over">
      <h1>{t.cash.leftOverTitle(formatDay(session.businessDay, language))}</h1>
      <p className="lead">{t.cash.leftOverLead}</p>
      <button type="button" className="button primary large left-over-choice" autoFocus onClick={onCount}>
        <KeyCap keys="1" />
        <span>
          <strong>{t.cash.countNow}</strong>
          <small>{t.cash.countNowText}</small>
        </span>
      </button>
      <button type="button" className="button large left-over-choice" onClick={() => void keepOpen()}>
        <KeyCap keys="2" />
        <span>
          <strong>{t.cash.sellFirst}</strong>
          <small>{t.cash.sellFirstText}</small>
        </span>
      </button>
      <RefusalNote refusal={refusal} />
    </div>
  );
}
