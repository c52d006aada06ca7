import { z } from 'zod';
import { readKeptTally } from '../support/kept-tally.ts';
import type { ChapterResult } from './chapter.ts';

/** What the kills came to; of several runs, the sums. `failures`: findings of any kind. */
export type Tally = {
  kills: number;
  atPoints: Record<string, number>;
  sales: number;
  unacknowledged: number;
  lost: number;
  doubled: number;
  unequal: number;
  gaps: number;
  failures: number;
  seconds: number;
};

const whole = z.int().min(0);
const KeptTallyFile = z.object({
  kills: whole,
  atPoints: z.record(z.string(), whole),
  sales: whole,
  unacknowledged: whole,
  lost: whole,
  doubled: whole,
  unequal: whole,
  gaps: whole,
  failures: whole,
  seconds: z.number().min(0),
  /** The first seed that was not run. */
  next: whole,
});
export type KeptTally = z.infer<typeof KeptTallyFile>;

/** A new one that begins with seed `from` where there is no file. Throws in words when the file is something else. */
export function readTally(file: string, from: number): KeptTally {
  return readKeptTally(file, KeptTallyFile, { ...createTally(), next: from });
}

export function createTally(): Tally {
  return {
    kills: 0,
    atPoints: {},
    sales: 0,
    unacknowledged: 0,
    lost: 0,
    doubled: 0,
    unequal: 0,
    gaps: 0,
    failures: 0,
    seconds: 0,
  };
}

export function addChapter(tally: Tally, { kills, atPoints, sales, unacknowledged, findings }: ChapterResult): void {
  tally.kills += kills;
  for (const [name, count] of Object.entries(atPoints)) tally.atPoints[name] = (tally.atPoints[name] ?? 0) + count;
  tally.sales += sales;
  tally.unacknowledged += unacknowledged;
  tally.lost += findings.filter((text) => text.includes('lost')).length;
  tally.doubled += findings.filter((text) => text.includes('doubled')).length;
  tally.unequal += findings.filter((text) => text.includes('unequal')).length;
  tally.gaps += findings.filter((text) => text.includes('gap')).length;
  tally.failures += findings.length;
}
