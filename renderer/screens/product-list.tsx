import { useEffect } from 'react';
import { formatCents } from '../../contract/format.ts';
import type { ProductRowView } from '../../contract/product-views.ts';
import { stockTone, stockWords } from '../components/stock-words.ts';
import { useRowsInSight } from '../components/use-rows-in-sight.ts';
import { useTexts } from '../i18n/preferences.tsx';

const ROW_REM = 3.5;
/** Rows left below the last visible one when more are asked for. */
const READ_AHEAD_ROWS = 10;

export const PRODUCT_LIST_ID = 'products-found';
export const productOptionId = (productId: number): string => `product-${productId}`;

/** What was found, a window of rows at a time. The field keeps the focus; the marked row is what Enter opens. */
export function ProductList({
  rows,
  index,
  onOpen,
  onEnd,
}: {
  readonly rows: readonly ProductRowView[];
  readonly index: number;
  readonly onOpen: (row: ProductRowView) => void;
  /** The last rows are in sight. */
  readonly onEnd: () => void;
}) {
  const t = useTexts();
  const { scroller, last, slots, rowPx, scrollTo } = useRowsInSight<HTMLDivElement>({
    count: rows.length,
    rowRem: ROW_REM,
    headRem: 0,
  });
  const furthest = Math.max(last, index);
  useEffect(() => {
    if (furthest >= rows.length - READ_AHEAD_ROWS) onEnd();
  }, [furthest, rows.length, onEnd]);
  useEffect(() => scrollTo(index, 'auto'), [scrollTo, index]);

  return (
    <div
      className="products-scroller"
      ref={scroller}
      role="listbox"
      id={PRODUCT_LIST_ID}
      aria-label={t.search.found}
      // The keyboard scrolls it by moving the mark; a browser would make it a stop of Tab otherwise.
      tabIndex={-1}
    >
      {/* The whole height is given so that the scroll bar tells the truth. */}
      <div className="products-rows" role="presentation" style={{ height: rows.length * rowPx }}>
        {slots.map(({ slot, place }) => {
          const row = rows[place];
          return (
            row !== undefined && (
              <ProductRow
                key={slot}
                row={row}
                top={place * rowPx}
                place={place + 1}
                of={rows.length}
                isMarked={place === index}
                onOpen={() => onOpen(row)}
              />
            )
          );
        })}
      </div>
    </div>
  );
}

function ProductRow({
  row,
  top,
  place,
  of,
  isMarked,
  onOpen,
}: {
  readonly row: ProductRowView;
  readonly top: number;
  readonly place: number;
  readonly of: number;
  readonly isMarked: boolean;
  readonly onOpen: () => void;
}) {
  const t = useTexts();
  const details = [row.reference, row.productCode, row.brand, row.collection].filter((part) => part !== '');
  return (
    <div
      id={productOptionId(row.productId)}
      role="option"
      aria-selected={isMarked}
      aria-posinset={place}
      aria-setsize={of}
      className={isMarked ? 'product-row marked' : 'product-row'}
      style={{ transform: `translateY(${top}px)` }}
      data-testid="product-row"
      onClick={onOpen}
    >
      <span className="product-what">
        <span className="product-description">{row.description}</span>
        <span className="product-details">{details.join(' · ')}</span>
      </span>
      <span className={`product-stock ${stockTone(row.stockMilli)}`}>{stockWords(t, row.stockMilli)}</span>
      <span className="product-price">
        {row.isBlocked ? <span className="tag attention">{t.search.blocked}</span> : <PriceRange row={row} />}
      </span>
    </div>
  );
}

function PriceRange({ row: { lowestCents, highestCents } }: { readonly row: ProductRowView }) {
  const t = useTexts();
  if (lowestCents === null || highestCents === null) return <span className="muted">{t.dialogs.priceNone}</span>;
  if (lowestCents === highestCents) return formatCents(lowestCents);
  return (
    <>
      <span className="product-price-from">{t.search.priceFrom}</span> {formatCents(lowestCents)}
    </>
  );
}
