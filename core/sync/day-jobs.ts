import type { Database } from '../../db/database-types.ts';
import { forgetCommands } from '../../db/command-log-queries.ts';
import { purgePayloads } from '../../db/purge-writes.ts';
import { listDaysToReconcile } from '../../db/reconciliation-queries.ts';
import { findMark, saveMark } from '../../db/sync-mark-queries.ts';
import { businessDayOf } from '../business-day-rules.ts';
import type { Clock } from '../clock.ts';
import type { Connector } from '../connectors/connector.ts';
import type { Log } from '../log.ts';
import type { Random } from '../random.ts';
import { readPolicies, readTimeZone } from '../setup/read-policies.ts';
import type { Inbox } from './inbox.ts';
import type { Link } from './link.ts';
import { reconcileDay } from './reconcile-day.ts';
import type { Scheduler } from './scheduler.ts';
import { CATALOG, type Task } from './tasks.ts';

const DAY_MS = 86_400_000;
/** A night begins at three: the till is closed, and a till that was off does at its next start what it missed. */
const NIGHT_BEGINS_MS = 3 * 3_600_000;
/** Late commits of two days are read again (wire contract, section 3). */
const REREAD_DAYS = 2;
/** Days back that are compared with the ERP. */
const RECONCILE_DAYS = 7;
/** A day that is not equal is compared again this often: its documents may have arrived since. */
const RETRY_MS = 3_600_000;
/** Payloads are kept this long after the confirmation: longer than anybody brings an ERP back from a backup. */
const PAYLOADS_KEPT_MS = 30 * DAY_MS;
/** A decided command is remembered until its session is closed and this long after it (docs/retention.md). */
const COMMANDS_KEPT_MS = 7 * DAY_MS;

/**
 *   every 10 minutes, after a session is closed, at start
 *     a new day since three in the morning? --> two days of the catalogue again, payloads and commands purged
 *     a closed day not compared since? --------> one day a slice, compared with the ERP
 *
 * What is done is noted on disk by day, so that a till that sleeps at night misses nothing and a kill repeats one job.
 */
export function createDayJobs({
  connector,
  db,
  clock,
  random,
  log,
  inbox,
  link,
  schedule,
  rereadFrom,
  findServerMs,
  onLost,
  onChange,
}: {
  readonly connector: Connector;
  readonly db: Database;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly inbox: Inbox;
  readonly link: Link;
  readonly schedule: Scheduler<Task>;
  /** Reads each register again from its id on. */
  readonly rereadFrom: (places: ReadonlyMap<string, number>) => void;
  /** What the ERP's clock shows now; null before it told it in this run. */
  readonly findServerMs: () => number | null;
  readonly onLost: () => void;
  readonly onChange: () => void;
}): { readonly slice: () => Promise<void> } {
  async function slice(): Promise<void> {
    const nowMs = clock.nowMs();
    const timeZone = readTimeZone(db.read);
    const night = businessDayOf(nowMs - NIGHT_BEGINS_MS, timeZone);
    const jobs = findMark(db.read, 'night') ?? { day: '', atMs: 0 };
    if (jobs.day !== night) return beginNight(night, nowMs);
    if (purgeSome(nowMs)) return;
    const [day] = listDaysToReconcile(db.read, {
      sinceDay: businessDayOf(nowMs - RECONCILE_DAYS * DAY_MS, timeZone),
      retryBeforeMs: nowMs - RETRY_MS,
      nightMs: jobs.atMs,
    });
    if (day === undefined) return schedule.done('daily');
    const answer = await reconcileDay(day, { connector, db, clock, random });
    if (!answer.ok) {
      // Asked again in its turn; the back-off and the breaker decide about the server.
      if (answer.failure.class === 'refused') schedule.done('daily');
      return link.noteFailure('daily', answer.failure);
    }
    link.noteAnswer('daily');
    const { isEqual, differences, requeued } = answer.value;
    log.info('day compared', { day, isEqual, differences: differences.length, requeued });
    if (requeued > 0) onLost();
    onChange();
  }

  function beginNight(night: string, nowMs: number): Promise<void> {
    const days = findMark(db.read, 'cursor_days') ?? {};
    const from = new Map<string, number>();
    const next: Record<string, { day: string; transId: number }[]> = {};
    for (const register of CATALOG) {
      const noted = days[register] ?? [];
      const [oldest] = noted;
      if (oldest !== undefined) from.set(register, oldest.transId);
      const transId = inbox.findPosition(register);
      const today = transId === null ? [] : [{ day: night, transId }];
      next[register] = [...noted.filter(({ day }) => day !== night), ...today].slice(-REREAD_DAYS - 1);
    }
    if (from.size > 0) rereadFrom(from);
    db.write((tx) => {
      saveMark(tx, 'cursor_days', next);
      saveMark(tx, 'night', { day: night, atMs: nowMs });
      forgetCommands(tx, nowMs - COMMANDS_KEPT_MS);
    });
    return Promise.resolve();
  }

  /** Answers whether there may be more of it. */
  function purgeSome(nowMs: number): boolean {
    // A clock that went a year ahead would take what is needed tomorrow: nothing goes unless the ERP's says the same.
    const serverMs = findServerMs();
    if (serverMs === null || Math.abs(nowMs - serverMs) > DAY_MS) return false;
    // A sale that may still be cancelled is compared with what was sent.
    const keptMs = Math.max(PAYLOADS_KEPT_MS, readPolicies(db.read).cancellationMinutes * 60_000);
    const fromMs = findMark(db.read, 'purged')?.beforeMs ?? 0;
    const beforeMs = nowMs - keptMs;
    // Looked through once a day, as what was confirmed thirty days ago changes no more often.
    if (beforeMs < fromMs + DAY_MS) return false;
    const purged = db.write((tx) => {
      const count = purgePayloads(tx, { fromMs, beforeMs });
      if (count === 0) saveMark(tx, 'purged', { beforeMs });
      return count;
    });
    if (purged > 0) log.info('payloads purged', { purged });
    return purged > 0;
  }

  return { slice };
}
