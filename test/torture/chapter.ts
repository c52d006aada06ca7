import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { MethodInput } from '../../contract/station-api.ts';
import { startErp, type ErpProcess } from '../../scripts/demo/erp-process.ts';
import { readGoods, type Good } from '../../scripts/demo/goods.ts';
import { createSeededRandom, type SeededRandom } from '../../scripts/demo/seeded-random.ts';
import { compareWithErp, drain } from './check-erp.ts';
import { createFileCheck } from './check-file.ts';
import { createJournal } from './journal.ts';
import { BACKUP_POINTS, FIRST_START_POINTS, LOADING_POINTS, WORKING_POINTS, type KillPoint } from './kill-points.ts';
import { createOffice, type Office } from './office.ts';
import { createShopWork } from './shop-work.ts';
import { torture, type KillPlan, type TorturedStation } from './tortured-station.ts';

/** What came of some kills. */
export type ChapterResult = {
  kills: number;
  readonly atPoints: Record<string, number>;
  sales: number;
  /** Kills after which a command had no answer. */
  unacknowledged: number;
  readonly findings: string[];
};

/** A small catalogue loads in a moment; what is proven does not depend on its size. */
const PRODUCTS = 40;
/** Everything from the first row on, this often. */
const FULL_LOOK_EVERY = 25;
const LOADING_KILLS = 4;
const ENROL_TIMEOUT_MS = 60_000;
/** A person enrols once, and the machine may be busy with something else. */
const ENROL_CALL_TIMEOUT_MS = 5_000;
/** Short, so that a call that never gets its answer does not take the rest of a life. */
const CALL_TIMEOUT_MS = 400;
export type ChapterOptions = {
  readonly seed: number;
  readonly kills: number;
  readonly stations: number;
  readonly folder: string;
  readonly preload: string;
  readonly plant: string | null;
  readonly tell: (line: string) => void;
};

/** Some stations at one ERP from their first start to their closed drawers, killed all the way. */
export async function runChapter(options: ChapterOptions): Promise<ChapterResult> {
  const { seed, stations, folder } = options;
  const random = createSeededRandom(seed);
  const result: ChapterResult = { kills: 0, atPoints: {}, sales: 0, unacknowledged: 0, findings: [] };
  mkdirSync(folder, { recursive: true });
  const erp = await startErp({ folder, products: PRODUCTS, seed });
  try {
    const goods = await readGoods(erp.url, random.fork('goods'));
    const office = createOffice(erp, goods, random.fork('office'), seed);
    const tills = await Promise.all(
      Array.from({ length: stations }, (_, index) =>
        openTill(options, { erp, office, goods }, random.fork(`till ${index}`), index + 1, result),
      ),
    );
    // A person enrols once, when the server is there; from then on nothing can be trusted.
    await Promise.all(tills.map((till) => till.enrol()));
    await office.begin();
    options.tell(`seed ${seed}: ${stations} tills open`);
    const ends = await Promise.allSettled(tills.map((till) => till.work()));
    for (const end of ends) if (end.status === 'rejected') result.findings.push(describe(end.reason));
    options.tell(`seed ${seed}: ${result.kills} kills`);
    // No fault from here on: what is queued has to arrive by itself.
    await office.calm();
    const closings = await Promise.allSettled(tills.map((till) => till.close()));
    for (const end of closings) if (end.status === 'rejected') result.findings.push(describe(end.reason));
    await Promise.all(tills.map((till) => till.end()));
  } finally {
    await erp.end();
  }
  return result;
}

