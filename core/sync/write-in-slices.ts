import type { Database, WriteTx } from '../../db/database-types.ts';

/** Documents written in one transaction: under 2 ms. A sale meanwhile waits for some of a batch, not for all of it. */
const SLICE = 10;

/**
 * Writes what belongs to `rows`, some of them a transaction, with a yield to the event loop after each. When it resolves
 * all of it is on the medium; a kill in between leaves the first of them written, a power cut perhaps fewer.
 */
export async function writeInSlices<Row>(
  db: Database,
  rows: readonly Row[],
  write: (tx: WriteTx, slice: readonly Row[], isLast: boolean) => void,
): Promise<void> {
  for (let from = 0; from < rows.length; from += SLICE) {
    const slice = rows.slice(from, from + SLICE);
    const isLast = from + SLICE >= rows.length;
    // One sync at the end takes all that stands before it along (docs/decisions/0031).
    if (isLast) db.write((tx) => write(tx, slice, true));
    else db.writeUnsynced((tx) => write(tx, slice, false));
    await new Promise((resolve) => setImmediate(resolve));
  }
}
