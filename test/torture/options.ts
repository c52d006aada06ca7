import { parseArgs } from 'node:util';
import { readTally } from './tally.ts';

export type TortureOptions = {
  readonly kills: number;
  readonly seed: number;
  /** Tills at one ERP, worked at the same time. */
  readonly stations: number;
  readonly seconds: number;
  /** Where the tally is kept, so that the next run goes on; `kills` is then the sum of all runs. */
  readonly resume: string | null;
  readonly json: boolean;
  /** A promise of the product that is broken on purpose. */
  readonly plant: string | null;
};

export const PLANTS: readonly string[] = [
  'reply before commit',
  'outbox outside the transaction',
  'a sale is not queued',
];

export const USAGE = `usage: npm run torture -- [--kills N] [--seed S] [--stations 1..4] [--seconds S] [--resume FILE] [--json]
       npm run torture -- --plant NAME    with a broken promise: ${PLANTS.join(', ')}`;

/** Reads the command line; a text is why it cannot be understood. */
export function readTortureOptions(args: readonly string[]): TortureOptions | string {
  let values;
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: {
        kills: { type: 'string', default: '100' },
        seed: { type: 'string', default: '1' },
        stations: { type: 'string', default: '2' },
        seconds: { type: 'string', default: '86400' },
        resume: { type: 'string' },
        plant: { type: 'string' },
        json: { type: 'boolean', default: false },
      },
    }));
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  const [kills, seed, stations, seconds] = [values.kills, values.seed, values.stations, values.seconds].map(Number);
  if (kills === undefined || !Number.isInteger(kills) || kills < 1) return '--kills is a whole number above 0';
  if (seed === undefined || !Number.isInteger(seed) || seed < 0) return '--seed is a whole number';
  if (stations === undefined || ![1, 2, 3, 4].includes(stations)) return '--stations is 1 to 4';
  if (seconds === undefined || !(seconds > 0)) return '--seconds is a number above 0';
  if (values.plant !== undefined && !PLANTS.includes(values.plant)) return `--plant is one of: ${PLANTS.join(', ')}`;
  try {
    if (values.resume !== undefined) readTally(values.resume, seed);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return {
    kills,
    seed,
    stations,
    seconds,
    resume: values.resume ?? null,
    plant: values.plant ?? null,
    json: values.json,
  };
}
