import type { MethodInput, MethodName, Reply } from '../../contract/station-api.ts';
import type { Clock } from '../../core/clock.ts';
import type { Random } from '../../core/random.ts';
import type { Database } from '../../db/database-types.ts';
import type { SeededRandom } from '../../scripts/demo/seeded-random.ts';
import type { StationCode } from './erp-state.ts';
import type { Network } from './network.ts';
import { startSimulatedCore, type SimulatedCore } from './simulated-core.ts';
import type { StationDisk } from './station-disk.ts';
import type { World } from './world.ts';

/** Where in a write transaction the power goes. */
const KILL_POINTS = ['before', 'inside', 'after'] as const;

/** What code of a killed core meets when it goes on all the same. */
export class Killed extends Error {
  constructor() {
    super('killed');
  }
}

/** One station over the whole day: the same disk, many cores one after the other. */
export type SimulatedStation = {
  readonly code: StationCode;
  /** Null: the core was killed before it answered, and what it decided is unknown. */
  readonly call: <M extends MethodName>(method: M, input: MethodInput<M>) => Promise<Reply<M> | null>;
  readonly isAlive: () => boolean;
  /** Ends the process at once, with what is committed and nothing else. */
  readonly kill: () => void;
  /** The same in the middle of one of the next writes. */
  readonly killInWrite: (writes: number) => void;
  readonly start: () => void;
  readonly jumpClock: (ms: number) => void;
  /** Its clock went back, so that a night may not have begun yet, or have been before. */
  readonly wasSetBack: () => boolean;
  /** An orderly end. */
  readonly stop: () => Promise<void>;
  readonly disk: StationDisk;
  /** How often a write was its core's last. */
  readonly deathsInWrite: () => number;
  readonly random: SeededRandom;
  readonly newId: () => string;
};

