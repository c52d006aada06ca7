import fc from 'fast-check';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { writeKeptTally } from '../support/kept-tally.ts';
import type { FuzzOptions } from './options.ts';
import { makeShop } from './make-shop.ts';
import { readFuzzTally, type FuzzTally } from './tally.ts';
import { Finding, type Target } from './target.ts';
import { createTargets } from './targets.ts';
import { startWatchdog } from './watchdog.ts';

/** Memory where there is such a folder: the disk's own faults are another machine's affair. */
const MEMORY_FOLDER = '/dev/shm';
/** Cases of one seed: a failure is repeated with so few. */
export const BATCH = 100;
const CHECK_EVERY = 1_000;
const SAVE_EVERY = 50;
/** A store that grew for so many cases gives its place to a fresh one: whole files are checked again and again. */
const RENEW_EVERY = 20_000;
const MAX_SHOWN = 4_000;

/** Runs batches of cases, each of one target and one seed, and tells the smallest input of each that fails. */
export async function fuzz(options: FuzzOptions, write: (line: string) => void): Promise<FuzzTally> {
  const startedAt = performance.now();
  const folder = mkdtempSync(join(existsSync(MEMORY_FOLDER) ? MEMORY_FOLDER : tmpdir(), 'station-fuzz-'));
  const tally = readFuzzTally(options.resume, options.seed);
  const before = tally.seconds;
  const watchdog = startWatchdog();
  const onStray = (error: unknown): void => {
    tally.unhandled += 1;
    tally.failures += 1;
    write(`unhandled rejection: ${inspect(error)}`);
  };
  process.on('unhandledRejection', onStray);
  let targets: readonly Target[] = [];
  try {
    const shop = await makeShop(folder);
    let place = 0;
    const open = async (): Promise<readonly Target[]> => {
      for (const target of targets) await target.close?.();
      if (place > 0) rmSync(join(folder, `run-${place}`), { recursive: true, force: true });
      place += 1;
      return createTargets(shop, join(folder, `run-${place}`), options.target);
    };
    targets = await open();
    let [sinceCheck, sinceOpen, done] = [0, 0, 0];
    const left = (): number => options.cases - done;
    while (left() > 0) {
      const seed = tally.next;
      const target = targetOf(seed, targets);
      const size = Math.min(BATCH, left());
      watchdog.note(seed, targets.indexOf(target));
      const failure = await runBatch(target, seed, size, tally);
      if (failure !== null) tell(failure, target, seed, tally, write);
      done += size;
      sinceCheck += size;
      sinceOpen += size;
      tally.next = seed + 1;
      tally.seconds = Math.round(before * 1000 + performance.now() - startedAt) / 1000;
      if (sinceCheck >= CHECK_EVERY || left() <= 0) {
        sinceCheck = 0;
        checkAll(targets, seed, tally, write);
      }
      if (options.resume !== null && (seed % SAVE_EVERY === 0 || left() <= 0)) writeKeptTally(options.resume, tally);
      if (sinceOpen >= RENEW_EVERY && left() > 0) {
        sinceOpen = 0;
        targets = await open();
      }
    }
    return tally;
  } finally {
    for (const target of targets) await target.close?.();
    watchdog.stop();
    process.off('unhandledRejection', onStray);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

/** By its seed alone, so that the seed finds the target again. */
function targetOf(seed: number, targets: readonly Target[]): Target {
  const wheel = targets.flatMap((target) => Array.from({ length: target.share }, () => target));
  const target = wheel[seed % wheel.length];
  if (target === undefined) throw new Error('no target of that name');
  return target;
}

type Failure = { readonly smallest: unknown; readonly error: unknown; readonly path: string };

async function runBatch(target: Target, seed: number, size: number, tally: FuzzTally): Promise<Failure | null> {
  await target.prepare?.();
  let isShrinking = false;
  const counted = { cases: 0, ok: 0, refused: 0 };
  const property = fc.asyncProperty(target.values, async (value) => {
    if (!isShrinking) counted.cases += 1;
    try {
      const outcome = await target.run(value);
      if (!isShrinking) counted[outcome] += 1;
    } catch (error) {
      isShrinking = true;
      throw error;
    }
  });
  const details = await fc.check(property, { seed, numRuns: size });
  tally.cases += counted.cases;
  tally.ok += counted.ok;
  tally.refused += counted.refused;
  tally.targets[target.name] = (tally.targets[target.name] ?? 0) + counted.cases;
  if (!details.failed) return null;
  return {
    smallest: details.counterexample?.[0],
    error: details.errorInstance,
    path: details.counterexamplePath ?? '',
  };
}

function tell(
  { smallest, error, path }: Failure,
  target: Target,
  seed: number,
  tally: FuzzTally,
  write: (line: string) => void,
): void {
  const kind = error instanceof Finding ? error.kind : 'crash';
  if (kind === 'internal') tally.internal += 1;
  else if (kind === 'hang') tally.hangs += 1;
  else if (kind === 'crash') tally.crashes += 1;
  tally.failures += 1;
  tally.failed.push(seed);
  write(
    `${target.name}, seed ${seed} (${path}): ${kind}; again with: npm run fuzz -- --seed ${seed} --target ${target.name} --cases ${BATCH}`,
  );
  write(`  ${error instanceof Finding ? error.message : inspect(error)}`);
  write(`  smallest: ${JSON.stringify(smallest)?.slice(0, MAX_SHOWN)}`);
}

function checkAll(targets: readonly Target[], seed: number, tally: FuzzTally, write: (line: string) => void): void {
  for (const target of targets) {
    const found = target.check?.() ?? [];
    if (found.length === 0) continue;
    tally.failures += 1;
    tally.failed.push(seed);
    write(`${target.name}: the store is not whole after seed ${seed}: ${found.join('; ')}`);
  }
}
