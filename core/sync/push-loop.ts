import type { SendOutcomeView } from '../../contract/station-views.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Heartbeat } from './heartbeat.ts';
import type { Link } from './link.ts';
import type { BatchResult, Outbox } from './outbox.ts';
import type { Reachability } from './reachability.ts';
import type { Scheduler } from './scheduler.ts';
import type { SyncViewReader } from './sync-view.ts';
import type { Task } from './tasks.ts';

/** The way out by its schedule and by hand; one batch at a time, whoever asks. */
export type PushLoop = {
  /** One batch, if there is one and it may go. */
  readonly slice: () => Promise<void>;
  /** Sends now whatever the back-off says, without the schedule, and tells why it could not. */
  readonly sendNow: () => Promise<SendOutcomeView>;
  /** The batch that is on its way, null when none is. */
  readonly inFlight: () => Promise<unknown> | null;
};

/**
 *   due --> [ head known? ] --no--> heartbeat: how far does the ERP know this station
 *                | yes
 *           batch --moved--> at once again
 *                 --nothing moved--> in 5 seconds
 *                 --no answer--> the back-off, and the breaker of sending, decide
 */
export function createPushLoop({
  outbox,
  heartbeat,
  reach,
  link,
  schedule,
  syncView,
  clock,
  log,
  isStopping,
  onServerBehind,
  onIdle,
  onChange,
}: {
  readonly outbox: Outbox;
  readonly heartbeat: Heartbeat;
  readonly reach: Reachability;
  readonly link: Link;
  readonly schedule: Scheduler<Task>;
  readonly syncView: SyncViewReader;
  readonly clock: Clock;
  readonly log: Log;
  readonly isStopping: () => boolean;
  /** The ERP went back in time, as far as its count of changes tells; at `knownGoodMs` it had not yet. */
  readonly onServerBehind: (certainty: 'likely', knownGoodMs: number) => void;
  /** What was forced is over: the schedule may have something to do. */
  readonly onIdle: () => void;
  readonly onChange: () => void;
}): PushLoop {
  let sending: Promise<BatchResult> | null = null;
  let isForced = false;

  async function slice(): Promise<void> {
    if (isForced || reach.isSendingStopped() || !outbox.hasDue()) return schedule.done('push');
    if (!(await askHead()) || reach.isSendingStopped()) return;
    // A person may have begun to send while the server was asked: one batch at a time.
    if (isForced) return schedule.done('push');
    const result = await sendBatch();
    // Without progress the same batch would come to the same end; with it the next one goes at once. After a failure
    // the back-off decides, and the push is its probe.
    const isAnswered = result.failure === null || result.failure.class === 'refused';
    if (isAnswered && result.moved === 0) schedule.done('push');
  }

  async function askHead(): Promise<boolean> {
    if (!heartbeat.isWanted()) return true;
    const isFree = await heartbeat.mayPush();
    schedule.done('heartbeat');
    return isFree;
  }

  async function sendBatch(): Promise<BatchResult> {
    sending = outbox.sendBatch();
    onChange();
    try {
      const result = await sending;
      if (result.confirmed > 0) {
        syncView.noteConfirmed(clock.nowMs());
        // The head at the ERP follows the documents: the fresher it is, the sooner a copied disk is known.
        schedule.runSoon('audit');
      }
      // Where something arrived the method works, whatever the last call of the batch came to.
      if (result.taken > 0 && (result.failure === null || result.moved > 0)) link.noteAnswer('push');
      if (result.failure !== null) link.noteFailure('push', result.failure);
      if (result.serverWholeUntilMs !== null) onServerBehind('likely', result.serverWholeUntilMs);
      if (result.collision !== null) reach.stop('code_collision', result.collision);
      log.info('documents sent', { taken: result.taken, confirmed: result.confirmed, failure: result.failure?.class });
      return result;
    } finally {
      sending = null;
      onChange();
    }
  }

  async function sendNow(): Promise<SendOutcomeView> {
    const tell = (reason: SendOutcomeView['reason'], sent = 0, confirmed = 0): SendOutcomeView => {
      return { ran: reason === null, reason, sent, confirmed, left: syncView.countWaiting() };
    };
    if (reach.isSendingStopped()) return tell('stopped');
    if (sending !== null || isForced) return tell('already_running');
    if (!outbox.hasDue()) return tell('nothing_waiting');
    isForced = true;
    let sent = 0;
    let confirmed = 0;
    try {
      const isFree = await askHead();
      if (reach.isSendingStopped()) return tell('stopped');
      if (!isFree) return tell(reach.view().reachability === 'busy' ? 'busy' : 'unreachable');
      for (;;) {
        const result = await sendBatch();
        sent += result.sent;
        confirmed += result.confirmed;
        const { failure } = result;
        if (failure !== null && failure.class !== 'refused' && sent === 0) return tell(reasonOf(failure.class));
        const isOver = failure !== null || result.moved === 0 || isStopping() || reach.isSendingStopped();
        if (isOver || !outbox.hasDue()) return tell(null, sent, confirmed);
      }
    } finally {
      isForced = false;
      onIdle();
    }
  }

  return { slice, sendNow, inFlight: () => sending };
}

function reasonOf(failureClass: string): SendOutcomeView['reason'] {
  if (failureClass === 'busy') return 'busy';
  return failureClass === 'password' || failureClass === 'method' ? 'stopped' : 'unreachable';
}
