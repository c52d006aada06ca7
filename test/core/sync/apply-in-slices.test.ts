import { afterEach, beforeEach, expect, test } from 'vitest';
import { applyInSlices, SLICE_SKUS } from '../../../core/sync/apply-in-slices.ts';
import { temporaryDatabase } from './support.ts';

let database: ReturnType<typeof temporaryDatabase>;
beforeEach(() => {
  database = temporaryDatabase();
});
afterEach(() => database.remove());

/** SKUs in each transaction that kept `rows`, each row of so many SKUs. */
async function slicesOf(rows: readonly number[], sliceSkus: number): Promise<number[]> {
  const slices: number[] = [];
  let skus = 0;
  const save = (_tx: unknown, row: number): boolean => {
    skus += row;
    return true;
  };
  await applyInSlices(database.db, rows, { skusOf: (row) => row, save, sliceSkus }, () => {
    slices.push(skus);
    skus = 0;
  });
  return slices;
}

test('a transaction holds the SKUs it may, and a product of more goes alone', async () => {
  expect(await slicesOf([60, 40, 1, 300, 99, 2], 100)).toEqual([100, 1, 300, 99, 2]);
});

test('a scan waits for fewer SKUs than the first load takes at once, which are never above 250', async () => {
  const rows = Array.from({ length: 500 }, () => 1);
  expect(Math.max(...(await slicesOf(rows, SLICE_SKUS.whileOpen)))).toBe(100);
  expect(await slicesOf(rows, SLICE_SKUS.whileClosed)).toEqual([250, 250]);
});
