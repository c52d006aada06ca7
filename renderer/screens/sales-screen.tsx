import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState } from 'react';
import { formatCents, formatQuantity } from '../../contract/format.ts';
import { keyShortcut } from '../../contract/keys.ts';
import type { SaleRowView } from '../../contract/sale-views.ts';
import { DeliveryMark } from '../components/delivery-mark.tsx';
import { KeyCap } from '../components/key-cap.tsx';
import { RefusalNote } from '../components/refusal-note.tsx';
import { useQuery } from '../components/use-query.ts';
import { useTexts } from '../i18n/preferences.tsx';
import { useFunctionKeys } from '../keyboard/function-keys.ts';
import { useKeys } from '../keyboard/keyboard.tsx';
import { useStationState } from '../station-context.tsx';
import { SaleDetail } from './sale-detail.tsx';
import { useSalesList } from './use-sales-list.ts';
import { useBranchClock } from '../use-branch-clock.ts';

const ROW_REM = 3.5;
/** Rows left below the last visible one when more are asked for. */
const READ_AHEAD_ROWS = 20;

/** Every sale of this station with where it is on its way to the ERP. Arrows move, Enter acts in the detail. */
export function SalesScreen({
  onBack,
  onPix,
  canCancel,
}: {
  readonly onBack: () => void;
  readonly onPix: () => void;
  readonly canCancel: boolean;
}) {
  const t = useTexts();
  const list = useSalesList();
  const { keys, bind } = useFunctionKeys();
  const pix = useQuery('pix.pending', {});
  const [selectedId, setSelectedId] = useState<string | null>(null);
  const index = Math.max(
    0,
    list.rows.findIndex((row) => row.saleId === selectedId),
  );
  const selected = list.rows[index] ?? null;
  const scroller = useRef<HTMLDivElement>(null);
  const rowHeight = ROW_REM * rootFontPx();
  // The compiler of React leaves this component alone, which is what its library needs.
  // oxlint-disable-next-line react/incompatible-library
  const virtual = useVirtualizer({
    count: list.rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
  });
  const visible = virtual.getVirtualItems();
  const lastVisible = visible.at(-1)?.index ?? 0;
  const { readMore } = list;
  useEffect(() => {
    if (lastVisible >= list.rows.length - READ_AHEAD_ROWS) readMore();
  }, [lastVisible, list.rows.length, readMore]);

  const move = (step: number) => () => {
    const next = Math.max(0, Math.min(index + step, list.rows.length - 1));
    const row = list.rows[next];
    if (row === undefined) return;
    setSelectedId(row.saleId);
    virtual.scrollToIndex(next);
  };
  useKeys('screen', {
    Escape: onBack,
    ...bind({ pix: onPix }),
    ArrowDown: move(1),
    ArrowUp: move(-1),
    PageDown: move(10),
    PageUp: move(-10),
    Home: move(-list.rows.length),
  });

  return (
    <div className="sales" data-testid="sales">
      <section className="sales-list">
        <header className="screen-head">
          <button type="button" className="button quiet" onClick={onBack}>
            {t.app.back}
          </button>
          <h1>{t.sales.title}</h1>
          <span className="screen-head-space" />
          <button
            type="button"
            className="button"
            aria-keyshortcuts={keyShortcut(keys.pix)}
            data-testid="open-pix"
            onClick={onPix}
          >
            <KeyCap keys={keys.pix} />
            {t.pix.open(pix.output?.count ?? 0)}
          </button>
        </header>
        <RefusalNote refusal={list.refusal} />
        {list.isRead && list.rows.length === 0 && <p className="lines-empty">{t.sales.empty}</p>}
        <div
          className="sales-scroller"
          ref={scroller}
          role="listbox"
          tabIndex={0}
          autoFocus
          aria-label={t.sales.list}
          aria-activedescendant={selected === null ? undefined : `sale-${selected.saleId}`}
        >
          <div className="sales-row sales-head" aria-hidden="true">
            <span>{t.sales.number}</span>
            <span>{t.sales.when}</span>
            <span className="number">{t.sales.pieces}</span>
            <span className="number">{t.sales.total}</span>
            <span>{t.sales.delivery}</span>
          </div>
          {/* The whole height is given so that the scroll bar tells the truth. */}
          <div className="sales-rows" style={{ height: virtual.getTotalSize() }}>
            {visible.map((item) => {
              const row = list.rows[item.index];
              return (
                row !== undefined && (
                  <SalesRow
                    key={row.saleId}
                    row={row}
                    top={item.start}
                    isSelected={row === selected}
                    onSelect={() => setSelectedId(row.saleId)}
                  />
                )
              );
            })}
          </div>
        </div>
      </section>
      {selected === null ? (
        <aside className="sale-detail" />
      ) : (
        <SaleDetail key={selected.saleId} row={selected} canCancel={canCancel} onChanged={list.reread} />
      )}
    </div>
  );
}

function SalesRow({
  row,
  top,
  isSelected,
  onSelect,
}: {
  readonly row: SaleRowView;
  readonly top: number;
  readonly isSelected: boolean;
  readonly onSelect: () => void;
}) {
  const t = useTexts();
  const clock = useBranchClock();
  const today = useStationState((state) => state.view?.today);
  return (
    <div
      id={`sale-${row.saleId}`}
      role="option"
      aria-selected={isSelected}
      className={isSelected ? 'sales-row marked' : 'sales-row'}
      style={{ transform: `translateY(${top}px)` }}
      data-testid="sales-row"
      data-number={row.number}
      onClick={onSelect}
    >
      <span className="sales-number">{row.number}</span>
      <span>{row.businessDay === today ? clock.time(row.completedAt) : clock.instant(row.completedAt)}</span>
      <span className="number">{formatQuantity(row.piecesMilli)}</span>
      <span className={row.cancellation === null ? 'number' : 'number struck'}>{formatCents(row.totalCents)}</span>
      <span className="sales-delivery">
        {row.cancellation !== null && <span className="tag">{t.sales.cancelled}</span>}
        <DeliveryMark state={(row.cancellation ?? row).delivery.state} />
      </span>
    </div>
  );
}

function rootFontPx(): number {
  return Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
}
