import { useState } from 'react';
import { formatCents, formatDay, parseCents } from '../../contract/format.ts';
import type { Refusal } from '../../contract/refusals.ts';
import type { CashSessionView, SessionClosingView } from '../../contract/station-views.ts';
import { useApproval } from '../components/approval.tsx';
import { Field } from '../components/field.tsx';
import { RefusalNote } from '../components/refusal-note.tsx';
import { usePreferences, useTexts } from '../i18n/preferences.tsx';
import { useKeys } from '../keyboard/keyboard.tsx';
import { useStation, useStationState } from '../station-context.tsx';
import { useBranchClock } from '../use-branch-clock.ts';

/** The open cash session and its closing by a blind count. */
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
  const { language } = usePreferences();
  const clock = useBranchClock();
  const station = useStation();
  const withApproval = useApproval();
  const today = useStationState((state) => state.view?.today ?? session.businessDay);
  const [typed, setTyped] = useState('');
  const [isWrong, setWrong] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  useKeys('screen', { Escape: onBack });

  async function close(): Promise<void> {
    const countedCents = parseCents(typed);
    setWrong(countedCents === null);
    if (countedCents === null) return;
    const reply = await withApproval('close_session', (approvalId) =>
      station.call('cashSession.close', { commandId: crypto.randomUUID(), countedCents, approvalId }),
    );
    if (reply.ok) onClosed(reply.output);
    else setRefusal(reply.error);
  }

  return (
    <form
      className="session"
      onSubmit={(event) => {
        event.preventDefault();
        void close();
      }}
    >
      <h1>{t.cash.closeTitle}</h1>
      {session.businessDay !== today && (
        <p className="note attention">{t.cash.otherDay(formatDay(session.businessDay, language))}</p>
      )}
      <dl className="facts">
        <div>
          <dt>{t.cash.businessDay}</dt>
          <dd>{formatDay(session.businessDay, language)}</dd>
        </div>
        <div>
          <dt>{t.cash.openedAt}</dt>
          <dd>{clock.instant(session.openedAt)}</dd>
        </div>
        <div>
          <dt>{t.cash.openedBy}</dt>
          <dd>{session.openedBy}</dd>
        </div>
        <div>
          <dt>{t.cash.float}</dt>
          <dd>{formatCents(session.floatCents)}</dd>
        </div>
      </dl>
      <p className="lead">{t.cash.closeLead}</p>
      <Field
        label={t.cash.counted}
        error={isWrong ? t.cash.amountWrong : null}
        size="large"
        inputMode="decimal"
        autoFocus
        data-testid="counted"
        value={typed}
        onText={(text) => {
          setTyped(text);
          setWrong(false);
        }}
      />
      <RefusalNote refusal={refusal} />
      <div className="row">
        <button type="button" className="button" onClick={onBack}>
          {t.app.back}
        </button>
        <button type="submit" className="button primary large grow">
          {t.cash.close}
        </button>
      </div>
    </form>
  );
}

/** What the count came to, shown only after it was confirmed. */
export function ClosingScreen({
  closing,
  onContinue,
}: {
  readonly closing: SessionClosingView;
  readonly onContinue: () => void;
}) {
  const t = useTexts();
  const difference = closing.differenceCents;
  return (
    <div className="session" data-testid="closing">
      <h1>{t.cash.result}</h1>
      <dl className="facts large">
        <div>
          <dt>{t.cash.expected}</dt>
          <dd>{formatCents(closing.expectedCashCents)}</dd>
        </div>
        <div>
          <dt>{t.cash.counted}</dt>
          <dd>{formatCents(closing.countedCashCents)}</dd>
        </div>
        <div className={difference === 0 ? 'good' : 'attention'}>
          <dt>{difference === 0 ? t.cash.difference : difference > 0 ? t.cash.over : t.cash.short}</dt>
          <dd>{difference === 0 ? t.cash.exact : formatCents(Math.abs(difference))}</dd>
        </div>
      </dl>
      <button type="button" className="button primary large" autoFocus onClick={onContinue}>
        {t.cash.continue}
      </button>
    </div>
  );
}
