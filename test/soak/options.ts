import { parseArgs } from 'node:util';

export type SoakOptions = {
  readonly days: number;
  readonly sales: number;
  readonly seed: number;
  readonly json: boolean;
};

export const USAGE = 'usage: npm run soak -- [--days N] [--sales PER_DAY] [--seed S] [--json]';

/** Below this no line can be laid through the days. */
const LEAST_DAYS = 4;

/** Reads the command line; a text is why it cannot be understood. */
export function readSoakOptions(args: readonly string[]): SoakOptions | string {
  let values;
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: {
        days: { type: 'string', default: '30' },
        sales: { type: 'string', default: '600' },
        seed: { type: 'string', default: '1' },
        json: { type: 'boolean', default: false },
      },
    }));
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  const [days, sales, seed] = [values.days, values.sales, values.seed].map(Number);
  if (days === undefined || !Number.isInteger(days) || days < LEAST_DAYS) {
    return `--days is a whole number of ${LEAST_DAYS} or more`;
  }
  if (sales === undefined || !Number.isInteger(sales) || sales < 1) return '--sales is a whole number above 0';
  if (seed === undefined || !Number.isInteger(seed) || seed < 0) return '--seed is a whole number';
  return { days, sales, seed, json: values.json };
}
