import { availableParallelism } from 'node:os';
import { flag, oneOf, optionsReader, seconds, text, wholeNumber } from '../../scripts/machine-options.ts';
import { plantedBugs } from './planted/planted-bugs.ts';
import { REGRESSIONS } from './regressions.ts';

export const USAGE = `usage: npm run simulate -- [--seeds N] [--from K] [--seconds S] [--resume FILE] [--first] [--jobs N] [--json]
       npm run simulate -- --seed S --trace          one seed again, step by step
       npm run simulate -- --regressions             the days that once found something
       npm run simulate -- --planted [--seeds N]     each planted bug, and after how many seeds it is caught
       npm run simulate -- --planted --recorded      the same by the one seed that is known to find each
       npm run simulate -- --plant NAME ...          the same runs with one planted bug`;

const read = optionsReader({
  seeds: wholeNumber(null),
  from: wholeNumber(1),
  seed: wholeNumber(null),
  seconds: seconds(86_400),
  /** Where the tally of seeds is kept, so that the next run goes on. */
  resume: text(),
  /** Processes that run seeds at a time. */
  jobs: wholeNumber(availableParallelism(), 1),
  plant: oneOf(plantedBugs.map(({ name }) => name)),
  planted: flag(),
  /** Of the planted bugs only the seed that is known to find each. */
  recorded: flag(),
  regressions: flag(),
  /** Ends at the first seed that finds something. */
  first: flag(),
  trace: flag(),
});

export type SimulationOptions = ReturnType<typeof readSimulationOptions>;
export function readSimulationOptions(args: readonly string[]) {
  const { seed, seeds, from, first, trace, planted, recorded, regressions, ...others } = read(args);
  const known = Object.keys(REGRESSIONS).map(Number);
  return {
    ...others,
    /** The days to run where they do not follow one another. */
    days: regressions ? known : null,
    from: regressions ? 0 : (seed ?? from),
    seeds: regressions ? known.length : seed === null ? (seeds ?? (planted ? 50 : 100)) : 1,
    isFirstOnly: first,
    isTraced: trace,
    isPlanted: planted,
    isRecorded: recorded,
  };
}
