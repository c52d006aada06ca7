import { parseArgs } from 'node:util';
import { PLANTS } from '../torture/options.ts';

export type StoreOptions = {
  readonly stations: number;
  readonly days: number;
  /** Of each till on each day. */
  readonly sales: number;
  readonly seed: number;
  /** The queues have to be empty so soon after the server is back. */
  readonly boundSeconds: number;
  readonly json: boolean;
  /** A promise of the product that is broken on purpose. */
  readonly plant: string | null;
};

export const USAGE =
  'usage: npm run store -- [--stations 1..20] [--days 1..7] [--sales N] [--seed S] [--bound SECONDS] [--json]';

/** Reads the command line; a text is why it cannot be understood. */
export function readStoreOptions(args: readonly string[]): StoreOptions | string {
  let values;
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: {
        stations: { type: 'string', default: '8' },
        days: { type: 'string', default: '7' },
        sales: { type: 'string', default: '30' },
        seed: { type: 'string', default: '1' },
        bound: { type: 'string', default: '300' },
        plant: { type: 'string' },
        json: { type: 'boolean', default: false },
      },
    }));
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  const limits = { stations: [1, 20], days: [1, 7], sales: [1, 10_000], seed: [0, 1e9], bound: [1, 86_400] } as const;
  for (const name of ['stations', 'days', 'sales', 'seed', 'bound'] as const) {
    const [least, most] = limits[name];
    const value = Number(values[name]);
    if (!Number.isInteger(value) || value < least || value > most)
      return `--${name} is a whole number from ${least} to ${most}`;
  }
  if (values.plant !== undefined && !PLANTS.includes(values.plant)) return `--plant is one of: ${PLANTS.join(', ')}`;
  const { stations, days, sales, seed, bound, json } = values;
  return {
    stations: Number(stations),
    days: Number(days),
    sales: Number(sales),
    seed: Number(seed),
    boundSeconds: Number(bound),
    json,
    plant: values.plant ?? null,
  };
}
