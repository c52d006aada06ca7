import { afterEach, beforeEach, expect, test } from 'vitest';
import { applyInSlices, PACE, type Pace } from '../../../core/sync/apply-in-slices.ts';
import { temporaryDatabase } from './support.ts';

let database: ReturnType<typeof temporaryDatabase>;
beforeEach(() => {
  database = temporaryDatabase();
});
afterEach(() => database.remove());

type Timing = Pick<Pace, 'sliceMs' | 'rest'>;

/** Rows in each transaction, where keeping a row takes the milliseconds it says, and the rests between them. */
async function slicesOf(
  rowsMs: readonly number[],
  pace: Timing,
): Promise<{ readonly slices: number[]; readonly restsMs: number[] }> {
  const slices: number[] = [];
  const restsMs: number[] = [];
  let nowMs = 0;
  let kept = 0;
  const save = (_tx: unknown, ms: number): boolean => {
    nowMs += ms;
    kept += 1;
    return true;
  };
  const sleep = (ms: number): Promise<void> => Promise.resolve(void restsMs.push(ms));
  const ports = { db: database.db, clock: { monotonicMs: () => nowMs, sleep }, pace };
  await applyInSlices(ports, rowsMs, save, () => {
    slices.push(kept);
    kept = 0;
  });
  return { slices, restsMs };
}

test('a transaction ends with the row that used its time up, and a row of more goes alone', async () => {
  const pace = { sliceMs: 2, rest: 0 };
  expect(await slicesOf([1, 1, 0.5, 3, 1, 1], pace)).toEqual({ slices: [2, 2, 2], restsMs: [] });
  expect((await slicesOf([9, 9, 1], pace)).slices).toEqual([1, 1, 1]);
  expect((await slicesOf([], pace)).slices).toEqual([0]);
});

test('a scan waits for less than the first load takes at once', async () => {
  const rows = Array.from({ length: 20 }, () => 0.5);
  expect((await slicesOf(rows, PACE.whileOpen)).slices).toEqual([3, 3, 3, 3, 3, 3, 2]);
  expect((await slicesOf(rows, PACE.whileClosed)).slices).toEqual([12, 8]);
});

test('while a drawer may be open most of the thread is left to the till, in the first load none', async () => {
  expect(await slicesOf([1, 2, 9, 1], PACE.whileOpen)).toEqual({ slices: [2, 1, 1], restsMs: [21, 63, 7] });
  expect((await slicesOf([1, 2, 9, 1], PACE.whileClosed)).restsMs).toEqual([]);
});

test('other callers are heard between two transactions', async () => {
  const heard: string[] = [];
  setImmediate(() => heard.push('a scan'));
  await applyInSlices(
    {
      db: database.db,
      clock: { monotonicMs: () => heard.length, sleep: () => Promise.resolve() },
      pace: { sliceMs: 1, rest: 0 },
    },
    ['first', 'second'],
    (_tx, row) => {
      heard.push(row);
      return true;
    },
    () => undefined,
  );
  expect(heard).toEqual(['first', 'a scan', 'second']);
});
