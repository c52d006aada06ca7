import { memo, type PointerEvent } from 'react';
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
    <div className="lines" tabIndex={0} role="group" aria-label={t.till.lines}>
      <div className="line line-head" aria-hidden="true">
        <span />
        <span>{t.till.item}</span>
        <span className="number">{t.till.quantity}</span>
        <span className="number">{t.till.price}</span>
        <span className="number">{t.till.amount}</span>
      </div>
      <ol
        data-testid="lines"
        onPointerDown={(event) => {
          const lineId = lineIdOf(event);
          if (lineId !== undefined) onSelect(lineId);
        }}
      >
        {lines.map((line) => (
          <Line
            key={line.lineId}
            line={line}
            isMarked={line.lineId === selectedLineId}
            ofSale={sale?.salesperson?.code}
          />
        ))}
      </ol>
    </div>
  );
}

/** A line that becomes the marked one comes into sight. */
function showLine(element: HTMLLIElement | null): void {
  element?.scrollIntoView({ block: 'nearest' });
}

function lineIdOf(event: PointerEvent): string | undefined {
  const line = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-line-id]') : null;
  return line?.dataset['lineId'];
}

type LineProps = {
  readonly line: SaleLineView;
  readonly isMarked: boolean;
  /** Code of the sale's salesperson: a line names its own only when that is another one. */
  readonly ofSale: string | undefined;
};

/** Drawn again only when the line itself changed: a scan must not cost more the longer the sale is. */
const Line = memo(function Line({ line, isMarked, ofSale }: LineProps) {
  const details = [line.reference, line.color, line.print, line.size].filter((part) => part !== '');
  return (
    <li
      ref={isMarked ? showLine : undefined}
      className={isMarked ? 'line marked' : 'line'}
      aria-current={isMarked}
      data-testid="line"
      data-line-id={line.lineId}
    >
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
    </li>
  );
});
