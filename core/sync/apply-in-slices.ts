import type { Database, WriteTx } from '../../db/database-types.ts';
import type { Clock } from '../clock.ts';

/**
 * How the catalogue comes in. A transaction takes rows for `sliceMs` milliseconds, at least one, and `rest` times as long
 * as it took the thread is left to others before the next; a page has at most so many `products`, whose text and JSON are
 * read in one turn each (2.5 and 3 ms for 500).
 *
 * `whileClosed` is for the first load, in which no drawer can be open and nobody scans. `whileOpen` a sale waits for one
 * slice at most, and seldom: what remains of a page are pauses of 10 to 20 ms of the garbage collector, which fewer sales
 * meet the more slowly pages come in.
 */
export type Pace = { readonly sliceMs: number; readonly rest: number; readonly products: number };
export const PACE = {
  whileClosed: { sliceMs: 6, rest: 0, products: 500 },
  whileOpen: { sliceMs: 1.5, rest: 7, products: 60 },
} as const satisfies Readonly<Record<string, Pace>>;

/** Keeps a row of one register; answers whether it was newer than what was here. */
export type RowWriter<Row> = (tx: WriteTx, row: Row) => boolean;

/**
 * Keeps a page in small transactions, with a yield to the event loop between them. `onSlice` runs in each of them with
 * the number of rows that were new in it. A kill in between leaves rows without their cursor, and they come again: as
 * rows that are not new any more, which is why each slice counts its own.
 */
export async function applyInSlices<Row>(
  {
    db,
    clock,
    pace,
  }: {
    readonly db: Database;
    readonly clock: Pick<Clock, 'monotonicMs' | 'sleep'>;
    readonly pace: Pick<Pace, 'sliceMs' | 'rest'>;
  },
  rows: readonly Row[],
  save: RowWriter<Row>,
  onSlice: (tx: WriteTx, slice: { readonly applied: number; readonly isLast: boolean }) => void,
): Promise<void> {
  let index = 0;
  do {
    const startedMs = clock.monotonicMs();
    // A sync would hold the thread for longer than the slice: what a power cut takes, cursor and all, is read again.
    index = db.writeUnsynced((tx) => {
      const endMs = startedMs + pace.sliceMs;
      let applied = 0;
      let next = index;
      for (let row = rows[next]; row !== undefined; row = rows[next]) {
        if (next > index && clock.monotonicMs() >= endMs) break;
        if (save(tx, row)) applied += 1;
        next += 1;
      }
      onSlice(tx, { applied, isLast: next >= rows.length });
      return next;
    });
    if (pace.rest > 0) await clock.sleep((clock.monotonicMs() - startedMs) * pace.rest);
    else await new Promise((resolve) => setImmediate(resolve));
  } while (index < rows.length);
}
