import { oneOf, optionsReader, seconds, text, wholeNumber } from '../../scripts/machine-options.ts';

export const PLANTS: readonly string[] = [
  'reply before commit',
  'outbox outside the transaction',
  'a sale is not queued',
];

export const USAGE = `usage: npm run torture -- [--kills N] [--seed S] [--stations 1..4] [--seconds S] [--resume FILE] [--json]
       npm run torture -- --plant NAME    with a broken promise: ${PLANTS.join(', ')}`;

export type TortureOptions = ReturnType<typeof readTortureOptions>;
export const readTortureOptions = optionsReader({
  kills: wholeNumber(100, 1),
  seed: wholeNumber(1),
  /** Tills at one ERP, worked at the same time. */
  stations: wholeNumber(2, 1, 4),
  seconds: seconds(86_400),
  /** Where the tally is kept, so that the next run goes on; `kills` is then the sum of all runs. */
  resume: text(),
  /** A promise of the product that is broken on purpose. */
  plant: oneOf(PLANTS),
});
