import type { SyncView } from '../../contract/station-views.ts';
import { getConnectorState, saveConnectorState, type ConnectorState } from '../../db/connector-queries.ts';
import type { Database } from '../../db/database-types.ts';
import { findMark, saveMark } from '../../db/sync-mark-queries.ts';
import type { Clock } from '../clock.ts';
import type { RemoteFailure } from '../connectors/connector.ts';
import type { Log } from '../log.ts';
import type { Random } from '../random.ts';

/** First wait after a server went away: a restarted service is back in seconds. */
const FIRST_WAIT_MS = 1_000;
/** Longest wait: a shop sees its sales arrive at most this long after the link is back. */
const LONGEST_WAIT_MS = 30_000;
/** A licence is free again in moments; 3 to 5 s by the wire contract, section 2. */
const BUSY_WAIT_MS = 3_000;
const BUSY_SPREAD_MS = 2_000;
/** Then the server counts as away. */
const BUSY_TRIES = 5;
/** Another session holds the login, perhaps a person: asking once a minute does not lock anybody out. */
const SESSION_WAIT_MS = 60_000;

/** Why the connector waits for a person. */
export type StopReason = NonNullable<SyncView['stoppedReason']>;

/**
 * Whether the ERP may be asked now, by what it answered lately. Waits count on the monotonic clock and belong to the
 * connector, not to documents; everything may be tried at start.
 *
 *   online --no answer--> unreachable: wait 1 s, 2, 4 .. 30 s, one call is the probe --answer--> online
 *          --licence----> busy: wait 3-5 s, five times, then unreachable
 *          --password, method, version--> stopped until a person resumes; survives the core
 *   collision, number behind: only sending stops
 *
 * A cause of the server over one that waits for a person keeps that one under it: with the first lifted it is told again.
 */
export type Reachability = {
  /** Milliseconds until the next call may be made; null while stopped. */
  readonly waitMs: () => number | null;
  readonly isStopped: () => boolean;
  readonly isSendingStopped: () => boolean;
  readonly noteAnswer: () => void;
  readonly noteFailure: (failure: RemoteFailure) => void;
  /** One method failed while the server is there: told, and nothing else. */
  readonly noteMethodFailure: (failure: RemoteFailure) => void;
  readonly isOnline: () => boolean;
  readonly notePull: () => void;
  readonly stop: (reason: StopReason, text: string) => void;
  /** Lifts the cause it stopped for last; `server`: only if that is the server's own. */
  readonly resume: (what: 'all' | 'server') => void;
  readonly view: () => Pick<
    SyncView,
    | 'reachability'
    | 'stoppedReason'
    | 'stoppedText'
    | 'lastError'
    | 'unreachableSince'
    | 'nextAttemptInMs'
    | 'lastPullAt'
  >;
};

/** Causes that lie at the server: nothing at all is asked of it. The others stop the sending alone. */
const OF_SERVER: ReadonlySet<string> = new Set<StopReason>(['password_wrong', 'method_missing', 'version_too_old']);
const NOT_STOPPED = { stoppedReason: null, stoppedText: null, stoppedAtMs: null } as const;

/** A pull is noted on disk this often: more would be a sync of the disk for every empty answer. */
const PULL_NOTE_MS = 300_000;

