import { oneOf, optionsReader, wholeNumber } from '../../scripts/machine-options.ts';
import { PLANTS } from '../torture/options.ts';

export const USAGE =
  'usage: npm run store -- [--stations 1..20] [--days 1..7] [--sales N] [--seed S] [--bound SECONDS] [--json]';

export type StoreOptions = ReturnType<typeof readStoreOptions>;
export const readStoreOptions = optionsReader({
  stations: wholeNumber(8, 1, 20),
  days: wholeNumber(7, 1, 7),
  /** Of each till on each day. */
  sales: wholeNumber(30, 1, 10_000),
  seed: wholeNumber(1),
  /** The queues have to be empty so many seconds after the server is back. */
  bound: wholeNumber(300, 1, 86_400),
  /** A promise of the product that is broken on purpose. */
  plant: oneOf(PLANTS),
});
