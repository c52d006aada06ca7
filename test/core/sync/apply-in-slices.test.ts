import { afterEach, beforeEach, expect, test } from 'vitest';
import { applyInSlices, PACE } from '../../../core/sync/apply-in-slices.ts';
import { temporaryDatabase } from './support.ts';

let database: ReturnType<typeof temporaryDatabase>;
beforeEach(() => {
  database = temporaryDatabase();
});
afterEach(() => database.remove());

/** Rows in each transaction, where keeping a row takes the milliseconds it says. */
async function slicesOf(rowsMs: readonly number[], sliceMs: number): Promise<number[]> {
  const slices: number[] = [];
  let nowMs = 0;
  let kept = 0;
  const save = (_tx: unknown, ms: number): boolean => {
    nowMs += ms;
    kept += 1;
    return true;
  };
  const ports = { db: database.db, clock: { monotonicMs: () => nowMs }, sliceMs };
  await applyInSlices(ports, rowsMs, save, () => {
    slices.push(kept);
    kept = 0;
  });
  return slices;
}

test('a transaction ends with the row that used its time up, and a row of more goes alone', async () => {
  expect(await slicesOf([1, 1, 0.5, 3, 1, 1], 2)).toEqual([2, 2, 2]);
  expect(await slicesOf([9, 9, 1], 2)).toEqual([1, 1, 1]);
  expect(await slicesOf([], 2)).toEqual([0]);
});

test('a scan waits for less than the first load takes at once', async () => {
  const rows = Array.from({ length: 20 }, () => 0.5);
  expect(await slicesOf(rows, PACE.whileOpen.sliceMs)).toEqual([3, 3, 3, 3, 3, 3, 2]);
  expect(await slicesOf(rows, PACE.whileClosed.sliceMs)).toEqual([12, 8]);
});

test('other callers are heard between two transactions', async () => {
  const heard: string[] = [];
  setImmediate(() => heard.push('a scan'));
  await applyInSlices(
    { db: database.db, clock: { monotonicMs: () => heard.length }, sliceMs: 1 },
    ['first', 'second'],
    (_tx, row) => {
      heard.push(row);
      return true;
    },
    () => undefined,
  );
  expect(heard).toEqual(['first', 'a scan', 'second']);
});
