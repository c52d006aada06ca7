import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { compare, type Comparison } from '../../scripts/demo/compare.ts';
import { startErp, type ErpProcess } from '../../scripts/demo/erp-process.ts';
import { createSeededRandom, type SeededRandom } from '../../scripts/demo/seeded-random.ts';
import { faultNames } from './fault-names.ts';
import { hostileStrikes } from './faults.ts';
import type { HostileOptions } from './options.ts';
import { openShop, PASSWORD, type HostileShop } from './shop.ts';
import { startWire, type Wire } from './wire.ts';

export type HostileTally = {
  rounds: number;
  faults: number;
  documents: number;
  lost: number;
  doubled: number;
  unequal: number;
  stalls: number;
  crashes: number;
  failures: number;
  seconds: number;
  /** Most memory the core took above what it had when it opened, and the slowest answer of the till. */
  mostMib: number;
  slowestMs: number;
};

const PRODUCTS = 60;
/**
 * Longer is a hang: nothing at the till waits for the ERP. How long an answer really takes depends on the machine, and is told
 * in the last line but one.
 */
const ANSWER_MS = 10_000;
/**
 * A core that has worked for a while has 170 MiB more than one that has just opened. On top of it an answer of 64 MiB is
 * there as pieces, as a whole and as text, and the machine's allocator gives little of it back.
 */
const MEMORY_BYTES = 768 * 1024 * 1024;
/** The replicator waits at most 30 s by itself; after a fault that struck three times it waits less. */
const PROGRESS_MS = 45_000;
/** The limit of the product, and what stands in buffers on the way. */
const MOST_TAKEN_MIB = 96;
/** What waits for a person for so long will not end by itself. */
const PATIENCE_MS = 8_000;
const MOST_TOLD = 8;
const STRIKES = 3;
/** A heartbeat a minute, and the documents to look up after it. */
const NOTICE_MS = 75_000;
const STRIKE_MS = 12_000;
const LOOK_MS = 25;
const MEMORY_FOLDER = '/dev/shm';
/** Calls that each fault alone strikes: a sale that is being taken, told to be paid, and whatever comes next. */
const FIRST_AT: readonly RegExp[] = [/inclui$/, /processastatus$/, /./];