async function openTill(
  { kills, stations, folder, preload, plant, tell }: ChapterOptions,
  { erp, office, goods }: { readonly erp: ErpProcess; readonly office: Office; readonly goods: readonly Good[] },
  random: SeededRandom,
  stationNumber: number,
  result: ChapterResult,
): Promise<{
  enrol: () => Promise<void>;
  work: () => Promise<void>;
  close: () => Promise<void>;
  end: () => Promise<void>;
}> {
  const code = `E0${stationNumber}`;
  const home = join(folder, code);
  mkdirSync(home, { recursive: true });
  const journal = createJournal(join(home, 'journal.jsonl'));
  const check = createFileCheck(join(home, 'station', 'station.db'), code, journal);
  const goal = Math.ceil(kills / stations);
  const count = { killed: 0 };
  let stage: 'first start' | 'loading' | 'work' = 'first start';
  // What found something is looked at as it is.
  const isKilling = (): boolean => count.killed < goal && result.findings.length === 0;
  const planning = random.fork('kills');
  const note = (findings: readonly string[]): void => {
    for (const finding of findings) tell(`! after kill ${count.killed} of ${code}: ${finding}`);
    result.findings.push(...findings);
  };

  const station = await torture({
    preload,
    folder: home,
    plant,
    journal,
    random: random.fork('station'),
    nextPlan: () => {
      if (!isKilling()) return null;
      if (stage === 'first start') return planAt(planning, FIRST_START_POINTS);
      // After a few kills the catalogue has to come to its end.
      if (stage === 'loading')
        return count.killed > LOADING_KILLS ? { at: 'work', share: 8 } : planAt(planning, LOADING_POINTS);
      const place = planning.unit();
      if (place < 0.12) return { at: 'start', share: planning.unit() };
      if (place < 0.5) return { at: 'work', share: planning.unit() };
      return planAt(planning, place < 0.54 ? BACKUP_POINTS : WORKING_POINTS);
    },
    callTimeoutMs: () => (stage === 'work' ? CALL_TIMEOUT_MS : ENROL_CALL_TIMEOUT_MS),
    onKill: (point, isInDoubt) => {
      count.killed += 1;
      result.kills += 1;
      if (isInDoubt) result.unacknowledged += 1;
      const name = point ?? 'random';
      result.atPoints[name] = (result.atPoints[name] ?? 0) + 1;
      if (stage === 'first start') stage = 'loading';
    },
    onRestart: () => {
      note(check.look(count.killed % FULL_LOOK_EVERY === 0 ? 'all' : 'new'));
    },
  });
  const shop = createShopWork({
    station,
    journal,
    random: random.fork('shop'),
    goods,
    stationNumber,
    isSimple: plant !== null,
  });

  return {
    enrol: async () => {
      const user = `e0${stationNumber}`;
      await enrol(station, { server: erp.url, user, password: `demo-${user}`, stationCode: code });
    },
    work: async () => {
      // A PIN takes its time, and on a busy machine longer than most lives last: nobody would ever be signed in.
      await shop.open();
      stage = 'work';
      while (isKilling()) await shop.doSomething();
      await shop.finish();
    },
    close: async () => {
      await station.calm();
      note(await shop.close());
      note(await drain(station));
      note(check.look('all'));
      note(await office.comparePrices(code, check));
      note(await compareWithErp(erp, code, journal));
      result.sales += journal.sales.size;
    },
    end: () => station.end(),
  };
}

/** Whatever kills it on the way: the station is bound once, and its catalogue comes whole. */
async function enrol(station: TorturedStation, input: MethodInput<'setup.enrol'>): Promise<void> {
  const until = performance.now() + ENROL_TIMEOUT_MS;
  for (;;) {
    const reply = await station.tryCall('setup.enrol', input);
    if (reply.ok || reply.error.code === 'already_enrolled') break;
    // On a busy machine the server is too slow for these cores: a person presses again.
    if (performance.now() > until) throw new Error(JSON.stringify(reply.error));
  }
  for (;;) {
    const { load } = await station.call('station.view', {});
    if (load.state === 'done') return;
    if (load.state === 'failed') await station.call('setup.load', {});
    await sleep(20);
  }
}

function planAt(random: SeededRandom, points: readonly KillPoint[]): KillPlan {
  const point = random.pick(points);
  return { at: 'point', point, hit: random.int(1, point.mostHits) };
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
