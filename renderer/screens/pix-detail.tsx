import { useState } from 'react';
import { formatCents } from '../../contract/format.ts';
import { keyShortcut } from '../../contract/keys.ts';
import type { PixChargeView, PixOutcome, PixState } from '../../contract/pix-views.ts';
import { useApproval } from '../components/approval.tsx';
import { useFeedback } from '../components/feedback.tsx';
import { KeyCap } from '../components/key-cap.tsx';
import { useTexts } from '../i18n/preferences.tsx';
import { useFunctionKeys } from '../keyboard/function-keys.ts';
import { useKeys } from '../keyboard/keyboard.tsx';
import { useStation } from '../station-context.tsx';
import { useBranchClock } from '../use-branch-clock.ts';
import { PixReasonDialog } from './pix-reason-dialog.tsx';

/** Where a look at the statement makes sense; what it leads to is the core's. */
const MAY: Readonly<Record<PixOutcome, readonly PixState[]>> = {
  found: ['to_check', 'missing', 'given_up'],
  not_found: ['to_check', 'checked', 'to_return'],
  returned: ['to_return'],
};

/** One Pix: what is known of it, and what the statement says. */
export function PixDetail({ row, onChanged }: { readonly row: PixChargeView; readonly onChanged: () => void }) {
  const t = useTexts();
  const station = useStation();
  const withApproval = useApproval();
  const { praise, refuse } = useFeedback();
  const { keys, bind } = useFunctionKeys();
  const [asking, setAsking] = useState<'not_found' | 'returned' | null>(null);
  const actions = [
    { name: 'pixFound', outcome: 'found', label: t.pix.found, act: () => void check('found', null) },
    { name: 'pixNotFound', outcome: 'not_found', label: t.pix.notFound, act: () => setAsking('not_found') },
    { name: 'pixReturned', outcome: 'returned', label: t.pix.returned, act: () => setAsking('returned') },
  ] as const;

  async function check(outcome: PixOutcome, note: string | null): Promise<void> {
    setAsking(null);
    // One id for each attempt: with an approval the input is another one.
    const reply = await withApproval('check_pix', (approvalId) =>
      station.call('pix.check', { commandId: crypto.randomUUID(), txid: row.txid, outcome, note, approvalId }),
    );
    if (reply.ok) praise(t.pix.marked(row.txid));
    else refuse(reply.error);
    onChanged();
  }
  useKeys(
    'screen',
    bind(
      Object.fromEntries(
        actions.map(({ name, outcome, act }) => [name, MAY[outcome].includes(row.state) ? act : undefined]),
      ),
    ),
  );

  return (
    <aside className="sale-detail" data-testid="pix-detail">
      <header className="sale-detail-head">
        <div>
          <h2>{row.saleNumber ?? t.pix.noSale}</h2>
          <p className="muted">{row.txid}</p>
        </div>
        <p className="sale-detail-total">{formatCents(row.amountCents)}</p>
      </header>
      {row.state === 'to_return' && <p className="note attention">{t.pix.toReturnText}</p>}
      <Timeline row={row} />
      <div className="pix-actions">
        {actions.map(({ name, outcome, label, act }) => {
          const may = MAY[outcome].includes(row.state);
          return (
            <button
              key={name}
              type="button"
              className={outcome === 'found' && may ? 'button primary' : 'button'}
              disabled={!may}
              aria-keyshortcuts={keyShortcut(keys[name])}
              data-testid={`pix-${outcome}`}
              onClick={act}
            >
              <KeyCap keys={keys[name]} />
              {label}
              {!may && <span className="key-button-reason">{t.pix.notNow(t.pix.state(row.state))}</span>}
            </button>
          );
        })}
      </div>
      {asking !== null && (
        <PixReasonDialog
          row={row}
          outcome={asking}
          onClose={() => setAsking(null)}
          onReason={(note) => void check(asking, note)}
        />
      )}
    </aside>
  );
}

function Timeline({ row }: { readonly row: PixChargeView }) {
  const t = useTexts();
  const clock = useBranchClock();
  const steps = [
    [t.pix.shown, row.shownAt, row.shownBy],
    [t.pix.answered(row.state), row.answeredAt, row.answeredBy],
    [t.pix.checked, row.checkedAt, row.checkedBy],
  ] as const;
  return (
    <ol className="timeline" aria-label={t.movements.timeline}>
      {steps.map(
        ([what, at, who]) =>
          at !== null && (
            <li key={what}>
              <span className="timeline-when">{clock.instant(at)}</span>
              <span>
                {what}
                <span className="muted"> · {who}</span>
              </span>
            </li>
          ),
      )}
      {row.note !== null && (
        <li>
          <span className="timeline-when">{t.pix.note}</span>
          <span>{row.note}</span>
        </li>
      )}
    </ol>
  );
}
