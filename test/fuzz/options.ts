import { oneOf, optionsReader, text, wholeNumber } from '../../scripts/machine-options.ts';
import { fuzzBugs } from './planted-bugs.ts';
import { TARGET_NAMES } from './target.ts';

export const USAGE = `usage: npm run fuzz -- [--cases N] [--seed S] [--target NAME] [--resume FILE] [--json]
       npm run fuzz -- --seed S --target NAME --cases 100   one batch again
       npm run fuzz -- --plant NAME ...                     the same with one planted bug`;

export type FuzzOptions = ReturnType<typeof readFuzzOptions>;
export const readFuzzOptions = optionsReader({
  cases: wholeNumber(10_000),
  seed: wholeNumber(1),
  /** Where the tally is kept, so that the next run goes on. */
  resume: text(),
  /** Only this target. */
  target: oneOf(TARGET_NAMES),
  /** A mistake to be loaded with the product, to see it found. */
  plant: oneOf(fuzzBugs.map(({ name }) => name)),
});
