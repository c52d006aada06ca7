import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { STATIONS, type StationCode } from './erp-state.ts';
import { makeFirstDatabase } from './first-database.ts';
import type { SimulationOptions } from './options.ts';
import { LEAST, runSeed, type SeedResult } from './run-seed.ts';
import { writeKeptTally } from '../support/kept-tally.ts';
import { createTally, readTally, type Tally } from './tally.ts';
import { takeOverGlobals } from './world.ts';

/** Memory where there is such a folder: power loss is another machine's affair, and a disk would be most of the time. */
const MEMORY_FOLDER = '/dev/shm';
/** What a seed that found something prints of it, without --trace. */
const TRACE_TAIL = 60;
const SAVE_EVERY = 20;

const realNow = performance.now.bind(performance);

/** Runs seeds one after the other and tells each that finds something. */
export async function simulate(options: SimulationOptions, write: (line: string) => void): Promise<Tally> {
  const parent = existsSync(MEMORY_FOLDER) ? MEMORY_FOLDER : tmpdir();
  const folder = mkdtempSync(join(parent, 'station-simulation-'));
  const startedMs = realNow();
  const seconds = (): number => Math.round(realNow() - startedMs) / 1000;
  takeOverGlobals();
  const strays = watchStrays();
  try {
    const databases = new Map<StationCode, Uint8Array>();
    for (const code of STATIONS) databases.set(code, await makeFirstDatabase(folder, code));
    const kept = options.resume === null ? null : readTally(options.resume, options.from);
    const before = kept?.seconds ?? 0;
    const tally = kept ?? createTally();
    const from = kept?.next ?? options.from;
    for (let seed = from; seed < from + options.seeds && seconds() < options.seconds; seed += 1) {
      const lines: string[] = [];
      const result = await runOne(seed, folder, databases, (line) => void lines.push(line), strays);
      tally.seeds += 1;
      tally.documents += result.documents;
      tally.faults += result.faults;
      tally.crashes += result.crashes;
      tally.seconds = Math.round((before + seconds()) * 1000) / 1000;
      if (result.findings.length > 0) tally.failures += 1;
      for (const limit of result.limits.slice(0, 1))
        write(`seed ${seed}: known limit, ${result.limits.length} of it: ${limit}`);
      if (options.isTraced) for (const line of lines) write(line);
      if (result.findings.length > 0) tellFindings(result, options.isTraced ? [] : lines, write);
      if (kept !== null && options.resume !== null) {
        kept.next = seed + 1;
        if (result.findings.length > 0) kept.failed.push(seed);
        if (seed % SAVE_EVERY === 0 || seed === from + options.seeds - 1) writeKeptTally(options.resume, kept);
      }
      if (options.isFirstOnly && result.findings.length > 0) break;
    }
    if (kept !== null && options.resume !== null) writeKeptTally(options.resume, kept);
    const { seeds, failures, documents, faults, crashes } = tally;
    return { seeds, failures, documents, faults, crashes, seconds: tally.seconds };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function runOne(
  seed: number,
  folder: string,
  databases: ReadonlyMap<StationCode, Uint8Array>,
  tell: (line: string) => void,
  strays: string[],
): Promise<SeedResult> {
  strays.length = 0;
  try {
    const result = await runSeed(seed, { folder, databases, tell });
    const short = (['documents', 'faults', 'crashes'] as const).filter((name) => result[name] < LEAST[name]);
    const findings = [
      ...result.findings,
      ...strays,
      ...short.map((name) => `only ${result[name]} ${name} in this seed`),
    ];
    return { ...result, findings };
  } catch (error) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return {
      seed,
      findings: [`the run broke: ${text}`],
      limits: [],
      documents: 0,
      faults: 0,
      crashes: 0,
      steps: 0,
      mix: '',
    };
  }
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

/** A rejection that nobody handles is a finding, unless it is the end of a core that was killed. */
function watchStrays(): string[] {
  const strays: string[] = [];
  process.on('unhandledRejection', (error: unknown) => {
    const text = error instanceof Error ? `${error.message} ${error.stack ?? ''}` : String(error);
    if (/^killed|connection is not open/.test(text)) return;
    strays.push(`unhandled: ${text}`);
  });
  return strays;
}
