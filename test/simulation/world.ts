import type { SeededRandom } from '../../scripts/demo/seeded-random.ts';

/** When every simulated day begins: a Sunday morning before the shop opens. */
export const ORIGIN_MS = Date.parse('2026-09-13T11:00:00.000Z');

/** Each look at the monotonic clock costs this much: work takes time, and a slice of a page comes to its end. */
const LOOK_MS = 0.1;

/** More steps than any seed needs: a station that asks again and again without waiting is a finding, not a hang. */
const MOST_STEPS = 400_000;

type Event = { readonly atMs: number; readonly order: number; readonly run: () => void };

/**
 * The one scheduler of a simulated world: it owns time, and nothing happens but by its events, in their order. Two runs
 * of one seed are the same, step by step.
 */
export type World = {
  readonly random: SeededRandom;
  /** Never goes back; stands still while everybody sleeps. */
  readonly monotonicMs: () => number;
  /** The true time of day, which no station knows for certain. */
  readonly trueMs: () => number;
  readonly at: (inMs: number, run: () => void) => void;
  /** Runs what is due within `ms`, or until `isOver`. */
  readonly advance: (ms: number, isOver?: () => boolean) => Promise<void>;
  /** Everybody sleeps (the lids of the machines are down): the day goes on, and nothing else does. */
  readonly sleep: (ms: number) => void;
  readonly trace: (text: string) => void;
  /** Else what is costly to tell need not be put into words. */
  readonly isTraced: boolean;
};

// What the product and its libraries call for a turn of the event loop; the world gives the turns.
const realImmediate = globalThis.setImmediate;
let turns: (() => void)[] = [];

function settle(): Promise<void> {
  return new Promise((resolve) => void realImmediate(resolve));
}

/**
 * Takes the machine's clocks, timers and chance away from everything in this process: whoever uses one is told, because a
 * run that depends on the machine could not be repeated.
 */
export function takeOverGlobals(): void {
  const refuse = (name: string) => (): never => {
    throw new Error(`${name} is not simulated: time and chance come through the ports`);
  };
  Object.assign(globalThis, {
    setImmediate: (run: (...args: unknown[]) => void, ...args: unknown[]) => void turns.push(() => run(...args)),
    setTimeout: refuse('setTimeout'),
    setInterval: refuse('setInterval'),
  });
  Date.now = refuse('Date.now');
  Math.random = refuse('Math.random');
  performance.now = refuse('performance.now');
}

/** For what waits on the machine itself, between two days. */
export async function withRealTurns(work: () => Promise<void>): Promise<void> {
  const simulated = globalThis.setImmediate;
  globalThis.setImmediate = realImmediate;
  try {
    await work();
  } finally {
    globalThis.setImmediate = simulated;
  }
}

export function createWorld(random: SeededRandom, tell: ((line: string) => void) | null): World {
  turns = [];
  const events: Event[] = [];
  let nowMs = 0;
  let sleptMs = 0;
  let order = 0;
  let steps = 0;

  async function runTurns(): Promise<void> {
    await settle();
    while (turns.length > 0) {
      const due = turns;
      turns = [];
      for (const run of due) run();
      count();
      await settle();
    }
  }

  function count(): void {
    steps += 1;
    if (steps > MOST_STEPS) throw new Error(`still not at rest after ${MOST_STEPS} steps`);
  }

  const world: World = {
    random,
    monotonicMs: () => (nowMs += LOOK_MS),
    trueMs: () => Math.floor(ORIGIN_MS + nowMs + sleptMs),
    at: (inMs, run) => {
      order += 1;
      push(events, { atMs: nowMs + Math.max(0, inMs), order, run });
    },
    advance: async (ms, isOver = () => false) => {
      const endMs = nowMs + ms;
      await runTurns();
      while (!isOver()) {
        const next = events[0];
        if (next === undefined || next.atMs > endMs) break;
        pop(events);
        nowMs = Math.max(nowMs, next.atMs);
        next.run();
        count();
        await runTurns();
      }
      if (!isOver()) nowMs = Math.max(nowMs, endMs);
    },
    sleep: (ms) => {
      sleptMs += ms;
    },
    trace: (text) => tell?.(`${((nowMs + sleptMs) / 1000).toFixed(3).padStart(10)} ${text}`),
    isTraced: tell !== null,
  };
  return world;
}

function isBefore(a: Event, b: Event): boolean {
  return a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order);
}

/** A binary heap: sorting thousands of sleepers at each step would be most of the run. */
function push(heap: Event[], event: Event): void {
  heap.push(event);
  let index = heap.length - 1;
  while (index > 0) {
    const parent = (index - 1) >> 1;
    const above = heap[parent];
    if (above === undefined || !isBefore(event, above)) break;
    heap[index] = above;
    index = parent;
  }
  heap[index] = event;
}

function pop(heap: Event[]): void {
  const last = heap.pop();
  if (last === undefined || heap.length === 0) return;
  let index = 0;
  for (;;) {
    let child = 2 * index + 1;
    const [left, right] = [heap[child], heap[child + 1]];
    if (left === undefined) break;
    if (right !== undefined && isBefore(right, left)) child += 1;
    const below = heap[child];
    if (below === undefined || !isBefore(below, last)) break;
    heap[index] = below;
    index = child;
  }
  heap[index] = last;
}
