import { LoadStepView, type LoadView } from '../../contract/station-views.ts';
import type { Database, WriteTx } from '../../db/database-types.ts';
import { isLoadComplete, listLoadSteps, saveLoadStep, type LoadStepRow } from '../../db/setup-queries.ts';
import type { Clock } from '../clock.ts';
import type { Remote, RemoteFailure } from '../connectors/connector.ts';
import type { Log } from '../log.ts';
import { createThrottle } from '../throttle.ts';

/** The steps of the initial load in their order: what a later one names, an earlier one brought. */
export const LOAD_STEPS = LoadStepView.shape.step.options;
export type LoadStep = (typeof LOAD_STEPS)[number];

/** Brings one register into the database, from where it was left, and answers how many rows it applied in all. */
export type PullStep = (step: LoadStep, onRows: (rows: number) => void) => Promise<Remote<number>>;

/** A progress bar moves smoothly at this pace, and a screen is not redrawn for each page. */
const VIEW_INTERVAL_MS = 200;
/** A passing fault of the link is over in seconds; then the person is told. */
const QUICK_TRIES = 4;
const FIRST_RETRY_MS = 500;
/** A licence is free again in moments: 3 to 5 s, five times, by the wire contract, section 2. */
const BUSY_TRIES = 5;
const BUSY_RETRY_MS = 4_000;
/** Another session holds the login, perhaps a person: asking once a minute does not lock anybody out. */
const SESSION_RETRY_MS = 60_000;
/** A server that is down comes back without anybody pressing a button. */
const SLOW_RETRY_MS = 30_000;

/**
 * The initial load: each step is kept when it is done, so that a kill anywhere costs at most the pages of one step
 * that were not applied yet.
 *
 *   waiting --> running --ok--------------------> done --> next step
 *                  ^ '--passing failure, some tries left--' (short pause)
 *                  '--failed <-- none left: again after a while; a refusal of the ERP waits for a person
 */
export type InitialLoad = {
  readonly view: () => LoadView;
  /** Runs what is missing, or joins the run that goes on; resolves when it is done or has failed. */
  readonly run: () => Promise<void>;
  readonly isComplete: () => boolean;
  /** Ends after the call in flight at the latest; what was applied stays. */
  readonly stop: () => Promise<void>;
};

