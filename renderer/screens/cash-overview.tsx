import { useState } from 'react';
import type { CashClosingView, CashMovementView, CashPaperView } from '../../contract/cash-views.ts';
import { formatCents, formatDay } from '../../contract/format.ts';
import type { Refusal } from '../../contract/refusals.ts';
import type { PaperView } from '../../contract/sale-views.ts';
import { useApproval } from '../components/approval.tsx';
import { Dialog } from '../components/dialog.tsx';
import { KeyButton, type KeyAction } from '../components/key-button.tsx';
import { Paper } from '../components/paper.tsx';
import { PaperActions } from '../components/paper-actions.tsx';
import { RefusalNote } from '../components/refusal-note.tsx';
import { useQuery } from '../components/use-query.ts';
import { usePreferences, useTexts } from '../i18n/preferences.tsx';
import { useFunctionKeys } from '../keyboard/function-keys.ts';
import { useKeys } from '../keyboard/keyboard.tsx';
import { useStation, useStationState } from '../station-context.tsx';
import { useBranchClock } from '../use-branch-clock.ts';
import { CashMovementDialog } from './cash-movement-dialog.tsx';
import { listOpenThings, OpenThings } from './open-things.tsx';
import { CashPapersDialog, paperFileName } from './cash-papers-dialog.tsx';

/** The drawer of the open session: what went in and out by hand, what stands before closing, and the keys for both. */
export function CashOverview({
  view,
  onCount,
  onBack,
}: {
  readonly view: CashClosingView;
  readonly onCount: () => void;
  readonly onBack: () => void;
}) {
  const t = useTexts();
  const { language } = usePreferences();
  const clock = useBranchClock();
  const { keys } = useFunctionKeys();
  const station = useStation();
  const withApproval = useApproval();
  const today = useStationState((state) => state.view?.today ?? view.session.businessDay);
  const movements = useQuery('cashSession.movements', {});
  const reasons = useQuery('cashSession.reasons', {});
  const [kind, setKind] = useState<CashMovementView['kind'] | null>(null);
  const [shown, setShown] = useState<CashPaperView | null>(null);
  const [isListing, setListing] = useState(false);
  const [isLooking, setLooking] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const { session } = view;
  const hasReason = (direction: 'in' | 'out'): boolean =>
    reasons.output?.some((reason) => reason.direction === direction) ?? false;
  const isUnfinished = view.open + view.parked > 0;
  const isAnythingOpen = listOpenThings(t, view).length > 0;

  async function showPartial(): Promise<void> {
    setRefusal(null);
    const reply = await withApproval('see_expected', (approvalId) =>
      station.call('cashSession.partial', { commandId: crypto.randomUUID(), approvalId }),
    );
    if (reply.ok) setShown(writtenNow(reply.output));
    else setRefusal(reply.error);
  }

  const actions: readonly KeyAction[] = [
    {
      keys: keys.supply,
      label: t.cash.supply,
      act: () => setKind('supply'),
      deniedBecause: reasons.output === undefined || hasReason('in') ? null : t.cash.noReason,
    },
    {
      keys: keys.withdrawal,
      label: t.cash.withdrawal,
      act: () => setKind('withdrawal'),
      deniedBecause: reasons.output === undefined || hasReason('out') ? null : t.cash.noReason,
    },
    { keys: keys.partial, label: t.cash.partial, act: () => void showPartial() },
    { keys: keys.cashPapers, label: t.cash.papers, act: () => setListing(true) },
    { keys: 'Esc', label: t.app.back, act: onBack },
    {
      keys: keys.closeSession,
      label: t.cash.close,
      act: () => (isAnythingOpen ? setLooking(true) : onCount()),
      deniedBecause: isUnfinished ? t.cash.unfinished : null,
      tone: 'primary',
    },
  ];
  const possible = actions.filter(({ deniedBecause }) => (deniedBecause ?? null) === null);
  // The dialog comes once its reasons are there; an amount typed at once is for it.
  const isReading = kind !== null && reasons.state === 'reading';
  useKeys(
    'screen',
    { ...Object.fromEntries(possible.map((action) => [action.keys, action.act])), Escape: onBack },
    { isReading },
  );

  return (
    <div className="cash" data-testid="cash">
      <section className="cash-side">
        <h1>{t.cash.title}</h1>
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
        <h2>{t.cash.openTitleList}</h2>
        <OpenThings view={view} />
        <RefusalNote refusal={refusal ?? (reasons.state === 'refused' ? reasons.error : null)} />
      </section>
      <section className="cash-movements">
        <h2>{t.cash.movements}</h2>
        {movements.state === 'refused' && (
          <>
            <p className="note attention">{t.cash.movementsUnreadable}</p>
            <RefusalNote refusal={movements.error} />
          </>
        )}
        {movements.output?.length === 0 && <p className="muted">{t.cash.movementsNone}</p>}
        <ul className="picks cash-list">
          {(movements.output ?? []).map((movement) => (
            <li key={movement.movementId}>
              <button
                type="button"
                className="pick cash-row"
                onClick={() => setShown({ paper: movement.paper, createdAt: movement.movedAt })}
              >
                <span className="pick-code">{clock.time(movement.movedAt)}</span>
                <span className="cash-row-text">
                  <span>
                    {movement.kind === 'supply' ? t.cash.supply : t.cash.withdrawal} · {movement.reason}
                  </span>
                  <span className="muted">
                    {movement.operator}
                    {movement.approvedBy !== null && ` · ${t.cash.approvedBy(movement.approvedBy)}`}
                    {movement.note !== '' && ` · ${movement.note}`}
                  </span>
                </span>
                <span className="number">
                  {formatCents(movement.kind === 'supply' ? movement.amountCents : -movement.amountCents)}
                </span>
              </button>
            </li>
          ))}
        </ul>
      </section>
      <nav className="cash-keys" aria-label={t.cash.title}>
        {actions.map((action) => (
          <KeyButton key={action.keys} action={action} />
        ))}
      </nav>
      {/* Not before its reasons are there: Enter takes the first of them. */}
      {kind !== null && reasons.output !== undefined && (
        <CashMovementDialog
          kind={kind}
          reasons={reasons.output}
          onClose={() => setKind(null)}
          onEntered={(movement) => {
            setKind(null);
            setShown({ paper: movement.paper, createdAt: movement.movedAt });
            movements.reread();
          }}
        />
      )}
      {isLooking && (
        <Dialog title={t.cash.openTitleList} onClose={() => setLooking(false)}>
          <OpenThings view={view} level="dialog" />
          <button type="button" className="button primary large" data-autofocus onClick={onCount}>
            {t.cash.countAnyway}
          </button>
        </Dialog>
      )}
      {isListing && <CashPapersDialog onClose={() => setListing(false)} />}
      {shown !== null && (
        <Dialog
          title={t.cash.receipt}
          onClose={() => setShown(null)}
          keys={{ Enter: () => closeOrPress(() => setShown(null)) }}
        >
          <div className="cash-paper" data-autofocus tabIndex={-1}>
            <Paper paper={shown.paper} />
          </div>
          <PaperActions paper={shown.paper} name={paperFileName(shown.paper.kind, shown.createdAt)} level="dialog" />
        </Dialog>
      )}
    </div>
  );
}

/** A paper that was just written. */
function writtenNow(paper: PaperView): CashPaperView {
  return { paper, createdAt: new Date().toISOString() };
}

/** Enter closes what was read, but on a button it is that button's. */
function closeOrPress(close: () => void): void {
  if (document.activeElement instanceof HTMLButtonElement) document.activeElement.click();
  else close();
}
