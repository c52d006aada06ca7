import { z } from 'zod';
import { createSeededRandom } from '../../../scripts/demo/seeded-random.ts';
import { readKeptTally, writeKeptTally } from '../../support/kept-tally.ts';
import type { Fault } from './faulty-core.ts';
import { runFaultySession, type FaultResult } from './faulty-session.ts';
import { prepareTill, type PreparedTill } from './prepared-till.ts';

/** Every kind of fault; the walk goes over each call that a session makes of it. */
const KINDS: readonly Pick<Fault, 'call' | 'error'>[] = [
  { call: 'pwrite64', error: 'ENOSPC' },
  { call: 'pwrite64', error: 'EIO' },
  { call: 'pwrite64', error: 'EROFS' },
  { call: 'fsync', error: 'EIO' },
  { call: 'fsync', error: 'ENOSPC' },
  { call: 'ftruncate', error: 'EIO' },
  { call: 'openat', error: 'EIO' },
  { call: 'openat', error: 'ENOSPC' },
  { call: 'openat', error: 'EROFS' },
  { call: 'unlink', error: 'EIO' },
];
/** No session has so many calls: nothing strikes, and they are counted. */
const NEVER = 60_000;

const FaultTally = z.object({
  /** Sessions on a disk that failed, and how often it did. */
  sessions: z.int().min(0),
  faults: z.int().min(0),
  /** Cores that ended because of it, calls that were refused. */
  endings: z.int().min(0),
  refused: z.int().min(0),
  failures: z.int().min(0),
  seconds: z.number().min(0),
  /** Of the walk: the calls of each kind in a session without faults, how many faults follow from that, which is next. */
  calls: z.record(z.string(), z.int().min(1)),
  walk: z.int().min(0),
  next: z.int().min(0),
});
type FaultTally = z.infer<typeof FaultTally>;

/** Walks over the faults from where the tally ends, `sessions` of them, in an order that a seed shuffles. */
export async function walkFaults(
  { sessions, seed, resume }: { readonly sessions: number; readonly seed: number; readonly resume: string | null },
  write: (line: string) => void,
): Promise<FaultTally> {
  const fresh = {
    sessions: 0,
    faults: 0,
    endings: 0,
    refused: 0,
    failures: 0,
    seconds: 0,
    calls: {},
    walk: 0,
    next: 0,
  };
  const tally = resume === null ? { ...fresh } : readKeptTally(resume, FaultTally, fresh);
  const before = tally.seconds;
  const startedMs = performance.now();
  const till = await prepareTill();
  try {
    await countCalls(till, tally.calls);
    const walk = shuffle(planWalk(tally.calls), seed);
    tally.walk = walk.length;
    for (const fault of walk.slice(tally.next, tally.next + sessions)) {
      const result = await runSession(till, fault);
      count(tally, result);
      tally.seconds = Math.round(before * 1000 + performance.now() - startedMs) / 1000;
      if (result.findings.length > 0) write(`${tellFault(fault)} found ${result.findings.length}`);
      for (const finding of result.findings.slice(0, 5)) write(`  ${finding}`);
      if (resume !== null) writeKeptTally(resume, tally);
    }
    return tally;
  } finally {
    till.remove();
  }
}

/** A core that goes without a word ends its session, not the walk. */
async function runSession(till: PreparedTill, fault: Fault): Promise<FaultResult> {
  try {
    return await till.inCopy((folder, facts) => runFaultySession(folder, fault, facts));
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    return { fault, faults: 1, calls: 0, endings: 1, refused: 0, findings: [`the session ended: ${text}`] };
  }
}

function count(tally: FaultTally, { faults, endings, refused, findings }: FaultResult): void {
  tally.sessions += 1;
  tally.next += 1;
  tally.faults += faults;
  tally.endings += endings;
  tally.refused += refused;
  if (findings.length > 0) tally.failures += 1;
}

function tellFault({ call, error, nth, isSticky, file }: Fault): string {
  return `${error} at ${call} ${nth}${isSticky ? ' and all after it' : ''}${file === null ? '' : ` of ${file}`}`;
}

/** Each kind at each call that was counted, once and for good. */
function planWalk(counted: FaultTally['calls']): Fault[] {
  const walk: Fault[] = [];
  for (const { call, error } of KINDS) {
    for (let nth = 1; nth <= (counted[call] ?? 0); nth += 1) {
      for (const isSticky of [false, true]) walk.push({ call, error, nth, isSticky, file: null });
    }
  }
  for (const { call, error } of KINDS.slice(0, 4)) {
    for (const nth of [1, 2, 5]) walk.push({ call, error, nth, isSticky: true, file: 'station.db' });
  }
  return walk;
}

/** Two sessions differ by a few calls: counted once, or a walk that is resumed would be another one. */
async function countCalls(till: PreparedTill, counted: FaultTally['calls']): Promise<void> {
  for (const { call } of KINDS) {
    if (counted[call] !== undefined) continue;
    const fault: Fault = { call, error: 'EIO', nth: NEVER, isSticky: false, file: null };
    const { calls, findings } = await till.inCopy((folder, facts) => runFaultySession(folder, fault, facts));
    if (findings.length > 0) throw new Error(`a session without a fault is not clean: ${findings.join('; ')}`);
    counted[call] = calls;
  }
}

/** All kinds are met early, however far the walk gets. */
function shuffle(walk: readonly Fault[], seed: number): Fault[] {
  const random = createSeededRandom(seed);
  return walk
    .map((fault) => ({ fault, place: random.unit() }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ fault }) => fault);
}
