import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, useEffect, useRef } from 'react';
import { formatCents } from '../../contract/format.ts';
import type { MovementRowView } from '../../contract/movement-views.ts';
import { DeliveryMark } from '../components/delivery-mark.tsx';
import { useTexts } from '../i18n/preferences.tsx';
import { useBranchClock } from '../use-branch-clock.ts';
import type { Movements } from './use-movements.ts';

const ROW_REM = 3.5;
const HEAD_REM = 2;
/** Drawn above and below what is in sight. */
const OVERSCAN = 8;

/** A place of the list that was marked when the list had `ofTotal` rows, and how it comes into sight. */
export type Mark = { readonly place: number; readonly align: 'auto' | 'start'; readonly ofTotal: number | null };

/** The rows in sight of a list of any length. The whole height is given so that the scroll bar tells the truth. */
export const MovementRows = memo(function MovementRows({
  list,
  mark,
  place,
  today,
  onMark,
}: {
  readonly list: Movements;
  readonly mark: Mark;
  /** Where the marked row is now. */
  readonly place: number;
  readonly today: string | undefined;
  readonly onMark: (place: number) => void;
}) {
  const t = useTexts();
  const clock = useBranchClock();
  const scroller = useRef<HTMLDivElement>(null);
  const remPx = rootFontPx();
  // The compiler of React leaves this component alone, which is what its library needs.
  // oxlint-disable-next-line react/incompatible-library
  const virtual = useVirtualizer({
    count: list.total ?? 0,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_REM * remPx,
    // The head stays above the rows.
    scrollPaddingEnd: HEAD_REM * remPx,
    overscan: OVERSCAN,
  });
  const visible = virtual.getVirtualItems();
  // As many as are drawn at most, so that no two of them share one.
  const drawn = Math.ceil((virtual.scrollRect?.height ?? 0) / (ROW_REM * remPx)) + 2 * OVERSCAN + 2;
  const [first, last] = [visible[0]?.index ?? 0, visible.at(-1)?.index ?? 0];
  const { see } = list;
  useEffect(() => see(first, last, place), [see, first, last, place]);
  const scrollTo = useRef(virtual.scrollToIndex);
  useEffect(() => {
    scrollTo.current = virtual.scrollToIndex;
  });
  // Where it is may be known only after the list was read anew.
  useEffect(() => scrollTo.current(place, { align: mark.align }), [mark, place]);
  const marked = list.rowAt(place);

  return (
    <div
      className="sales-scroller"
      ref={scroller}
      role="listbox"
      tabIndex={0}
      autoFocus
      data-testid="movement-list"
      aria-label={t.movements.list}
      aria-activedescendant={marked === undefined ? undefined : rowId(marked)}
    >
      <div className="sales-row movement-row sales-head" aria-hidden="true">
        <span>{t.movements.what}</span>
        <span>{t.movements.when}</span>
        <span className="number">{t.movements.amount}</span>
        <span>{t.movements.delivery}</span>
      </div>
      <div className="sales-rows" style={{ height: virtual.getTotalSize() }}>
        {visible.map((item) => {
          const row = list.rowAt(item.index);
          return (
            <div
              // The rows of the document are used again: a scroll makes none.
              key={item.index % drawn}
              id={row === undefined ? undefined : rowId(row)}
              role="option"
              aria-selected={item.index === place}
              aria-posinset={item.index + 1}
              aria-setsize={list.total ?? 0}
              aria-busy={row === undefined}
              className={item.index === place ? 'sales-row movement-row marked' : 'sales-row movement-row'}
              style={{ transform: `translateY(${item.start}px)` }}
              data-testid="movement-row"
              data-number={row?.number}
              onClick={() => onMark(item.index)}
            >
              {row !== undefined && (
                <MovementCells
                  row={row}
                  when={row.businessDay === today ? clock.time(row.at) : clock.instant(row.at)}
                />
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
});

const MovementCells = memo(function MovementCells({
  row,
  when,
}: {
  readonly row: MovementRowView;
  readonly when: string;
}) {
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
});

function rowId(row: MovementRowView): string {
  return `movement-${row.delivery.documentId}`;
}

function rootFontPx(): number {
  return Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
}
