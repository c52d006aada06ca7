import { parseArgs } from 'node:util';
import { isControl, type Control } from './controls.ts';
import { readTally } from './tally.ts';

export type PowerLossOptions = {
  readonly cuts: number;
  readonly seed: number;
  /** Only this cut of the first session. */
  readonly only: number | null;
  /** Where the tally is kept, so that the next run goes on. */
  readonly resume: string | null;
  /** What makes the run lose, to see that it is seen. */
  readonly control: Control | null;
  /** Sessions on a disk that fails, instead of cuts; null: none. */
  readonly faults: number | null;
  readonly json: boolean;
};

export const USAGE = `usage: npm run power-loss -- [--cuts N] [--seed S] [--resume FILE] [--json]
       npm run power-loss -- --faults N [--seed S] [--resume FILE]         disks that fail under the running core
       npm run power-loss -- --control synchronous-normal|lying-sync ...   a run that must lose`;

/** Reads the command line; a text is why it cannot be understood. */
export function readPowerLossOptions(args: readonly string[]): PowerLossOptions | string {
  let values;
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: {
        cuts: { type: 'string', default: '500' },
        seed: { type: 'string', default: '1' },
        only: { type: 'string' },
        resume: { type: 'string' },
        control: { type: 'string' },
        faults: { type: 'string' },
        json: { type: 'boolean', default: false },
      },
    }));
    const cuts = Number(values.cuts);
    const seed = Number(values.seed);
    const only = values.only === undefined ? null : Number(values.only);
    const faults = values.faults === undefined ? null : Number(values.faults);
    if (![cuts, seed, only ?? 0, faults ?? 0].every((value) => Number.isInteger(value) && value >= 0))
      return 'cuts, faults and seeds are whole numbers';
    const control = values.control ?? null;
    if (control !== null && !isControl(control)) return `no control is called "${control}"`;
    const resume = values.resume ?? null;
    if (resume !== null && faults === null) readTally(resume, seed);
    return { cuts, seed, only, resume, control, faults, json: values.json };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