/** Rounds on one store: each fault alone, then mixtures; after each the line is well again and everything must be. */
export async function runHostile(options: HostileOptions, write: (line: string) => void): Promise<HostileTally> {
  const startedAt = performance.now();
  const folder = mkdtempSync(join(existsSync(MEMORY_FOLDER) ? MEMORY_FOLDER : tmpdir(), 'station-hostile-'));
  const random = createSeededRandom(options.seed);
  const tally: HostileTally = {
    rounds: 0,
    faults: 0,
    documents: 0,
    lost: 0,
    doubled: 0,
    unequal: 0,
    stalls: 0,
    crashes: 0,
    failures: 0,
    seconds: 0,
    mostMib: 0,
    slowestMs: 0,
  };
  const erp = await startErp({ folder, products: PRODUCTS, seed: 1 });
  const wire = await startWire(erp.url);
  let shop: HostileShop | null = null;
  try {
    shop = await openShop({
      folder,
      port: wire.port,
      erpUrl: erp.url,
      plant: options.plant,
      random: random.fork('shop'),
    });
    await settled(shop);
    const base = shop.memory();
    for (let round = 0; round < options.rounds; round += 1) {
      const alone = options.fault ?? faultNames[round] ?? null;
      const names = alone === null ? mixture(random) : [alone];
      const found = await runRound({ shop, wire, erp, random, names, base, folder, tally });
      tally.rounds += 1;
      tally.failures += found.length;
      for (const line of found) write(`round ${round + 1} (${names.join(' + ')}): ${line}`);
      if (found.length === 0) write(`round ${round + 1}: ${names.join(' + ')}`);
      // What is broken now would be told again in each round that follows.
      if (found.length > 0) break;
    }
    tally.documents = shop.journal().length;
    return tally;
  } finally {
    tally.seconds = Math.round(performance.now() - startedAt) / 1000;
    if (shop !== null && !shop.hasEnded()) await shop.station.stop();
    await wire.close();
    await erp.end();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

type Round = {
  readonly shop: HostileShop;
  readonly wire: Wire;
  readonly erp: ErpProcess;
  readonly random: SeededRandom;
  readonly names: readonly string[];
  /** Memory of the core before the first fault. */
  readonly base: number;
  readonly folder: string;
  readonly tally: HostileTally;
};

/** Sells while the faults strike, makes the line well, waits for progress, and compares. Answers what is not as it should be. */
async function runRound(round: Round): Promise<string[]> {
  const { shop, wire, tally, base } = round;
  const found: string[] = [];
  let most = 0;
  const watch = setInterval(() => (most = Math.max(most, shop.memory())), LOOK_MS);
  try {
    await strikeAll(round);
    await shop.sell();
    found.push(...(await findProgress(shop, tally)));
  } catch (error) {
    found.push(`the till: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    clearInterval(watch);
  }
  if (shop.hasEnded()) {
    tally.crashes += 1;
    return [...found, 'the core is gone'];
  }
  const grown = most - base;
  tally.mostMib = Math.max(tally.mostMib, Math.round(grown / 1024 / 1024));
  if (grown > MEMORY_BYTES) found.push(`the core grew by ${Math.round(grown / 1024 / 1024)} MiB`);
  const { method, ms } = shop.takeSlowest();
  tally.slowestMs = Math.max(tally.slowestMs, Math.round(ms));
  if (ms > ANSWER_MS) found.push(`${method} took ${Math.round(ms)} ms`);
  const poured = Math.round(wire.mostPoured() / 1024 / 1024);
  if (poured > MOST_TAKEN_MIB) found.push(`the core took ${poured} MiB of one answer`);
  if (wire.trapped.length > 0) found.push(`somebody else was called: ${wire.trapped[0]}`);
  const words = shop.words();
  const basic = Buffer.from(`e01:${PASSWORD}`).toString('base64');
  for (const secret of [PASSWORD, basic]) if (words.includes(secret)) found.push('a password is in the log');
  if (words.includes('"event":"crash"')) found.push('the log tells of a crash');
  const { lost, doubled, unequal, strangers, gaps } = await compareWith(round);
  tally.lost += lost.length;
  tally.doubled += doubled.length;
  tally.unequal += unequal.length + strangers.length;
  return [...found, ...doubled, ...lost, ...unequal, ...strangers, ...gaps].slice(0, MOST_TOLD);
}

/** What the ERP holds against what was told at the till; an ERP that was put back is noticed by the next heartbeat. */
async function compareWith({ shop, erp, names }: Round): Promise<Comparison> {
  const end = performance.now() + NOTICE_MS;
  for (;;) {
    const comparison = compare(shop.journal(), (await erp.received()).orders);
    const isWhole = comparison.lost.length === 0 && comparison.unequal.length === 0;
    if (isWhole || !names.includes('restoredBackup') || performance.now() > end) return comparison;
    await sleep(200);
    await settled(shop);
  }
}

/** Everything was sent and nobody is asked to look at anything. */
async function findProgress(shop: HostileShop, tally: HostileTally): Promise<string[]> {
  const view = await settled(shop);
  if (view === null) return [];
  tally.stalls += 1;
  const errors = await shop.station.must('sync.errors', {});
  return [`no progress: ${JSON.stringify(view)} ${JSON.stringify(errors.slice(0, 2))}`.slice(0, 1_500)];
}

/** Waits until nothing waits and the server answers; what it looks like where that does not come. */
async function settled({ station }: HostileShop): Promise<unknown> {
  const end = performance.now() + PROGRESS_MS;
  let wellAt = performance.now();
  for (;;) {
    // Somebody presses it now and then: the pauses of the replicator have tests of their own.
    await station.must('sync.sendNow', {});
    const view = await station.must('sync.view', {});
    if (view.waiting === 0 && view.errors === 0 && view.reachability === 'online') return null;
    if (view.errors === 0 && view.stoppedReason === null) wellAt = performance.now();
    if (performance.now() > end || performance.now() > wellAt + PATIENCE_MS) return view;
    await sleep(100);
  }
}

async function beat({ station }: HostileShop, erp: ErpProcess): Promise<void> {
  const beats = async (): Promise<number> =>
    Object.entries((await erp.received()).calls).reduce(
      (sum, [name, n]) => sum + (/monitoramento/.test(name) ? n : 0),
      0,
    );
  const before = await beats();
  await station.must('sync.resume', {});
  for (let tries = 0; tries < 100 && (await beats()) === before; tries += 1) await sleep(100);
}

function mixture(random: SeededRandom): readonly string[] {
  const count = random.int(2, 6);
  return [...new Set(Array.from({ length: count }, () => random.pick(hostileStrikes).name))];
}

async function strikeAll({ shop, wire, erp, random, names, folder, tally }: Round): Promise<void> {
  const [name = ''] = names;
  if (names.length === 1 && name === 'refused') {
    await wire.setListening(false);
    for (let sale = 0; sale < STRIKES; sale += 1) await shop.sell();
    tally.faults += 1;
    await sleep(500);
    return wire.setListening(true);
  }
  if (names.length === 1 && name === 'nameNotFound') {
    const file = join(folder, 'name-is-gone');
    writeFileSync(file, '');
    wire.hangUp();
    for (let sale = 0; sale < STRIKES; sale += 1) await shop.sell();
    tally.faults += 1;
    await sleep(500);
    return rmSync(file);
  }
  if (names.length === 1 && name === 'restoredBackup') {
    await erp.backup('yesterday');
    for (let sale = 0; sale < STRIKES; sale += 1) await shop.sell();
    await settled(shop);
    // A heartbeat, as one comes each minute: the ERP has told that it knows these sales.
    await beat(shop, erp);
    tally.faults += 1;
    await erp.restore('yesterday');
    // The next heartbeat would notice it, at the latest in a minute; a person who resumes asks for it at once.
    await shop.station.must('sync.resume', {});
    return;
  }
  const strikes = hostileStrikes.filter((strike) => names.includes(strike.name));
  const isAlone = strikes.length === 1;
  const wanted = isAlone ? STRIKES : STRIKES * strikes.length;
  let struck = 0;
  wire.choose = (method, stage) => {
    if (struck >= wanted) return null;
    const strike = isAlone ? strikes[0] : random.pick(strikes);
    if (strike === undefined || (strike.when === 'head') !== (stage === 'head')) return null;
    if (isAlone ? FIRST_AT[struck]?.test(method) !== true : random.chance(0.5)) return null;
    struck += 1;
    tally.faults += 1;
    return strike;
  };
  const end = performance.now() + STRIKE_MS * strikes.length;
  const isOver = (): boolean => struck >= wanted || performance.now() > end;
  while (!isOver()) {
    await shop.sell();
    await shop.station.must('sync.sendNow', {});
  }
  wire.choose = () => null;
  if (struck === 0) throw new Error('the fault never struck');
}
