import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { readTally } from './tally.ts';

export type SimulationOptions = {
  readonly from: number;
  readonly seeds: number;
  /** Ends at the first seed that finds something. */
  readonly isFirstOnly: boolean;
  readonly isTraced: boolean;
  readonly json: boolean;
  /** Where the tally of seeds is kept, so that the next run goes on. */
  readonly resume: string | null;
  readonly plant: string | null;
  readonly isPlanted: boolean;
  /** Of the planted bugs only the seed that is known to find each. */
  readonly isRecorded: boolean;
  readonly seconds: number;
  /** Processes that run seeds at a time. */
  readonly jobs: number;
};

export const USAGE = `usage: npm run simulate -- [--seeds N] [--from K] [--seconds S] [--resume FILE] [--first] [--jobs N] [--json]
       npm run simulate -- --seed S --trace          one seed again, step by step
       npm run simulate -- --planted [--seeds N]     each planted bug, and after how many seeds it is caught
       npm run simulate -- --planted --recorded      the same by the one seed that is known to find each
       npm run simulate -- --plant NAME ...          the same runs with one planted bug`;

/** Reads the command line; a text is why it cannot be understood. */
export function readSimulationOptions(args: readonly string[]): SimulationOptions | string {
  let values;
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: {
        seeds: { type: 'string' },
        from: { type: 'string', default: '1' },
        seed: { type: 'string' },
        seconds: { type: 'string', default: '86400' },
        resume: { type: 'string' },
        jobs: { type: 'string' },
        plant: { type: 'string' },
        planted: { type: 'boolean', default: false },
        recorded: { type: 'boolean', default: false },
        first: { type: 'boolean', default: false },
        trace: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
      },
    }));
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  const seeds = Number(values.seeds ?? (values.planted ? 50 : 100));
  const from = Number(values.seed ?? values.from);
  const seconds = Number(values.seconds);
  const jobs = Number(values.jobs ?? availableParallelism());
  if (![seeds, from].every((value) => Number.isInteger(value) && value >= 0)) return 'seeds are whole numbers';
  if (!(seconds > 0)) return '--seconds is a number above 0';
  if (!Number.isInteger(jobs) || jobs < 1) return '--jobs is a whole number above 0';
  try {
    if (values.resume !== undefined) readTally(values.resume, from);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return {
    from,
    seeds: values.seed === undefined ? seeds : 1,
    isFirstOnly: values.first,
    isTraced: values.trace,
    json: values.json,
    resume: values.resume ?? null,
    plant: values.plant ?? null,
    isPlanted: values.planted,
    isRecorded: values.recorded,
    seconds,
    jobs,
  };
}
