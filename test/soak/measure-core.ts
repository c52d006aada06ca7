import { readdirSync, readFileSync } from 'node:fs';
import type { HealthView } from '../../contract/station-views.ts';
import { fitSlope } from '../../bench/measure/slope.ts';
import { readPssMb } from '../../bench/measure/proportional-memory.ts';

/** A core at rest after a day; sizes in KB. */
export type RestedCore = {
  readonly sales: number;
  readonly memoryKb: number;
  readonly databaseKb: number;
  readonly walKb: number;
  readonly handles: number;
  readonly threads: number;
};

/** How a figure goes on per sale: the line through the days, its standard error, and the mean of the days. */
export type Trend = { readonly perSale: number; readonly error: number; readonly mean: number };

const KB = 1024;

export function readRestedCore(pid: number, health: HealthView): RestedCore {
  return {
    sales: health.sales,
    memoryKb: readPssMb(pid) * KB,
    databaseKb: health.databaseBytes / KB,
    walKb: health.walBytes / KB,
    handles: readdirSync(`/proc/${pid}/fd`).length,
    threads: Number(/^Threads:\s+(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? Number.NaN),
  };
}

export function trendOf(days: readonly RestedCore[], figure: Exclude<keyof RestedCore, 'sales'>): Trend {
  const { slope, error } = fitSlope(days.map((day) => [day.sales, day[figure]]));
  const mean = days.reduce((sum, day) => sum + day[figure], 0) / days.length;
  return { perSale: slope, error, mean };
}

/**
 * Whether a figure stands still: its line cannot be told from a level one (two standard errors), or goes on by less than
 * a thousandth of its size in a hundred sales.
 */
export function isFlat({ perSale, error, mean }: Trend): boolean {
  return Math.abs(perSale) <= 2 * error || Math.abs(perSale) * 100 <= mean / 1000;
}
