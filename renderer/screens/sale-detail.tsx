import { useState } from 'react';
import { formatCents, formatQuantity } from '../../contract/format.ts';
import { keyShortcut } from '../../contract/keys.ts';
import type { DeliveryView, SaleRowView } from '../../contract/sale-views.ts';
import { DeliveryMark } from '../components/delivery-mark.tsx';
import { Paper } from '../components/paper.tsx';
import { PaperActions } from '../components/paper-actions.tsx';
import { RefusalNote } from '../components/refusal-note.tsx';
import { useQuery } from '../components/use-query.ts';
import { useTexts } from '../i18n/preferences.tsx';
import { useFunctionKeys } from '../keyboard/function-keys.ts';
import { useKeys } from '../keyboard/keyboard.tsx';
import { KeyCap } from '../components/key-cap.tsx';
import { CancelDialog } from './cancel-dialog.tsx';
import { useBranchClock } from '../use-branch-clock.ts';

/** One sale: what was sold, where it is on its way, its papers, and its cancellation. */
export function SaleDetail({
  row,
  canCancel,
  onChanged,
}: {
  readonly row: SaleRowView;
  readonly canCancel: boolean;
  readonly onChanged: () => void;
}) {
  const t = useTexts();
  const { keys, bind } = useFunctionKeys();
  const [isCancelling, setCancelling] = useState(false);
  const detail = useQuery(
    'sale.get',
    { saleId: row.saleId },
    row.delivery.state + (row.cancellation?.delivery.state ?? ''),
  );
  const denied = row.cancellation !== null ? t.sales.alreadyCancelled : canCancel ? null : t.sales.noSession;
  useKeys('screen', bind({ cancelSale: denied === null ? () => setCancelling(true) : undefined }));
  return (
    <aside className="sale-detail" data-testid="sale-detail" data-number={row.number}>
      <header className="sale-detail-head">
        <div>
          <h2>{row.number}</h2>
          <p className="muted">
            {row.operator} · {t.till.pieces(formatQuantity(row.piecesMilli))}
          </p>
        </div>
        <p className="sale-detail-total">{formatCents(row.totalCents)}</p>
      </header>
      <Timeline row={row} />
      <div className="sale-detail-actions">
        <button
          type="button"
          className="button careful"
          disabled={denied !== null}
          aria-keyshortcuts={keyShortcut(keys.cancelSale)}
          data-testid="cancel-sale"
          onClick={() => setCancelling(true)}
        >
          <KeyCap keys={keys.cancelSale} />
          {t.sales.cancel}
        </button>
        {denied !== null && <span className="muted">{denied}</span>}
      </div>
      <PaperActions paper={detail.output?.papers.at(-1) ?? null} name={`Venda ${row.number}`} />
      <RefusalNote refusal={detail.state === 'refused' ? detail.error : null} />
      <div className="sale-detail-papers">
        {(detail.output?.papers ?? []).toReversed().map((paper) => (
          <Paper key={paper.paperId} paper={paper} />
        ))}
      </div>
      {isCancelling && <CancelDialog row={row} onClose={() => setCancelling(false)} onCancelled={onChanged} />}
    </aside>
  );
}

function Timeline({ row }: { readonly row: SaleRowView }) {
  const t = useTexts();
  const clock = useBranchClock();
  return (
    <ol className="timeline" aria-label={t.sales.timeline}>
      <li>
        <span className="timeline-when">{clock.instant(row.completedAt)}</span>
        <span>{t.sales.completed}</span>
      </li>
      <DeliveryStep delivery={row.delivery} />
      {row.cancellation !== null && (
        <>
          <li>
            <span className="timeline-when">{clock.instant(row.cancellation.cancelledAt)}</span>
            <span>
              {t.sales.cancelledAt(row.cancellation.reason)}
              <span className="muted"> · {row.cancellation.operator}</span>
            </span>
          </li>
          <DeliveryStep delivery={row.cancellation.delivery} />
        </>
      )}
    </ol>
  );
}

function DeliveryStep({ delivery }: { readonly delivery: DeliveryView }) {
  const t = useTexts();
  const clock = useBranchClock();
  const isWaiting = delivery.state === 'pending' || delivery.state === 'sending' || delivery.state === 'unknown';
  return (
    <li>
      <span className="timeline-when">{delivery.confirmedAt === null ? '' : clock.instant(delivery.confirmedAt)}</span>
      <span>
        <DeliveryMark state={delivery.state} />
        {isWaiting && <span className="muted timeline-note">{t.sales.waitingServer}</span>}
        {delivery.lastError !== null && delivery.state !== 'confirmed' && (
          <blockquote>{delivery.lastError.text}</blockquote>
        )}
      </span>
    </li>
  );
}