export function createSimulatedStation(
  world: World,
  network: Network,
  {
    code,
    disk,
    pageSize,
    onKilled,
  }: {
    readonly code: StationCode;
    readonly disk: StationDisk;
    readonly pageSize: number;
    /** What is on the disk now is all there is. */
    readonly onKilled: () => void;
  },
): SimulatedStation {
  const random = world.random.fork(code);
  const ids = createIds(random.fork('ids'));
  const chance = random.fork('core');
  let deathsInWrite = 0;
  let wallMs = 0;
  let wasSetBack = false;
  let current: { core: SimulatedCore; life: { isAlive: boolean } } | null = null;
  let killIn: { writes: number; readonly point: (typeof KILL_POINTS)[number] } | null = null;
  /** Told to whoever waits for an answer. */
  let deaths: (() => void)[] = [];

  function start(): void {
    if (current !== null) return;
    const life = { isAlive: true };
    const { newId } = ids;
    const clock = clockOf(life);
    const port: Random = {
      newId,
      bytes: (count) => Uint8Array.from({ length: count }, () => chance.int(0, 255)),
      unit: chance.unit,
    };
    const db = mortal(disk.open(), life);
    const log = {
      info: (event: string, facts: object = {}) => tell(life, event, facts),
      warn: (event: string, facts: object = {}) => tell(life, event, facts),
      error: (event: string, facts: object = {}) => tell(life, event, facts),
      close: () => undefined,
    };
    world.trace(`${code} starts`);
    const http = () => network.open(code, () => life.isAlive);
    // Set before: even the first write of a core may be its last.
    try {
      const core = startSimulatedCore({ db, clock, random: port, log, openHttp: http, pageSize });
      current = { core, life };
    } catch (error) {
      if (!(error instanceof Killed)) throw error;
      current = { core: { call: () => Promise.reject(new Killed()), stop: () => Promise.resolve() }, life };
      bury();
    }
  }

  function tell(life: { readonly isAlive: boolean }, event: string, facts: object): void {
    if (life.isAlive && world.isTraced) world.trace(`${code}   log ${event} ${JSON.stringify(facts).slice(0, 600)}`);
  }

  function clockOf(life: { readonly isAlive: boolean }): Clock {
    return {
      nowMs: () => world.trueMs() + wallMs,
      monotonicMs: world.monotonicMs,
      sleep: (ms, signal) =>
        new Promise((resolve) => {
          if (signal?.aborted === true) return resolve();
          world.at(ms, () => {
            if (life.isAlive) resolve();
          });
          signal?.addEventListener('abort', () => resolve(), { once: true });
        }),
    };
  }

  /** A dead core writes nothing; a core that is to be killed dies before, inside or after a write. */
  function mortal(db: Database, life: { isAlive: boolean }): Database {
    const write: Database['write'] = (work, keep) => {
      if (!life.isAlive) throw new Killed();
      const point = killPoint();
      if (point === 'before') die(life);
      const value = db.write((tx) => {
        const result = work(tx);
        if (point === 'inside') die(life);
        return result;
      }, keep);
      if (point === 'after') die(life);
      return value;
    };
    return {
      ...db,
      write,
      // Power is not cut here: to a killed process it makes no difference what was synced.
      writeUnsynced: (work) => write(work),
      close: () => {
        life.isAlive = false;
      },
    };
  }

  function killPoint(): (typeof KILL_POINTS)[number] | null {
    if (killIn === null) return null;
    killIn.writes -= 1;
    if (killIn.writes > 0) return null;
    const { point } = killIn;
    killIn = null;
    return point;
  }

  function die(life: { isAlive: boolean }): never {
    life.isAlive = false;
    deathsInWrite += 1;
    world.trace(`${code} is killed in a write`);
    // The transaction that is open is rolled back before the file is looked at.
    world.at(0, bury);
    throw new Killed();
  }

  function bury(): void {
    if (current === null) return;
    current.life.isAlive = false;
    current = null;
    for (const died of deaths.splice(0)) died();
    onKilled();
  }

  /** What a dying core says of its own death reaches nobody. */
  async function answer<Value>(
    reply: Promise<Value>,
    life: { readonly isAlive: boolean },
    resolve: (value: Value) => void,
    reject: (error: unknown) => void,
  ): Promise<void> {
    try {
      const value = await reply;
      if (life.isAlive) resolve(value);
    } catch (error) {
      if (life.isAlive) reject(error);
    }
  }

  return {
    code,
    random,
    newId: ids.newId,
    disk,
    wasSetBack: () => wasSetBack,
    deathsInWrite: () => deathsInWrite,
    isAlive: () => current?.life.isAlive === true,
    call: (method, input) => {
      if (current === null || !current.life.isAlive) return Promise.resolve(null);
      const { core, life } = current;
      return new Promise((resolve, reject) => {
        deaths.push(() => resolve(null));
        void answer(core.call(method, input), life, resolve, reject);
      });
    },
    kill: () => {
      if (current === null) return;
      world.trace(`${code} is killed`);
      bury();
    },
    killInWrite: (writes) => {
      killIn = { writes, point: random.pick(KILL_POINTS) };
    },
    start,
    jumpClock: (ms) => {
      wallMs += ms;
      if (ms < 0) wasSetBack = true;
      world.trace(`${code} clock jumps ${ms} ms`);
    },
    stop: async () => {
      if (current === null) start();
      const running = current;
      if (running === null) throw new Error(`${code} did not start`);
      deaths = [];
      const stopped = running.core.stop();
      let isOver = false;
      void stopped.then(() => (isOver = true));
      await world.advance(60_000, () => isOver);
      if (!isOver) throw new Error(`${code} does not stop`);
      current = null;
    },
  };
}

/** UUIDs of version 7 in their order, from chance that repeats. */
function createIds(random: SeededRandom): { readonly newId: () => string } {
  let count = 0;
  const hex = (digits: number): string =>
    Math.floor(random.unit() * 16 ** digits)
      .toString(16)
      .padStart(digits, '0');
  return {
    newId: () => {
      count += 1;
      return `0198c0de-${count.toString(16).padStart(4, '0').slice(-4)}-7${hex(3)}-8${hex(3)}-${hex(6)}${hex(6)}`;
    },
  };
}
