import { z } from 'zod';
import { readKeptTally } from '../support/kept-tally.ts';

const Count = z.int().min(0);

const FuzzTallyFile = z.object({
  cases: Count,
  ok: Count,
  refused: Count,
  internal: Count,
  crashes: Count,
  hangs: Count,
  unhandled: Count,
  failures: Count,
  seconds: z.number().min(0),
  /** Seed of the first batch that was not run, and of those that found something. */
  next: Count,
  failed: z.array(Count),
  /** Cases by target. */
  targets: z.record(z.string(), Count),
});

/** What a run came to; of several runs, the sums. */
export type FuzzTally = z.output<typeof FuzzTallyFile>;

/** A new one that begins with `seed` where there is no file. Throws in words when the file is something else. */
export function readFuzzTally(file: string | null, seed: number): FuzzTally {
  const counts = {
    cases: 0,
    ok: 0,
    refused: 0,
    internal: 0,
    crashes: 0,
    hangs: 0,
    unhandled: 0,
    failures: 0,
    seconds: 0,
  };
  const fresh: FuzzTally = { ...counts, next: seed, failed: [], targets: {} };
  return file === null ? fresh : readKeptTally(file, FuzzTallyFile, fresh);
}
