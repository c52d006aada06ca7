import { optionsReader, wholeNumber } from '../../scripts/machine-options.ts';

export const USAGE = 'usage: npm run soak -- [--days N] [--sales PER_DAY] [--seed S] [--json]';

/** Below this no line can be laid through the days. */
const LEAST_DAYS = 4;

export type SoakOptions = ReturnType<typeof readSoakOptions>;
export const readSoakOptions = optionsReader({
  days: wholeNumber(30, LEAST_DAYS),
  sales: wholeNumber(600, 1),
  seed: wholeNumber(1),
});
