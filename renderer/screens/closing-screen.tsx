import type { SessionClosingView } from '../../contract/cash-views.ts';
import { formatCents } from '../../contract/format.ts';
import { KeyCap } from '../components/key-cap.tsx';
import { Paper } from '../components/paper.tsx';
import { PaperActions } from '../components/paper-actions.tsx';
import { useTexts } from '../i18n/preferences.tsx';
import { useKeys } from '../keyboard/keyboard.tsx';
import { paperFileName } from './cash-papers-dialog.tsx';
import { CountTable } from './count-table.tsx';

/** The session is closed: its figures and its paper, until somebody goes on. */
export function ClosingScreen({
  closing,
  onContinue,
}: {
  readonly closing: SessionClosingView;
  readonly onContinue: () => void;
}) {
  const t = useTexts();
  useKeys('screen', { Escape: onContinue });
  return (
    <div className="closing" data-testid="closing">
      <section className="closing-main">
        <h1>{t.cash.closedTitle}</h1>
        <CountTable counts={closing.counts} />
        <dl className="facts">
          <div>
            <dt>{t.cash.countedCash}</dt>
            <dd>{formatCents(closing.countedCashCents)}</dd>
          </div>
          <div>
            <dt>{t.cash.floatStays}</dt>
            <dd>{formatCents(closing.floatLeftCents)}</dd>
          </div>
          <div>
            <dt>{t.cash.takenOut}</dt>
            <dd>{formatCents(closing.countedCashCents - closing.floatLeftCents)}</dd>
          </div>
        </dl>
        <button type="button" className="button primary large" autoFocus onClick={onContinue}>
          {t.cash.continue}
          <KeyCap keys="Enter" />
        </button>
      </section>
      <aside className="finished-paper" aria-label={t.cash.receipt}>
        <PaperActions paper={closing.papers.at(-1) ?? null} name={paperFileName('session_closing', closing.closedAt)} />
        {closing.papers.map((paper) => (
          <Paper key={paper.paperId} paper={paper} />
        ))}
      </aside>
    </div>
  );
}
