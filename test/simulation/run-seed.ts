import { createSeededRandom } from '../../scripts/demo/seeded-random.ts';
import { createErpState, STATIONS, type ErpState, type StationCode } from './erp-state.ts';
import { judgeAlways } from './judge-always.ts';
import { countWaiting, findElsewhere, judge } from './judge.ts';
import { isKnownLimit } from './known-limits.ts';
import { countDocuments } from './ledger.ts';
import { createModelErp } from './model-erp.ts';
import { createNetwork } from './network.ts';
import { createOffice } from './office.ts';
import { createSimulatedStation } from './simulated-station.ts';
import type { StationDisk } from './station-disk.ts';
import { createTillDay, type TillDay } from './till-day.ts';
import { createWeather } from './weather.ts';
import { createWorld } from './world.ts';

export type SeedResult = {
  readonly seed: number;
  readonly findings: readonly string[];
  /** Found, and known: no failure. */
  readonly limits: readonly string[];
  readonly documents: number;
  readonly faults: number;
  readonly crashes: number;
  readonly mix: string;
};

/** A day that did not come to its end. */
export function brokenResult(seed: number, finding: string): SeedResult {
  return { seed, findings: [finding], limits: [], documents: 0, faults: 0, crashes: 0, mix: '' };
}

/** What a seed has at least; the day goes on until it has. */
export const LEAST = { documents: 40, faults: 20, crashes: 3 } as const;
const LEAST_BURSTS = 3;
const MOST_BURSTS = 30;
/** From the first hour to the evening. */
const DAY_MS = 11 * 3_600_000;
/** The longest that the queue may take to drain once nothing goes wrong any more, and all else (a register's breaker). */
const QUEUE_BOUND_MS = 180_000;
const ALL_BOUND_MS = 1_500_000;
const NIGHT_MS = 11 * 3_600_000;
/** Longer than the rows of the audit chain wait for their turn. */
const MORNING_MS = 150_000;
/** The copy of a disk waits until nobody waits for an answer. */
const COPY_AGAIN_MS = 100;
const LOOK_EVERY_MS = [45_000, 30_000, 45_000, 60_000, 120_000, 300_000, 300_000, 600_000] as const;

