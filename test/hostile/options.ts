import { parseArgs } from 'node:util';
import { faultNames } from './fault-names.ts';

export type HostileOptions = {
  /** Only this fault, again and again. */
  readonly fault: string | null;
  readonly seed: number;
  /** Each fault alone first, mixtures after it. */
  readonly rounds: number;
  readonly json: boolean;
  /** A mistake to be loaded into the core, to see it found. */
  readonly plant: string | null;
};

export const USAGE = `usage: npm run hostile -- [--fault NAME] [--seed S] [--rounds N] [--json]
       npm run hostile -- --plant NAME ...     the same against a core with one planted bug
faults: ${faultNames.join(', ')}`;

/** Reads the command line; a text is why it cannot be understood. */
export function readHostileOptions(args: readonly string[]): HostileOptions | string {
  let values;
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: {
        fault: { type: 'string' },
        seed: { type: 'string', default: '1' },
        rounds: { type: 'string' },
        plant: { type: 'string' },
        json: { type: 'boolean', default: false },
      },
    }));
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  const { fault = null } = values;
  if (fault !== null && !faultNames.includes(fault)) return `no fault is called "${fault}"`;
  const [seed, rounds] = [Number(values.seed), Number(values.rounds ?? (fault === null ? faultNames.length + 5 : 1))];
  if (![seed, rounds].every((value) => Number.isInteger(value) && value >= 0))
    return 'seed and rounds are whole numbers';
  return { fault, seed, rounds, json: values.json, plant: values.plant ?? null };
}
