import { useRef } from 'react';
import { formatAmount, formatQuantity } from '../../contract/format.ts';
import type { GradeCellView, ProductGradeView } from '../../contract/product-views.ts';
import { stockTone, stockWords } from '../components/stock-words.ts';
import { useTexts } from '../i18n/preferences.tsx';
import type { GradePlace } from './grade-moves.ts';

/** More sizes than these are drawn closer together, before the table has to be scrolled. */
const ROOMY_SIZES = 6;

/** Colours by sizes of one product: stock large, price below. The marked SKU is what Enter sells. */
export function ProductGrade({
  grade,
  marked,
  onMark,
}: {
  readonly grade: ProductGradeView;
  readonly marked: GradePlace;
  readonly onMark: (place: GradePlace) => void;
}) {
  const t = useTexts();
  const { sizes, rows } = grade;
  return (
    <div className="grade-scroller">
      <table
        className={sizes.length > ROOMY_SIZES ? 'grade dense' : 'grade'}
        role="grid"
        aria-label={t.search.grade(grade.description)}
        aria-activedescendant={cellId(marked)}
        tabIndex={0}
        data-autofocus
        data-testid="grade"
      >
        <thead>
          <tr>
            <th scope="col">{t.search.color}</th>
            {sizes.map((size) => (
              <th key={size} scope="col" className="grade-size">
                {size}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, rowIndex) => (
            <tr key={`${row.color} ${row.print}`}>
              <th scope="row">
                <span className="grade-color">{row.color}</span>
                {row.print !== '' && <span className="grade-print">{row.print}</span>}
              </th>
              {row.cells.map((cell, sizeIndex) => {
                const place = { row: rowIndex, size: sizeIndex };
                return (
                  <Cell
                    key={sizes[sizeIndex]}
                    id={cellId(place)}
                    cell={cell}
                    isMarked={marked.row === rowIndex && marked.size === sizeIndex}
                    onMark={() => onMark(place)}
                  />
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cell({
  id,
  cell,
  isMarked,
  onMark,
}: {
  readonly id: string;
  readonly cell: GradeCellView | null;
  readonly isMarked: boolean;
  readonly onMark: () => void;
}) {
  const t = useTexts();
  const shown = useRef<HTMLTableCellElement>(null);
  if (cell === null) {
    return (
      <td className="grade-gap" role="gridcell" aria-label={t.search.notMade}>
        <span aria-hidden="true">·</span>
      </td>
    );
  }
  const { stockMilli, priceCents, notForSale } = cell;
  return (
    <td
      ref={isMarked ? showCell : shown}
      id={id}
      role="gridcell"
      aria-selected={isMarked}
      className={`grade-cell${isMarked ? ' marked' : ''}${notForSale === null ? '' : ' not-for-sale'}`}
      data-testid="grade-cell"
      onClick={onMark}
    >
      <span className={`grade-stock ${stockTone(stockMilli)}`}>
        <span aria-hidden="true">{stockMilli === null ? '?' : formatQuantity(stockMilli)}</span>
        <span className="visually-hidden">{stockWords(t, stockMilli)}</span>
      </span>
      <span className={priceCents === null ? 'grade-price none' : 'grade-price'}>
        {priceCents === null ? t.dialogs.priceNone : formatAmount(priceCents)}
      </span>
    </td>
  );
}

/** The marked cell comes into sight. */
function showCell(element: HTMLTableCellElement | null): void {
  element?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}

function cellId({ row, size }: GradePlace): string {
  return `grade-${row}-${size}`;
}
