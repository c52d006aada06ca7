import { z } from 'zod';
import { readKeptTally } from '../support/kept-tally.ts';

const TallyFile = z.object({
  /** Power cuts that were made and opened. */
  cuts: z.int().min(0),
  /** Cuts after which something was missing, there unasked, or broken; `failures` is each cut with any of them. */
  lost: z.int().min(0),
  ghosts: z.int().min(0),
  corrupt: z.int().min(0),
  failures: z.int().min(0),
  /** Of the recorded sessions. */
  writes: z.int().min(0),
  syncs: z.int().min(0),
  seconds: z.number().min(0),
  /** The seed of the first session that was not run. */
  next: z.int().min(0),
});

/** What a run came to; of several runs, the sums. */
export type Tally = z.infer<typeof TallyFile>;

/** A new one that begins with session `seed` where there is no file. Throws in words when the file is something else. */
export function readTally(file: string | null, seed: number): Tally {
  const fresh = { cuts: 0, lost: 0, ghosts: 0, corrupt: 0, failures: 0, writes: 0, syncs: 0, seconds: 0, next: seed };
  return file === null ? fresh : readKeptTally(file, TallyFile, fresh);
}
