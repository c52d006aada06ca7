import type { Database, WriteTx } from '../../db/database-types.ts';

/**
 * Most SKUs in one transaction. `whileClosed` is for the first load, in which no drawer can be open and nobody scans;
 * `whileOpen` holds the write thread a millisecond or two, and a sale meanwhile hardly waits.
 */
export const SLICE_SKUS = { whileClosed: 250, whileOpen: 100 } as const;

/** How rows of one register are kept. `save` answers whether the row was newer than what was here. */
export type RowWriter<Row> = {
  readonly skusOf: (row: Row) => number;
  readonly save: (tx: WriteTx, row: Row) => boolean;
};

/**
 * Keeps a page in small transactions, with a yield to the event loop between them. `onSlice` runs in each of them with
 * the number of rows that were new in it. A kill in between leaves rows without their cursor, and they come again: as
 * rows that are not new any more, which is why each slice counts its own.
 */
export async function applyInSlices<Row>(
  db: Database,
  rows: readonly Row[],
  { skusOf, save, sliceSkus }: RowWriter<Row> & { readonly sliceSkus: number },
  onSlice: (tx: WriteTx, slice: { readonly applied: number; readonly isLast: boolean }) => void,
): Promise<void> {
  let index = 0;
  do {
    if (index > 0) await new Promise((resolve) => setImmediate(resolve));
    index = db.write((tx) => {
      let applied = 0;
      let skus = 0;
      let next = index;
      for (let row = rows[next]; row !== undefined; row = rows[next]) {
        // A product of more SKUs than fit goes alone.
        if (skus > 0 && skus + skusOf(row) > sliceSkus) break;
        skus += skusOf(row);
        if (save(tx, row)) applied += 1;
        next += 1;
      }
      onSlice(tx, { applied, isLast: next >= rows.length });
      return next;
    });
  } while (index < rows.length);
}