export function createInitialLoad({
  db,
  clock,
  log,
  openSource,
  onBroken,
  onChange,
  onComplete,
}: {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Log;
  /** A source of registers for one run; closed when the run ends. */
  readonly openSource: () => Promise<{ readonly pull: PullStep; readonly close: () => Promise<void> }>;
  /** Told what broke a run that nobody waits for: its step stays to be done. */
  readonly onBroken: (error: unknown) => void;
  readonly onChange: () => void;
  /** Told once everything is there and the source is closed, before who waits for the run goes on. */
  readonly onComplete: () => void;
}): InitialLoad {
  const stopping = new AbortController();
  const notify = createThrottle(clock, VIEW_INTERVAL_MS, onChange);
  let current: { readonly done: Promise<void>; readonly startedAtMs: number; readonly startedMs: number } | null = null;
  let live: { readonly step: LoadStep; rows: number } | null = null;
  let rowsOfRun = 0;

  function run(): Promise<void> {
    if (stopping.signal.aborted || isComplete()) return Promise.resolve();
    if (current === null) {
      rowsOfRun = 0;
      const done = runMissingSteps().finally(() => {
        current = null;
        live = null;
        notify.request();
      });
      current = { done, startedAtMs: clock.nowMs(), startedMs: clock.monotonicMs() };
    }
    return current.done;
  }

  async function runMissingSteps(): Promise<void> {
    const source = await openSource();
    try {
      for (const row of listLoadSteps(db.read)) {
        if (row.state === 'done') continue;
        const failure = await runStep(row, source.pull);
        if (stopping.signal.aborted) return;
        if (failure !== null) return giveUp(row, failure);
      }
      log.info('initial load done', { rows: rowsOfRun });
    } finally {
      await source.close();
    }
    onComplete();
  }

  async function runStep(row: LoadStepRow, pull: PullStep): Promise<RemoteFailure | null> {
    const step = LoadStepView.shape.step.parse(row.step);
    save({ ...row, state: 'running', error: null });
    for (let tries = 1; ; tries += 1) {
      const progress = { step, rows: 0 };
      live = progress;
      const result = await pull(step, (rows) => {
        rowsOfRun += Math.max(0, rows - progress.rows);
        progress.rows = rows;
        notify.request();
      });
      if (stopping.signal.aborted) return null;
      if (result.ok) {
        rowsOfRun += Math.max(0, result.value - progress.rows);
        save({ ...row, state: 'done', rows: result.value, error: null });
        return null;
      }
      const { failure } = result;
      log.warn('initial load step failed', { step, tries, class: failure.class, text: failure.text });
      const pauseMs = pauseBefore(failure, tries);
      if (pauseMs === null) return failure;
      save({ ...row, state: 'running', rows: progress.rows, error: failure.text });
      await clock.sleep(pauseMs, stopping.signal);
      if (stopping.signal.aborted) return null;
    }
  }

  function giveUp(row: LoadStepRow, failure: RemoteFailure): void {
    save({ ...row, state: 'failed', rows: live?.rows ?? row.rows, error: failure.text });
    if (isPassing(failure)) void runAgainLater(failure.isSessionTaken === true ? SESSION_RETRY_MS : SLOW_RETRY_MS);
  }

  async function runAgainLater(afterMs: number): Promise<void> {
    await clock.sleep(afterMs, stopping.signal);
    try {
      await run();
    } catch (error) {
      onBroken(error);
    }
  }

  function isComplete(): boolean {
    return isLoadComplete(db.read);
  }

  function save(row: LoadStepRow): void {
    db.write((tx) => saveLoadStep(tx, row));
    notify.request();
  }

  function view(): LoadView {
    const rows = listLoadSteps(db.read);
    const seconds = current === null ? 0 : (clock.monotonicMs() - current.startedMs) / 1000;
    return {
      state: stateOf(rows, current !== null),
      steps: rows.map((row) => viewOfStep(row, live)),
      rowsPerSecond: seconds > 0 ? Math.round(rowsOfRun / seconds) : 0,
      startedAt: current === null ? null : new Date(current.startedAtMs).toISOString(),
    };
  }

  return {
    view,
    run,
    isComplete,
    stop: async () => {
      stopping.abort();
      notify.stop();
      await current?.done;
    },
  };
}

/** Writes all steps as waiting, in the transaction that enrols the station. */
export function prepareLoadSteps(tx: WriteTx): void {
  for (const [index, step] of LOAD_STEPS.entries()) {
    saveLoadStep(tx, { step, position: index + 1, state: 'waiting', rows: 0, error: null });
  }
}

/** How long to wait before a step is tried again at once; null when a person is told first. */
function pauseBefore(failure: RemoteFailure, tries: number): number | null {
  if (failure.class === 'transient') return tries < QUICK_TRIES ? FIRST_RETRY_MS * 2 ** (tries - 1) : null;
  const isLicenceBusy = failure.class === 'busy' && failure.isSessionTaken !== true;
  return isLicenceBusy && tries < BUSY_TRIES ? BUSY_RETRY_MS : null;
}

function isPassing(failure: RemoteFailure): boolean {
  return failure.class === 'transient' || failure.class === 'busy';
}

function stateOf(rows: readonly LoadStepRow[], isRunning: boolean): LoadView['state'] {
  if (rows.length > 0 && rows.every((row) => row.state === 'done')) return 'done';
  if (isRunning) return 'running';
  return rows.some((row) => row.state === 'failed') ? 'failed' : 'idle';
}

function viewOfStep(row: LoadStepRow, live: { readonly step: LoadStep; readonly rows: number } | null): LoadStepView {
  const step = LoadStepView.shape.step.parse(row.step);
  if (live?.step === step && row.state === 'running') {
    return { step, state: 'running', rows: Math.max(live.rows, row.rows), error: row.error };
  }
  // A step that a kill left as running waits for its turn again.
  return { step, state: row.state === 'running' ? 'waiting' : row.state, rows: row.rows, error: row.error };
}