export function createReachability({
  name,
  db,
  clock,
  random,
  log,
}: {
  readonly name: string;
  readonly db: Database;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
}): Reachability {
  let durable = getConnectorState(db.read, name);
  let state: 'online' | 'unreachable' | 'busy' = durable.unreachableSinceMs === null ? 'online' : 'unreachable';
  let failures = 0;
  let busyTries = 0;
  let openAtMs = 0;
  let lastError: { readonly class: string; readonly text: string; readonly atMs: number } | null = null;
  let lastPullAtMs = durable.lastPullAtMs;

  function keep(change: Partial<ConnectorState>): void {
    durable = { ...durable, ...change };
    db.write((tx) => saveConnectorState(tx, name, durable));
  }

  function waitFor(ms: number): void {
    openAtMs = clock.monotonicMs() + Math.round(ms);
  }

  function goAway(): void {
    state = 'unreachable';
    failures += 1;
    const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(failures - 1, 10));
    // Half of it is chance: the stations of a shop do not come back in step.
    waitFor(wait / 2 + (random.unit() * wait) / 2);
    if (durable.unreachableSinceMs === null) keep({ unreachableSinceMs: clock.nowMs() });
  }

  function waitForLicence(isSessionTaken: boolean): void {
    busyTries += 1;
    if (!isSessionTaken && busyTries > BUSY_TRIES) {
      goAway();
      return;
    }
    state = 'busy';
    waitFor(isSessionTaken ? SESSION_WAIT_MS : BUSY_WAIT_MS + random.unit() * BUSY_SPREAD_MS);
  }

  function noteAnswer(): void {
    if (state !== 'online') log.info('erp answers', { connector: name, failures });
    state = 'online';
    failures = 0;
    busyTries = 0;
    openAtMs = 0;
    if (durable.unreachableSinceMs !== null) keep({ unreachableSinceMs: null });
  }

  function stop(reason: StopReason, text: string): void {
    if (durable.stoppedReason === reason) return;
    const { stoppedReason, stoppedText, stoppedAtMs } = durable;
    // Also where nothing is covered: what a kill left there would come up again.
    if (!isStopped()) db.write((tx) => saveMark(tx, 'stopped_before', { stoppedReason, stoppedText, stoppedAtMs }));
    keep({ stoppedReason: reason, stoppedText: text, stoppedAtMs: clock.nowMs() });
    log.error('connector stopped', { connector: name, reason, text });
  }

  function noteMethodFailure(failure: RemoteFailure): void {
    lastError = { class: failure.class, text: failure.text, atMs: clock.nowMs() };
    log.warn('erp call failed', { connector: name, ...failure });
  }

  /** Whatever waited for a person under it waits again. */
  function lift(): void {
    const before = isStopped() ? findMark(db.read, 'stopped_before') : null;
    keep(before ?? NOT_STOPPED);
    if (before !== null) db.write((tx) => saveMark(tx, 'stopped_before', NOT_STOPPED));
  }

  const isSendingStopped = (): boolean => durable.stoppedReason !== null;
  const isStopped = (): boolean => durable.stoppedReason !== null && OF_SERVER.has(durable.stoppedReason);

  // Perhaps this program was updated since: it asks again.
  if (durable.stoppedReason === 'version_too_old') lift();

  return {
    waitMs: () => (isStopped() ? null : Math.max(0, openAtMs - clock.monotonicMs())),
    isStopped,
    isSendingStopped,
    noteAnswer,
    noteMethodFailure,
    isOnline: () => state === 'online',
    noteFailure: (failure) => {
      noteMethodFailure(failure);
      if (failure.class === 'transient') goAway();
      else if (failure.class === 'busy') waitForLicence(failure.isSessionTaken === true);
      else if (failure.class === 'password') stop('password_wrong', failure.text);
      else if (failure.class === 'method') stop('method_missing', `${failure.method}: ${failure.text}`);
      // It answered; what it refused is the caller's affair.
      else noteAnswer();
    },
    notePull: () => {
      lastPullAtMs = clock.nowMs();
      if (Math.abs(lastPullAtMs - (durable.lastPullAtMs ?? 0)) >= PULL_NOTE_MS) keep({ lastPullAtMs });
    },
    stop,
    resume: (what) => {
      failures = 0;
      busyTries = 0;
      openAtMs = 0;
      lastError = null;
      if (isStopped() || (what === 'all' && isSendingStopped())) {
        log.info('connector resumed', { connector: name, reason: durable.stoppedReason });
        lift();
      }
    },
    view: () => ({
      reachability: isSendingStopped() ? 'stopped' : state,
      stoppedReason: durable.stoppedReason as StopReason | null,
      stoppedText: durable.stoppedText,
      lastError:
        lastError === null ? null : { class: lastError.class, text: lastError.text, at: toIso(lastError.atMs) },
      unreachableSince: durable.unreachableSinceMs === null ? null : toIso(durable.unreachableSinceMs),
      nextAttemptInMs:
        isStopped() || state === 'online' ? null : Math.round(Math.max(0, openAtMs - clock.monotonicMs())),
      lastPullAt: lastPullAtMs === null ? null : toIso(lastPullAtMs),
    }),
  };
}

function toIso(ms: number): string {
  return new Date(ms).toISOString();
}
