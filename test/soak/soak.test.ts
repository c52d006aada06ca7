import { expect, test } from 'vitest';
import { fitSlope } from '../../bench/measure/slope.ts';
import { isFlat } from './measure-core.ts';
import { runSoak } from './run-soak.ts';

/* Some days of `npm run soak` (docs/soak.md): too few to tell a slow growth, enough for everything else. */

/** The log is as long as its busiest moment, a page or two more now and then, up to its limit (db/open-database.ts). */
const MAX_WAL_KB = 18_432;

test('some days pass, both sides are equal, no file or thread is left behind', async () => {
  const result = await runSoak({ days: 4, sales: 25, seed: 1, json: true }, () => undefined);
  expect(result.sales).toBe(100);
  expect(result.findings.filter((text) => !/^(memory|wal|the core's thread)/.test(text))).toEqual([]);
  expect(result.wal.mean).toBeLessThan(MAX_WAL_KB);
  expect(result.memory.mean).toBeLessThan(170 * 1024);
});

test('a figure that grows is told from one that stands', () => {
  const days = (perSale: number) =>
    Array.from({ length: 10 }, (_, day) => [day * 100, 50_000 + perSale * day * 100 + (day % 2) * 30] as const);
  const trend = (perSale: number) => {
    const { slope, error } = fitSlope(days(perSale));
    return { perSale: slope, error, mean: 50_000 };
  };
  expect(isFlat(trend(0))).toBe(true);
  expect(isFlat(trend(2))).toBe(false);
});
