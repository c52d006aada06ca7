import { Worker } from 'node:worker_threads';
import type { Database } from '../db/database-types.ts';
import { isStorageFailure, MachineError, type MachineFault } from '../db/machine-error.ts';
import type { Log } from './log.ts';
import { siblingFile } from './sibling-file.ts';

/** A quiet moment for moving the log into the database file comes this long after the last command. */
const QUIET_AFTER_MS = 2_000;

/** How often the length of the log is looked at: 2 us each. */
const LOOK_MS = 250;
/** What is not left to a quiet moment any more: 4 MB, half a second of a catalogue that is read. */
const LONG_LOG_PAGES = 1_000;
/** The thread is given up after as long without a long log. */
const THREAD_REST_MS = 30_000;
/** A thread that ended by itself is not started again at once. */
const THREAD_RETRY_MS = 60_000;

export type LogThreadReply = { readonly left: number } | { readonly fault: MachineFault | null; readonly text: string };

/**
 * Moves the log into the database file: in a quiet moment here, and on a thread of its own where none comes, so that no
 * scan waits for the sync of megabytes. What the thread leaves, a commit moves behind a bound of its own
 * (db/open-database.ts, docs/decisions/0034).
 */
export type Checkpoints = {
  /** Something was written: a moment without more of it is awaited. */
  readonly noteWrite: () => void;
  /** Ends the thread and lets no quiet moment come any more. */
  readonly stop: () => Promise<void>;
  /** The last one, before the file is closed. */
  readonly moveAll: () => void;
};

export function createCheckpoints({
  db,
  log,
  onStorageFailure,
}: {
  readonly db: Pick<Database, 'checkpoint' | 'unmovedPages' | 'file'>;
  readonly log: Pick<Log, 'warn'>;
  readonly onStorageFailure: (error: unknown) => void;
}): Checkpoints {
  let quiet: NodeJS.Timeout | undefined;
  let thread: Worker | null = null;
  let isMoving = false;
  let neededAtMs = 0;
  let notBeforeMs = 0;
  const looking = setInterval(() => guard(look), LOOK_MS).unref();
  const moveAll = (): void => guard(db.checkpoint);

  function look(): void {
    if (isMoving) return;
    const nowMs = performance.now();
    if (db.unmovedPages() < LONG_LOG_PAGES) {
      if (thread !== null && nowMs - neededAtMs > THREAD_REST_MS) void endThread();
      return;
    }
    if (nowMs < notBeforeMs) return;
    neededAtMs = nowMs;
    isMoving = true;
    thread ??= startThread();
    thread.postMessage('move');
  }

  function startThread(): Worker {
    const started = new Worker(siblingFile(import.meta.url, './log-thread'), { workerData: db.file });
    started.unref();
    started.on('message', (reply: LogThreadReply) => {
      isMoving = false;
      if ('text' in reply) fail(reply.fault === null ? new Error(reply.text) : new MachineError(reply.fault));
    });
    started.on('error', fail);
    started.on('exit', () => {
      if (thread !== started) return;
      thread = null;
      isMoving = false;
      notBeforeMs = performance.now() + THREAD_RETRY_MS;
    });
    return started;
  }

  async function endThread(): Promise<void> {
    const ending = thread;
    thread = null;
    isMoving = false;
    await ending?.terminate();
  }

  function guard(work: () => void): void {
    try {
      work();
    } catch (error) {
      fail(error);
    }
  }

  function fail(error: unknown): void {
    // Without room all of it stays in the log, which is as safe, and the next moment tries again.
    log.warn('checkpoint failed', { error: String(error) });
    if (isStorageFailure(error)) onStorageFailure(error);
  }

  return {
    noteWrite: () => {
      clearTimeout(quiet);
      quiet = setTimeout(moveAll, QUIET_AFTER_MS).unref();
    },
    stop: async () => {
      clearTimeout(quiet);
      clearInterval(looking);
      await endThread();
    },
    moveAll,
  };
}
