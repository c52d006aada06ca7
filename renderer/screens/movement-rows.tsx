import { memo, useEffect, useRef, type MouseEvent } from 'react';
import { useStore } from 'zustand';
import { useRowsInSight } from '../components/use-rows-in-sight.ts';
import { useTexts } from '../i18n/preferences.tsx';
import { useBranchClock } from '../use-branch-clock.ts';
import { MovementRow, rowId } from './movement-row.tsx';
import type { MovementPages } from './movement-pages.ts';
import { useMovementAt } from './use-movements.ts';

const ROW_REM = 3.5;
const HEAD_REM = 2;

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
  readonly list: MovementPages;
  readonly mark: Mark;
  /** Where the marked row is now. */
  readonly place: number;
  readonly today: string;
  readonly onMark: (place: number) => void;
}) {
  const t = useTexts();
  const clock = useBranchClock();
  const total = useStore(list.known, (known) => known.total) ?? 0;
  const marked = useMovementAt(list, place);
  const { scroller, first, last, slots, rowPx, scrollTo } = useRowsInSight<HTMLDivElement>({
    count: total,
    rowRem: ROW_REM,
    headRem: HEAD_REM,
  });
  useEffect(() => list.see(first, last, place), [list, first, last, place]);
  // Where it is may be known only after the list was read anew.
  const follow = useRef(scrollTo);
  useEffect(() => {
    follow.current = scrollTo;
  });
  useEffect(() => follow.current(place, mark.align), [mark, place]);
  const markClicked = ({ target }: MouseEvent): void => {
    const row = target instanceof Element ? target.closest('[role=option]') : null;
    if (row !== null) onMark(Number(row.getAttribute('aria-posinset')) - 1);
  };

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
      <div className="sales-rows" role="presentation" style={{ height: total * rowPx }} onClick={markClicked}>
        {slots.map(({ slot, place: shown }) => (
          <MovementRow
            key={slot}
            list={list}
            place={shown}
            total={total}
            topPx={shown * rowPx}
            today={today}
            clock={clock}
            isMarked={shown === place}
          />
        ))}
      </div>
    </div>
  );
});