/** One simulated day of a shop. The same seed is the same day, step by step. */
export async function runSeed(
  seed: number,
  disks: ReadonlyMap<StationCode, StationDisk>,
  tell: ((line: string) => void) | null,
): Promise<SeedResult> {
  const random = createSeededRandom(seed);
  const world = createWorld(random.fork('world'), tell);
  const weather = createWeather(random.fork('weather'));
  const habit = random.fork('habits');
  const erp = createModelErp(createErpState(), {
    isCursorInclusive: habit.chance(0.5),
    // What a slow network delivers late would revive an order behind the station's back.
    revives: habit.chance(0.5) && !weather.mix.includes('slow request'),
    // A text that says nothing, and a record that is gone when it is looked for, are rightly told to a person.
    isPlainSpoken: habit.chance(0.5) || weather.has('erp restored') || weather.mix.includes('late commit'),
    isOdd: habit.chance(0.3),
    tellsPast: habit.chance(0.25),
    lacks: new Set(habit.chance(0.15) ? ['promocoes/lista'] : []),
    poisonAt: weather.has('poison record') ? habit.int(1, 25) : 0,
  });
  const pageSize = habit.pick([500, 500, 40, 15]);
  const firstId = erp.state().transId;
  const network = createNetwork(world, erp, weather);
  const office = createOffice(world, erp, random.fork('office'), weather.has('late rows'));
  const codes = STATIONS.slice(0, random.chance(0.3) ? 3 : 2);
  world.trace(`seed ${seed}: ${codes.join(' ')}; ${weather.mix}`);
  const barcodes = erp
    .state()
    .products.flatMap((product) => (product['sku'] as { barra: string }[]).map(({ barra }) => barra));
  const tills = codes.map((code) => {
    const disk = disks.get(code);
    if (disk === undefined) throw new Error(`no disk of ${code}`);
    const station = createSimulatedStation(world, network, {
      code,
      disk,
      pageSize,
      onKilled: () => lookAlways(code, disk),
    });
    station.start();
    return {
      code,
      station,
      day: createTillDay(world, station, barcodes, office.wasPrice),
    };
  });
  const fate = random.fork('fate');
  let crashes = 0;
  let isRestored = false;
  /** One in a day: its copy is one file. */
  let isDiskPlanned = false;
  let isDiskRestored = false;
  const documents = (): number => tills.reduce((total, { day }) => total + countDocuments(day.ledger()), 0);

  function crash({ station }: (typeof tills)[number], restore: (() => void) | null): void {
    if (station.isAlive()) crashes += 1;
    station.kill();
    restore?.();
    world.at(fate.pick([200, 2_000, 15_000, 60_000]), station.start);
  }

  function plan(lengthMs: number): void {
    for (const till of tills) {
      if (!fate.chance(0.55)) continue;
      const inMs = fate.int(0, lengthMs);
      if (fate.chance(0.6)) {
        world.at(inMs, () => till.station.killInWrite(fate.int(1, 25)));
      } else world.at(inMs, () => crash(till, null));
    }
    if (weather.has('clock jump') && fate.chance(0.5)) {
      const jump = fate.pick([-7_200_000, -60_000, 90_000, 5_400_000, 93_600_000, -93_600_000]);
      world.at(fate.int(0, lengthMs), () => note('clock jump', () => fate.pick(tills).station.jumpClock(jump)));
    }
    if (weather.has('server down') && fate.chance(0.5)) {
      const from = fate.int(0, lengthMs);
      world.at(from, () => note('server down', () => network.setDown(true)));
      world.at(from + fate.int(5_000, lengthMs), () => network.setDown(false));
    }
    if (weather.has('erp restored') && !isRestored && fate.chance(0.3)) planRestoration(lengthMs);
    if (weather.has('disk restored') && !isDiskPlanned && fate.chance(0.3)) planDisk(lengthMs);
  }

  function note(name: string, work: () => void): void {
    weather.note(name);
    world.trace(name);
    work();
  }

  function planRestoration(lengthMs: number): void {
    const at = fate.int(0, lengthMs / 2);
    let backup: ErpState | null = null;
    world.at(at, () => {
      backup = structuredClone(erp.state());
    });
    world.at(at + fate.int(1_000, lengthMs), () => {
      const kept = backup;
      if (kept === null || isCalm) return;
      isRestored = true;
      // Nobody puts a backup back under a server that runs.
      network.setDown(true);
      note('erp restored', () => erp.restore(kept));
      world.at(fate.int(10_000, 60_000), () => network.setDown(false));
    });
  }

  function planDisk(lengthMs: number): void {
    const till = fate.pick(tills);
    const at = fate.int(0, lengthMs / 2);
    let restore: (() => void) | null = null;
    let isOver = false;
    isDiskPlanned = true;
    const copy = (): void => {
      restore = till.day.image();
      if (restore === null && !isOver) world.at(COPY_AGAIN_MS, copy);
    };
    world.at(at, copy);
    world.at(at + fate.int(1_000, lengthMs), () => {
      const kept = restore;
      isOver = true;
      if (kept === null || isCalm) return;
      isDiskRestored = true;
      note('disk restored', () => crash(till, kept));
    });
  }

  /** Once: what is wrong now is likely still wrong at the next look. */
  const always: string[] = [];
  function lookAlways(code: StationCode, disk: StationDisk): void {
    if (isRestored || always.length > 0) return;
    for (const line of judgeAlways({ code, all: disk.all, erp: erp.state(), firstId })) {
      world.trace(`FOUND ${line}`);
      always.push(line);
    }
  }

  let isCalm = false;
  /** A core that died in a write is started again by whoever stands before it. */
  function revive(): void {
    for (const { station } of tills) {
      if (station.isAlive()) continue;
      station.start();
    }
  }

  const started = world.trueMs();
  for (let burst = 0; burst < MOST_BURSTS; burst += 1) {
    const isEnough = documents() >= LEAST.documents && weather.faults() >= LEAST.faults && crashes >= LEAST.crashes;
    if (burst >= LEAST_BURSTS && isEnough) break;
    const lengthMs = fate.int(8_000, 30_000);
    plan(lengthMs);
    for (const { day } of tills) day.serve();
    office.open(lengthMs);
    const deathsBefore = tills.map(({ station }) => station.deathsInWrite());
    for (let slice = 0; slice < 4; slice += 1) {
      await world.advance(lengthMs / 4);
      revive();
    }
    crashes += tills.reduce(
      (total, { station }, index) => total + station.deathsInWrite() - (deathsBefore[index] ?? 0),
      0,
    );
    for (const { day } of tills) day.stop();
    await settleTills(30_000);
    for (const { code, station } of tills) lookAlways(code, station.disk);
    world.sleep(fate.int(DAY_MS / 24, DAY_MS / 8));
  }
  if (weather.has('long outage')) {
    // Longer than any wait of the stations may be.
    note('long outage', () => network.setDown(true));
    const lengthMs = fate.int(400_000, 900_000);
    // Waits count on a clock that nobody sets.
    const jumped = fate.pick(tills).station;
    if (fate.chance(0.5)) world.at(lengthMs / 2, () => note('clock jump', () => jumped.jumpClock(-93_600_000)));
    await world.advance(lengthMs);
    revive();
  }
  // The evening: nothing goes wrong any more, and everything must come to its end.
  isCalm = true;
  weather.clear();
  network.setDown(false);
  for (const { station } of tills) station.killInWrite(Number.MAX_SAFE_INTEGER);
  revive();
  world.sleep(Math.max(0, started + DAY_MS - world.trueMs()));
  await settleTills(120_000);
  for (const { day } of tills) day.close();
  await settleTills(120_000);
  world.trace('evening');
  const found = await heal();
  const limits = found.filter((line) => isLimit(line, found));
  const findings = [
    ...always,
    ...found.filter((line) => !isLimit(line, found)),
    ...tills.flatMap(({ day }) => day.findings),
  ];
  return {
    seed,
    findings,
    limits,
    documents: documents(),
    faults: weather.faults(),
    crashes,
    mix: weather.mix,
  };

  function isLimit(line: string, found: readonly string[]): boolean {
    return isKnownLimit(line, found, { isRestored, mix: weather.mix });
  }

  async function settleTills(ms: number): Promise<void> {
    for (let waited = 0; waited < ms && tills.some(({ day }) => !day.isIdle()); waited += 5_000) {
      revive();
      await world.advance(5_000);
    }
  }

  async function heal(): Promise<string[]> {
    let waitedMs = 0;
    let queueMs = 0;
    let found: string[] = [];
    for (const lookMs of LOOK_EVERY_MS) {
      await world.advance(lookMs);
      waitedMs += lookMs;
      if (isDiskRestored) await resumeStopped();
      found = look(false);
      const isWaiting = tills.some(({ station, day }) => countWaiting(station.disk.all, told(day)) > 0);
      if (isWaiting) queueMs = waitedMs;
      if (found.length === 0) break;
      if (waitedMs >= ALL_BOUND_MS) break;
    }
    if (queueMs > QUEUE_BOUND_MS && !isRestored && !isDiskRestored) {
      found.push(`the queue still waits ${queueMs / 1000} s after the last fault`);
    }
    if (found.every((line) => isLimit(line, found))) {
      // Switched off for the night; in the morning the day before is compared with the ERP.
      for (const { station } of tills) await station.stop();
      world.sleep(NIGHT_MS);
      revive();
      await world.advance(MORNING_MS);
      if (isDiskRestored) await resumeStopped();
      found = look(true);
    }
    if (found.length > 0) for (const line of found) world.trace(`FOUND ${line}`);
    return found;
  }

  /** Numbers that wait for a person. */
  function told(day: TillDay): ReadonlySet<string> {
    return new Set([...erp.poisoned, ...findElsewhere(day.ledger(), day.lost, erp.state())]);
  }

  function look(isMorning: boolean): string[] {
    return tills.flatMap(({ code, station, day }) =>
      judge({
        code,
        all: station.disk.all,
        ledger: day.ledger(),
        lost: day.lost,
        erp: erp.state(),
        isMorning,
        isNightOver: isMorning && !station.wasSetBack(),
        poisoned: erp.poisoned,
      }),
    );
  }

  /** A person looked at what stopped the sending (docs/replication.md). */
  async function resumeStopped(): Promise<void> {
    for (const { station } of tills) {
      let isDone = false;
      const resume = async (): Promise<void> => {
        const view = await station.call('sync.view', {});
        if (view?.ok === true && view.output.stoppedReason !== null) await station.call('sync.resume', {});
        isDone = true;
      };
      void resume();
      await world.advance(60_000, () => isDone);
    }
  }
}
