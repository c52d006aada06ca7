import { z } from 'zod';
import { readKeptTally } from '../support/kept-tally.ts';

/** What a run of seeds came to; of several runs, the sums. */
export type Tally = {
  seeds: number;
  failures: number;
  documents: number;
  faults: number;
  crashes: number;
  seconds: number;
};

/** A tally that is kept over runs: `next` is the first seed that was not run, `failed` which ones found something. */
export type KeptTally = Tally & { next: number; failed: number[] };

export function createTally(): Tally {
  return { seeds: 0, failures: 0, documents: 0, faults: 0, crashes: 0, seconds: 0 };
}

const KeptTallyFile = z.object({
  seeds: z.int().min(0),
  failures: z.int().min(0),
  documents: z.int().min(0),
  faults: z.int().min(0),
  crashes: z.int().min(0),
  seconds: z.number().min(0),
  next: z.int().min(0),
  failed: z.array(z.int()),
});

/** A new one that begins with `from` where there is no file. Throws in words when the file is something else. */
export function readTally(file: string, from: number): KeptTally {
  return readKeptTally(file, KeptTallyFile, { ...createTally(), next: from, failed: [] });
}
