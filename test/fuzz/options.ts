import { parseArgs } from 'node:util';

export type FuzzOptions = {
  readonly cases: number;
  readonly seed: number;
  /** Where the tally is kept, so that the next run goes on. */
  readonly resume: string | null;
  readonly json: boolean;
  /** Only this target. */
  readonly target: string | null;
  /** A mistake to be loaded with the product, to see it found. */
  readonly plant: string | null;
};

export const USAGE = `usage: npm run fuzz -- [--cases N] [--seed S] [--target NAME] [--resume FILE] [--json]
       npm run fuzz -- --seed S --target NAME --cases 100   one batch again
       npm run fuzz -- --plant NAME ...                     the same with one planted bug`;

/** Reads the command line; a text is why it cannot be understood. */
export function readFuzzOptions(args: readonly string[]): FuzzOptions | string {
  let values;
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: {
        cases: { type: 'string', default: '10000' },
        seed: { type: 'string', default: '1' },
        resume: { type: 'string' },
        target: { type: 'string' },
        plant: { type: 'string' },
        json: { type: 'boolean', default: false },
      },
    }));
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  const [cases, seed] = [Number(values.cases), Number(values.seed)];
  if (![cases, seed].every((value) => Number.isInteger(value) && value >= 0)) return 'cases and seed are whole numbers';
  return {
    cases,
    seed,
    resume: values.resume ?? null,
    json: values.json,
    target: values.target ?? null,
    plant: values.plant ?? null,
  };
}
