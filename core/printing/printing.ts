import type { PrintingView } from '../../contract/printing-api.ts';
import type { Database } from '../../db/database-types.ts';
import { isStorageFailure } from '../../db/machine-error.ts';
import { findNewestPrintJobId, findNextPrintJob } from '../../db/print-queries.ts';
import { beginPrintJob, endPrintJob, failPrintJob, resumePrintJobs } from '../../db/print-writes.ts';
import type { PaperLine } from '../../contract/paper-layout.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { encodePaper } from './encode-paper.ts';
import { createPrintingHandlers, type PrintingHandlers } from './printing-handlers.ts';
import { readPrinter, viewPrinting } from './printing-view.ts';
import { printerName, type ReachablePrinter, type SendBytes, type SendOutcome } from './send-bytes.ts';

/** After a failure the printer is tried again this soon, then twice as late each time up to the longest. */
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;
/** About a quarter of an hour of tries; then papers wait for a person, so that none comes out unasked in the evening. */
const TRIES = 30;
/** A drawer must not open by itself long after the customer left. */
const DRAWER_MS = 60_000;
/** What is being printed is let finish when the station closes. */
const STOP_GRACE_MS = 2_000;
/** A job that ended is told to windows soon enough when nothing else happens. */
const IDLE_MS = 3_600_000;

export type PrintingPorts = {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly sendBytes: SendBytes;
  readonly onStorageFailure: (error: unknown) => void;
  readonly onChange: () => void;
};

/** Takes papers to the printer, one after the other, beside the till and never before it. */
export type Printing = {
  readonly start: () => void;
  /** A command was decided: a new paper is printed at once, whatever the printer did before. */
  readonly wake: () => void;
  readonly view: () => PrintingView;
  readonly stop: () => Promise<void>;
  readonly handlers: PrintingHandlers;
};

/**
 *   waiting --> printing --> printed
 *      ^           |
 *      |           '-- not taken: back-off of the printer, monotonic; bytes had left: the next try is marked
 *      '-----------'          tried TRIES times: failed, until a person retries or discards
 *
 * The state `printing` is on disk before the first byte leaves: a core that dies then finds the job at its next start and
 * prints it again, marked. A paper may come twice, never never. Nothing here throws into a sale.
 */
export function createPrinting(ports: PrintingPorts): Printing {
  const { db, clock, log, onChange } = ports;
  const stopping = new AbortController();
  let nap = new AbortController();
  let loop: Promise<void> | null = null;
  let lastSend: Promise<unknown> = Promise.resolve();
  let newestJobId = 0;
  let failures = 0;

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      nap = new AbortController();
      const waitMs = await printNext();
      if (waitMs > 0 && !stopping.signal.aborted) await clock.sleep(waitMs, nap.signal);
    }
  }

  /** Prints the next paper, if any; answers how long to rest. */
  async function printNext(): Promise<number> {
    try {
      const settings = readPrinter(db.read);
      const { target } = settings;
      const job = target.kind === 'none' ? null : findNextPrintJob(db.read);
      if (target.kind === 'none' || job === null) return IDLE_MS;
      if (!db.write((tx) => beginPrintJob(tx, job.jobId))) return 0;
      const ageMs = clock.nowMs() - job.createdAtMs;
      const bytes = encodePaper(JSON.parse(job.lines) as PaperLine[], settings, {
        isCopy: job.isCopy,
        mayBeOut: job.mayBeOut,
        opensDrawer: job.opensDrawer && !job.mayBeOut && ageMs >= 0 && ageMs < DRAWER_MS,
      });
      const outcome = await send(target, bytes);
      if (outcome.ok) {
        db.write((tx) => endPrintJob(tx, job.jobId, clock.nowMs()));
        if (failures > 0) log.info('printer back', { printer: printerName(target), failures });
        failures = 0;
        onChange();
        return 0;
      }
      failures += 1;
      const { trouble, mayBeOut } = outcome;
      // The next start marks what a stopping core leaves as `printing`.
      if (stopping.signal.aborted) return IDLE_MS;
      db.write((tx) => failPrintJob(tx, job.jobId, { ...trouble, mayBeOut }, TRIES));
      if (failures === 1) log.warn('printer failed', { printer: printerName(target), ...trouble });
      onChange();
      return Math.min(FIRST_WAIT_MS * 2 ** (failures - 1), LONGEST_WAIT_MS);
    } catch (error) {
      log.error('printing broke', { error: error instanceof Error ? error.stack : String(error) });
      if (isStorageFailure(error)) ports.onStorageFailure(error);
      return LONGEST_WAIT_MS;
    }
  }

  /** One line to the printer at a time: a test page or the drawer waits for the paper before it. */
  function send(target: ReachablePrinter, bytes: Uint8Array): Promise<SendOutcome> {
    const sent = lastSend.then(() => ports.sendBytes(target, bytes, stopping.signal));
    lastSend = sent.catch(() => undefined);
    return sent;
  }

  function wakeNow(): void {
    failures = 0;
    nap.abort();
  }

  const view = (): PrintingView => viewPrinting(db.read);

  return {
    start: () => {
      if (loop !== null) return;
      const resumed = db.write((tx) => resumePrintJobs(tx));
      if (resumed > 0) log.warn('print jobs were interrupted', { resumed });
      newestJobId = findNewestPrintJobId(db.read);
      loop = run();
    },
    wake: () => {
      const newest = findNewestPrintJobId(db.read);
      if (newest === newestJobId) return;
      newestJobId = newest;
      nap.abort();
    },
    view,
    stop: async () => {
      await Promise.race([lastSend, clock.sleep(STOP_GRACE_MS)]);
      stopping.abort();
      nap.abort();
      await loop;
    },
    handlers: createPrintingHandlers({ db, clock, send, wakeNow, onChange, view }),
  };
}
