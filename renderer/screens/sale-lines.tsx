import { formatCents, formatQuantity } from '../../contract/format.ts';
import type { SaleLineView, SaleView } from '../../contract/sale-views.ts';
import { useTexts } from '../i18n/preferences.tsx';

/** The lines of the sale in the order of the scans; the marked one is what the keys act on. */
export function SaleLines({
  sale,
  selectedLineId,
  onSelect,
}: {
  readonly sale: SaleView | null;
  readonly selectedLineId: string | null;
  readonly onSelect: (lineId: string) => void;
}) {
  const t = useTexts();
  const lines = sale?.lines ?? [];
  if (lines.length === 0) {
    return (
      <div className="lines-empty">
        <p>{t.till.empty}</p>
        <p className="muted">{t.till.emptyText}</p>
      </div>
    );
  }
  return (
    <div className="lines">
      <div className="line line-head" aria-hidden="true">
        <span />
        <span>{t.till.item}</span>
        <span className="number">{t.till.quantity}</span>
        <span className="number">{t.till.price}</span>
        <span className="number">{t.till.amount}</span>
      </div>
      <ol aria-label={t.till.lines} data-testid="lines">
        {lines.map((line) => (
          <li
            key={line.lineId}
            ref={line.lineId === selectedLineId ? showLine : undefined}
            className={line.lineId === selectedLineId ? 'line marked' : 'line'}
            aria-current={line.lineId === selectedLineId}
            data-testid="line"
            onPointerDown={() => onSelect(line.lineId)}
          >
            <Line line={line} ofSale={sale?.salesperson?.code} />
          </li>
        ))}
      </ol>
    </div>
  );
}

/** A line that becomes the marked one comes into sight. */
function showLine(element: HTMLLIElement | null): void {
  element?.scrollIntoView({ block: 'nearest' });
}

/** A line names its salesperson only when that is not the one of the sale. */
function Line({ line, ofSale }: { readonly line: SaleLineView; readonly ofSale: string | undefined }) {
  const details = [line.reference, line.color, line.print, line.size].filter((part) => part !== '');
  return (
    <>
      <span className="line-position">{line.position}</span>
      <span className="line-item">
        <span className="line-description">{line.description}</span>
        <span className="line-details">
          {details.join(' · ')}
          {line.salesperson !== null && line.salesperson.code !== ofSale && ` · ${line.salesperson.name}`}
        </span>
      </span>
      <span className="number line-quantity">{formatQuantity(line.quantityMilli)}</span>
      <span className="number">{formatCents(line.unitPriceCents)}</span>
      <span className="number line-amount">
        {formatCents(line.netCents)}
        {line.itemDiscountCents > 0 && <span className="line-discount">{formatCents(-line.itemDiscountCents)}</span>}
      </span>
    </>
  );
}
