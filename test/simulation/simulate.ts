import { writeKeptTally } from '../support/kept-tally.ts';
import type { SimulationOptions } from './options.ts';
import type { SeedResult } from './run-seed.ts';
import { createTally, readTally, type Tally } from './tally.ts';
import { runInWorkers, type Ran } from './worker-pool.ts';

/** What a seed that found something prints of it, without --trace. */
const TRACE_TAIL = 60;
const SAVE_EVERY = 50;

/** Runs seeds in several processes and tells each that finds something, in the order of the seeds. */
export async function simulate(options: SimulationOptions, write: (line: string) => void): Promise<Tally> {
  const startedMs = performance.now();
  const seconds = (): number => Math.round(performance.now() - startedMs) / 1000;
  const kept = options.resume === null ? null : readTally(options.resume, options.from);
  const before = kept?.seconds ?? 0;
  const tally = kept ?? createTally();
  const from = kept?.next ?? options.from;
  const ran = new Map<number, Ran>();
  let given = from;
  let merged = from;
  let isOver = false;

  /** Days that follow one another are counted by themselves. */
  const seedAt = (place: number): number => options.days?.[place] ?? place;

  function next(): number | null {
    if (isOver || given >= from + options.seeds || seconds() >= options.seconds) return null;
    given += 1;
    return seedAt(given - 1);
  }

  /** A seed counts when all before it are counted: a tally that is kept has no holes. */
  function merge(seed: number, one: Ran): void {
    ran.set(seed, one);
    for (let due = ran.get(seedAt(merged)); due !== undefined && !isOver; due = ran.get(seedAt(merged))) {
      ran.delete(seedAt(merged));
      merged += 1;
      count(due);
    }
  }

  function count({ result, lines }: Ran): void {
    tally.seeds += 1;
    tally.documents += result.documents;
    tally.faults += result.faults;
    tally.crashes += result.crashes;
    tally.seconds = Math.round((before + seconds()) * 1000) / 1000;
    const isFailure = result.findings.length > 0;
    if (isFailure) tally.failures += 1;
    for (const limit of result.limits.slice(0, 1))
      write(`seed ${result.seed}: known limit, ${result.limits.length} of it: ${limit}`);
    if (options.isTraced) for (const line of lines) write(line);
    if (isFailure) tellFindings(result, options.isTraced ? [] : lines, write);
    if (kept !== null && options.resume !== null) {
      kept.next = result.seed + 1;
      if (isFailure) kept.failed.push(result.seed);
      if (isFailure || result.seed % SAVE_EVERY === 0) writeKeptTally(options.resume, kept);
    }
    if (options.isFirstOnly && isFailure) isOver = true;
  }

  const { jobs, plant, isTraced } = options;
  await runInWorkers({ jobs: Math.min(jobs, options.seeds), plant, isTraced, next, onRan: merge });
  tally.seconds = Math.round((before + seconds()) * 1000) / 1000;
  if (kept !== null && options.resume !== null) writeKeptTally(options.resume, kept);
  const { seeds, failures, documents, faults, crashes } = tally;
  return { seeds, failures, documents, faults, crashes, seconds: tally.seconds };
}

function tellFindings(
  { seed, mix, findings }: SeedResult,
  lines: readonly string[],
  write: (line: string) => void,
): void {
  for (const line of lines.slice(-TRACE_TAIL)) write(line);
  write(`seed ${seed} (${mix}) found ${findings.length}; again with: npm run simulate -- --seed ${seed} --trace`);
  for (const finding of findings) write(`  ${finding}`);
}
