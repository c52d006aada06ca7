import type { GradeCellView, ProductGradeView } from '../../contract/product-views.ts';

/** A cell of a grade by its row and its size, counted from zero. */
export type GradePlace = { readonly row: number; readonly size: number };

type Cells = Pick<ProductGradeView, 'rows'>;

/** The SKU at a place, or null where the product is not made. */
export function cellAt({ rows }: Cells, { row, size }: GradePlace): GradeCellView | null {
  return rows[row]?.cells[size] ?? null;
}

/** Where a grade is entered: the SKU whose barcode was typed, else the first that is in stock, else the first of all. */
export function findStart({ rows }: Cells, sku: string | null): GradePlace {
  const cells = rows.flatMap((row, rowIndex) =>
    row.cells.flatMap((cell, size) => (cell === null ? [] : [{ cell, place: { row: rowIndex, size } }])),
  );
  const start =
    cells.find(({ cell }) => cell.sku === sku) ??
    cells.find(({ cell }) => (cell.stockMilli ?? 0) > 0 && cell.notForSale === null) ??
    cells[0];
  return start?.place ?? { row: 0, size: 0 };
}

/**
 * The next SKU in a direction, over gaps; at the edge the same place again. Up and down find the nearest size when the next
 * colour is not made in this one.
 */
export function moveInGrade(grade: Cells, from: GradePlace, step: { row?: number; size?: number }): GradePlace {
  const { rows } = grade;
  const stepRow = step.row ?? 0;
  const stepSize = step.size ?? 0;
  if (stepRow !== 0) {
    for (let row = from.row + stepRow; rows[row] !== undefined; row += stepRow) {
      const sizes = rows[row]?.cells.flatMap((cell, size) => (cell === null ? [] : [size])) ?? [];
      const [nearest] = sizes.toSorted((a, b) => Math.abs(a - from.size) - Math.abs(b - from.size));
      if (nearest !== undefined) return { row, size: nearest };
    }
    return from;
  }
  const width = rows[from.row]?.cells.length ?? 0;
  for (let size = from.size + stepSize; size >= 0 && size < width; size += stepSize) {
    if (cellAt(grade, { row: from.row, size }) !== null) return { row: from.row, size };
  }
  return from;
}
