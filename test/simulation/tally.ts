import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';

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

export function readTally(file: string, from: number): KeptTally {
  if (!existsSync(file)) return { ...createTally(), next: from, failed: [] };
  return JSON.parse(readFileSync(file, 'utf8')) as KeptTally;
}

/** A kill in the middle leaves the tally of before. */
export function writeTally(file: string, tally: KeptTally): void {
  writeFileSync(`${file}.new`, `${JSON.stringify(tally)}\n`);
  renameSync(`${file}.new`, file);
}
