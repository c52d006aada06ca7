import { oneOf, optionsReader, text, wholeNumber } from '../../scripts/machine-options.ts';
import { CONTROLS } from './controls.ts';

export const USAGE = `usage: npm run power-loss -- [--cuts N] [--seed S] [--resume FILE] [--json]
       npm run power-loss -- --faults N [--seed S] [--resume FILE]         disks that fail under the running core
       npm run power-loss -- --control synchronous-normal|lying-sync ...   a run that must lose`;

export type PowerLossOptions = ReturnType<typeof readPowerLossOptions>;
export const readPowerLossOptions = optionsReader({
  cuts: wholeNumber(500),
  seed: wholeNumber(1),
  /** Only this cut of the first session. */
  only: wholeNumber(null),
  /** Where the tally is kept, so that the next run goes on. */
  resume: text(),
  /** What makes the run lose, to see that it is seen. */
  control: oneOf(CONTROLS),
  /** Sessions on a disk that fails, instead of cuts; null: none. */
  faults: wholeNumber(null),
});
