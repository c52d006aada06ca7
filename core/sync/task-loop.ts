import { isStorageFailure } from '../../db/machine-error.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Breakers } from './breakers.ts';
import type { Link } from './link.ts';
import type { Reachability } from './reachability.ts';
import type { Scheduler } from './scheduler.ts';
import type { Task } from './tasks.ts';

/** Timers hold at most 24 days; a stopped connector naps in hours until it is resumed. */
const LONGEST_NAP_MS = 3_600_000;

/**
 *   start --> [ due task? ] --none--> sleep until one is, or until `wake`
 *                  | push first, then heartbeat, small registers, catalogue
 *             [ may call? ] --back-off--> sleep until it opens; --stopped--> sleep until `resume`
 *                  | yes
 *             one slice: a batch of documents | a page of a register | a heartbeat
 *                  |
 *             answered: online, task done (or at once again while there is more)
 *             not answered: back off, task stays due
 *
 * One slice at a time, because the ERP allows one call at a time. Nothing here is waited for by a sale.
 */
export type TaskLoop = {
  readonly run: () => Promise<void>;
  readonly wake: () => void;
  /** No task begins any more; the one that runs ends by itself. */
  readonly stop: () => void;
  readonly isStopping: () => boolean;
};

export function createTaskLoop({
  clock,
  log,
  reach,
  breakers,
  link,
  schedule,
  runSlice,
  onStorageFailure,
}: {
  readonly clock: Clock;
  readonly log: Log;
  readonly reach: Reachability;
  readonly breakers: Breakers<Task>;
  readonly link: Link;
  readonly schedule: Scheduler<Task>;
  readonly runSlice: (task: Task) => Promise<void>;
  readonly onStorageFailure: (error: unknown) => void;
}): TaskLoop {
  const stopping = new AbortController();
  let nap = new AbortController();

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      const next = schedule.next({ waitOf: breakers.waitMs, avoid: link.suspect() });
      const blockedMs = reach.waitMs();
      if ('task' in next && blockedMs === 0) await runTask(next.task);
      else await sleep('waitMs' in next ? Math.max(next.waitMs, blockedMs ?? Infinity) : (blockedMs ?? Infinity));
    }
  }

  async function sleep(ms: number): Promise<void> {
    nap = new AbortController();
    if (stopping.signal.aborted) return;
    await clock.sleep(Math.min(ms, LONGEST_NAP_MS), nap.signal);
  }

  async function runTask(task: Task): Promise<void> {
    try {
      await runSlice(task);
    } catch (error) {
      // A bug in one task must not end replication; it is told once for each time and the task waits its turn.
      log.error('replication task failed', { task, stack: error instanceof Error ? error.stack : String(error) });
      if (isStorageFailure(error)) {
        stopping.abort();
        onStorageFailure(error);
      }
      schedule.done(task);
    }
  }

  return {
    run,
    // With a reason: without one each wake, and so each scan, builds an error with its stack.
    wake: () => nap.abort('woken'),
    stop: () => {
      stopping.abort();
      nap.abort();
    },
    isStopping: () => stopping.signal.aborted,
  };
}
