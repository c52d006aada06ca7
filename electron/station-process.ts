import type { ChildProcess } from 'node:child_process';
import type { Language } from '../contract/format.ts';
import type { StationEvent } from '../contract/station-api.ts';
import type { CoreState } from '../contract/station-bridge.ts';
import { createPendingCalls, STOPPED } from './pending-calls.ts';
import { spawnCore, type CoreEnd } from './spawn-core.ts';
import { describeCrash, describeRefusal, type Words } from './stop-words.ts';

/** A core that dies more often has a cause that another start does not cure. */
const MAX_RESTARTS_PER_MINUTE = 3;
const MINUTE_MS = 60_000;
/** Long enough that a core which dies at once does not spin, short enough that a cashier hardly sees it. */
const RESTART_DELAY_MS = 200;
/** A migration of a large database with its backup fits well; a core that is silent for longer hangs. */
const START_TIMEOUT_MS = 5 * MINUTE_MS;
/** An orderly end is a commit and a checkpoint; then the core is killed, which loses nothing that was acknowledged. */
const STOP_TIMEOUT_MS = 8_000;

export type StationProcessOptions = {
  /** Path of the project's own Node 24, never Electron's. */
  readonly node: string;
  readonly entry: string;
  readonly data: string;
  readonly language: Language;
  /** Wait for an orderly end before the core is killed. */
  readonly stopTimeoutMs?: number;
  readonly onState: (state: CoreState) => void;
  readonly onEvent: (event: StationEvent) => void;
};

/** The life of the station core, and the way to call it. */
export type StationProcess = ReturnType<typeof createStationProcess>;

/**
 * Keeps one core running.
 *
 *   starting ──ready──> ready ──dies──> restarting ──(<= 3 a minute)──> starting
 *      │                                    └────────(more)───────────> stopped(reason)
 *      └─refuses to start─────────────────────────────────────────────> stopped(reason)
 *
 * A core that refuses to start (data in use, newer database, full disk) is not started again: its words are shown.
 * Calls made while no core is ready are answered `station_stopped`, never kept.
 */
export function createStationProcess(options: StationProcessOptions) {
  let child: ChildProcess | undefined;
  let state: CoreState = { state: 'starting', restarts: 0 };
  let deaths: number[] = [];
  let restarts = 0;
  /** Its end is wanted: by a person who asked for another start, or for good. */
  let isEnding = false;
  let isOver = false;
  const calls = createPendingCalls();

  function setState(next: Omit<CoreState, 'restarts'>): void {
    state = { ...next, restarts };
    options.onState(state);
  }

  function start(): void {
    setState({ state: restarts === 0 ? 'starting' : 'restarting' });
    let refusal: Words | undefined;
    const core = spawnCore(options, {
      onMessage: (message) => {
        if ('id' in message) calls.settle(message.id, message);
        else if ('event' in message) options.onEvent(message as StationEvent);
        else if ('ready' in message) {
          clearTimeout(startTimer);
          if (message.ready === true) setState({ state: 'ready' });
          else refusal = describeRefusal('error' in message ? message.error : undefined, options.language);
        }
      },
      onEnd: (end) => {
        clearTimeout(startTimer);
        if (child !== core) return;
        child = undefined;
        calls.failAll();
        if (isEnding || isOver) return;
        if (refusal === undefined) restartOrGiveUp(end);
        else setState({ state: 'stopped', ...refusal, ...factsOf(end) });
      },
    });
    const startTimer = setTimeout(() => core.kill('SIGKILL'), START_TIMEOUT_MS);
    child = core;
  }

  function restartOrGiveUp(end: CoreEnd): void {
    const words = describeCrash(end.exitCode, end.signal, options.language);
    const now = performance.now();
    deaths = [...deaths.filter((at) => now - at < MINUTE_MS), now];
    if (deaths.length > MAX_RESTARTS_PER_MINUTE) {
      setState({ state: 'stopped', ...words, ...factsOf(end) });
      return;
    }
    restarts += 1;
    setState({ state: 'restarting', ...words, ...factsOf(end) });
    setTimeout(() => {
      if (!isEnding && !isOver && child === undefined) start();
    }, RESTART_DELAY_MS * deaths.length);
  }

  /** Ends the core in order; a core that does not end in time is killed. */
  async function end(): Promise<void> {
    const core = child;
    if (core?.pid === undefined || core.exitCode !== null || core.signalCode !== null) return;
    const ended = new Promise<void>((resolve) => core.once('exit', () => resolve()));
    if (core.connected) core.disconnect();
    const killer = setTimeout(() => core.kill('SIGKILL'), options.stopTimeoutMs ?? STOP_TIMEOUT_MS);
    await ended;
    clearTimeout(killer);
  }

  return {
    start,
    state: () => state,

    /** Sends one call to the core and gives its reply, whatever it is; it never rejects. */
    call(method: string, input: unknown): Promise<unknown> {
      const core = child;
      if (core === undefined || !core.connected || state.state !== 'ready') return Promise.resolve(STOPPED);
      return calls.add((id) => {
        core.send({ id, method, input }, (error) => {
          if (error !== null) calls.settle(id, STOPPED);
        });
      });
    },

    /** Ends the core and starts it anew, with the count of its deaths forgotten: a person asked for it. */
    async restart(): Promise<void> {
      if (isEnding || isOver) return;
      isEnding = true;
      await end();
      isEnding = false;
      if (isOver) return;
      child = undefined;
      calls.failAll();
      deaths = [];
      restarts += 1;
      start();
    },

    /** Ends the core for good. */
    stop(): Promise<void> {
      isOver = true;
      return end();
    },
  };
}

function factsOf(end: CoreEnd): { exitCode: number; details: string } {
  return { exitCode: end.exitCode ?? -1, details: end.lastLines };
}
