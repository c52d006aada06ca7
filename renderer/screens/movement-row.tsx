import { memo } from 'react';
import { formatCents } from '../../contract/format.ts';
import type { MovementRowView } from '../../contract/movement-views.ts';
import { DeliveryMark } from '../components/delivery-mark.tsx';
import { useTexts } from '../i18n/preferences.tsx';
import type { BranchClock } from '../use-branch-clock.ts';
import type { MovementPages } from './movement-pages.ts';
import { useMovementAt } from './use-movements.ts';

/** What is at one place of the list; empty while it is being read. It is drawn again only when that changes. */
export const MovementRow = memo(function MovementRow({
  list,
  place,
  total,
  topPx,
  today,
  clock,
  isMarked,
}: {
  readonly list: MovementPages;
  readonly place: number;
  readonly total: number;
  readonly topPx: number;
  readonly today: string;
  readonly clock: BranchClock;
  readonly isMarked: boolean;
}) {
  const row = useMovementAt(list, place);
  return (
    <div
      id={row === undefined ? undefined : rowId(row)}
      role="option"
      aria-selected={isMarked}
      aria-posinset={place + 1}
      aria-setsize={total}
      aria-busy={row === undefined}
      className={isMarked ? 'sales-row movement-row marked' : 'sales-row movement-row'}
      style={{ transform: `translateY(${topPx}px)` }}
      data-testid="movement-row"
      data-number={row?.number}
    >
      {row !== undefined && (
        <MovementCells row={row} when={row.businessDay === today ? clock.time(row.at) : clock.instant(row.at)} />
      )}
    </div>
  );
});

function MovementCells({ row, when }: { readonly row: MovementRowView; readonly when: string }) {
  const t = useTexts();
  return (
    <>
      <span className="movement-what">
        <span className="sales-number">{row.number}</span>
        <span className="muted">{t.movements.kind(row.kind)}</span>
      </span>
      <span>{when}</span>
      <span className={row.isCancelled ? 'number struck' : 'number'}>
        {row.amountCents === null ? '' : formatCents(row.amountCents)}
      </span>
      <span className="sales-delivery">
        {row.isCancelled && <span className="tag">{t.movements.cancelled}</span>}
        <DeliveryMark state={row.delivery.state} />
      </span>
    </>
  );
}

export function rowId(row: MovementRowView): string {
  return `movement-${row.delivery.documentId}`;
}
