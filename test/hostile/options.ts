import { oneOf, optionsReader, wholeNumber } from '../../scripts/machine-options.ts';
import { faultNames } from './fault-names.ts';
import { hostileBugs } from './planted-bugs.ts';

export const USAGE = `usage: npm run hostile -- [--fault NAME] [--seed S] [--rounds N] [--json]
       npm run hostile -- --plant NAME ...     the same against a core with one planted bug
faults: ${faultNames.join(', ')}`;

const read = optionsReader({
  /** Only this fault, again and again. */
  fault: oneOf(faultNames),
  seed: wholeNumber(1),
  /** Each fault alone first, mixtures after it. */
  rounds: wholeNumber(null),
  /** A mistake to be loaded into the core, to see it found. */
  plant: oneOf(hostileBugs.map(({ name }) => name)),
});

export type HostileOptions = ReturnType<typeof readHostileOptions>;
export function readHostileOptions(args: readonly string[]) {
  const options = read(args);
  return { ...options, rounds: options.rounds ?? (options.fault === null ? faultNames.length + 5 : 1) };
}
