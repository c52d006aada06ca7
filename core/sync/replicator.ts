import type { SendOutcomeView, SyncView } from '../../contract/station-views.ts';
import type { Database } from '../../db/database-types.ts';
import { isStorageFailure } from '../../db/machine-error.ts';
import { sendingToUnknown } from '../../db/outbox-writes.ts';
import type { Clock } from '../clock.ts';
import type { Connector, HeartbeatReply } from '../connectors/connector.ts';
import type { Log } from '../log.ts';
import type { Random } from '../random.ts';
import { createHeartbeat, type StationHeads } from './heartbeat.ts';
import { createInbox, type Register } from './inbox.ts';
import { createOutbox, type BatchResult } from './outbox.ts';
import { createReachability, type StopReason } from './reachability.ts';
import { createScheduler } from './scheduler.ts';
import { SMALL_REGISTERS } from './small-registers.ts';
import { createSyncView } from './sync-view.ts';

/** A document that could not go is tried again this often while the server answers. */
const PUSH_EVERY_MS = 5_000;
/** A price that the office changes is in the store within half a minute. */
const CATALOG_EVERY_MS = 30_000;
/** People, stations and payment types change some times a day. */
const REGISTER_EVERY_MS = 300_000;
const HEARTBEAT_EVERY_MS = 60_000;
/** Rows may be committed late, with an id below what was read (wire contract, section 3). */
const REREAD_EVERY_MS = 3_600_000;
const REREAD_IDS = 200;
/** Documents in one batch; the default of seed 000. */
const BATCH_SIZE = 50;
/** A call in flight may take this long to end by itself when the core stops; then it is cut. */
const STOP_GRACE_MS = 2_000;

const CATALOG = ['products', 'prices', 'stock'] as const;
type Task = 'push' | 'heartbeat' | 'reread' | Register;

/**
 * Brings documents out and registers in, and keeps on doing so whatever the server does.
 *
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
export type Replicator = {
  readonly start: () => void;
  /** Ends within seconds; a call in flight is cut, and its documents are looked up at the next start. */
  readonly stop: () => Promise<void>;
  /** There is something new to send. */
  readonly wake: () => void;
  /** Sends now whatever the back-off says, without the schedule, and tells why it could not. */
  readonly sendNow: () => Promise<SendOutcomeView>;
  /** Asks for every register as soon as it may. */
  readonly pullNow: () => void;
  /** Goes on after a person dealt with what stopped the connector. */
  readonly resume: () => void;
  /** Stops sending until a person resumes: for what only the caller can see (a number behind the server's). */
  readonly haltSending: (reason: StopReason, text: string) => void;
  readonly view: () => SyncView;
};

export function createReplicator({
  connector,
  db,
  clock,
  random,
  log,
  settings,
  readHeads,
  onServerHead = () => undefined,
  onRegisterChange = () => undefined,
  onStorageFailure,
  onChange,
}: {
  readonly connector: Connector;
  readonly db: Database;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly settings: {
    readonly stationCode: string;
    readonly installationId: string;
    readonly version: string;
    readonly pageSize?: number;
    readonly batchSize?: number;
  };
  readonly readHeads: () => StationHeads;
  /** What the ERP knows of this station: heads tell a restored or cloned disk. */
  readonly onServerHead?: (head: HeartbeatReply) => void;
  /** People, policies, payment types: a register that is read whole says something else than before. */
  readonly onRegisterChange?: () => void;
  /** The disk failed under a task: nothing is done here any more, as nobody knows what was written. */
  readonly onStorageFailure: (error: unknown) => void;
  readonly onChange: () => void;
}): Replicator {
  const unknown = db.write((tx) => sendingToUnknown(tx));
  if (unknown > 0) log.info('documents to look up', { unknown });
  const reach = createReachability({ name: connector.name, db, clock, random, log });
  const outbox = createOutbox({ connector, db, clock, log, batchSize: settings.batchSize ?? BATCH_SIZE });
  const inbox = createInbox({ connector, db, clock, log, settings });
  const schedule = createScheduler<Task>(clock, [
    { task: 'push', everyMs: PUSH_EVERY_MS },
    { task: 'heartbeat', everyMs: HEARTBEAT_EVERY_MS },
    ...SMALL_REGISTERS.map((task) => ({ task, everyMs: REGISTER_EVERY_MS })),
    ...CATALOG.map((task) => ({ task, everyMs: CATALOG_EVERY_MS })),
    { task: 'reread', everyMs: REREAD_EVERY_MS, startsLater: true },
  ]);
  const syncView = createSyncView(db);
  const { stationCode, installationId, version } = settings;
  const heartbeat = createHeartbeat({
    connector,
    log,
    reach,
    identity: { stationCode, installationId, version },
    readHeads,
    readView: () => syncView.read(reach.view(), sending !== null),
    onServerHead,
  });
  let running: Promise<void> | null = null;
  const stopping = new AbortController();
  let sending: Promise<BatchResult> | null = null;
  let isForced = false;
  let nap = new AbortController();

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      const next = schedule.next();
      const blockedMs = reach.waitMs();
      if ('task' in next && blockedMs === 0) await runTask(next.task);
      else await sleep('waitMs' in next ? Math.max(next.waitMs, blockedMs ?? Infinity) : (blockedMs ?? Infinity));
    }
  }

  async function sleep(ms: number): Promise<void> {
    nap = new AbortController();
    if (stopping.signal.aborted) return;
    // Timers hold at most 24 days; a stopped connector naps in hours until it is resumed.
    await clock.sleep(Math.min(ms, REREAD_EVERY_MS), nap.signal);
  }

  async function runTask(task: Task): Promise<void> {
    try {
      if (task === 'push') await pushSlice();
      else if (task === 'heartbeat') await beat();
      else if (task === 'reread') await reread();
      else await pullSlice(task);
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

  async function pushSlice(): Promise<void> {
    if (isForced || reach.isSendingStopped() || !outbox.hasDue()) return schedule.done('push');
    if (!(await askHead()) || reach.isSendingStopped()) return;
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

  /** One batch at a time, whoever asks. */
  async function sendBatch(): Promise<BatchResult> {
    sending = outbox.sendBatch();
    onChange();
    try {
      const result = await sending;
      if (result.confirmed > 0) syncView.noteConfirmed(clock.nowMs());
      if (result.failure?.class === 'transient') heartbeat.noteSilence();
      if (result.failure !== null) reach.noteFailure(result.failure);
      else if (result.taken > 0) reach.noteAnswer();
      if (result.collision !== null) reach.stop('code_collision', result.collision);
      log.info('documents sent', { taken: result.taken, confirmed: result.confirmed, failure: result.failure?.class });
      return result;
    } finally {
      sending = null;
      onChange();
    }
  }

  async function pullSlice(register: Register): Promise<void> {
    const page = await inbox.pullPage(register);
    if (!page.ok) {
      reach.noteFailure(page.failure);
      // The server answered: this register waits its turn, the others go on.
      if (page.failure.class === 'refused') schedule.done(register);
      return onChange();
    }
    reach.noteAnswer();
    reach.notePull();
    if (heartbeat.isWanted()) schedule.runSoon('heartbeat');
    if (!page.value.more) schedule.done(register);
    if (page.value.isChanged && SMALL_REGISTERS.some((name) => name === register)) onRegisterChange();
    onChange();
  }

  async function reread(): Promise<void> {
    for (const register of CATALOG) {
      const rows = await inbox.reread(register, REREAD_IDS);
      if (!rows.ok) {
        reach.noteFailure(rows.failure);
        break;
      }
      if (rows.value > 0) log.info('late rows', { register, rows: rows.value });
    }
    schedule.done('reread');
  }

  async function beat(): Promise<void> {
    await heartbeat.beat();
    schedule.done('heartbeat');
    onChange();
  }

  async function sendNow(): Promise<SendOutcomeView> {
    const tell = (reason: SendOutcomeView['reason'], sent = 0, confirmed = 0): SendOutcomeView => {
      const left = syncView.read(reach.view(), false).waiting;
      return { ran: reason === null, reason, sent, confirmed, left };
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
        const isOver = failure !== null || result.moved === 0 || stopping.signal.aborted || reach.isSendingStopped();
        if (isOver || !outbox.hasDue()) return tell(null, sent, confirmed);
      }
    } finally {
      isForced = false;
      nap.abort();
    }
  }

  return {
    start: () => {
      running ??= run();
    },
    stop: async () => {
      stopping.abort();
      nap.abort();
      const inFlight = Promise.allSettled([running, sending]);
      await Promise.race([inFlight, clock.sleep(STOP_GRACE_MS)]);
      await connector.close();
      await inFlight;
    },
    wake: () => {
      schedule.runSoon('push');
      nap.abort();
    },
    sendNow,
    pullNow: () => {
      for (const task of [...SMALL_REGISTERS, ...CATALOG]) schedule.runSoon(task);
      nap.abort();
    },
    resume: () => {
      reach.resume();
      for (const task of ['push', 'heartbeat', ...SMALL_REGISTERS, ...CATALOG] as const) schedule.runSoon(task);
      nap.abort();
      onChange();
    },
    haltSending: (reason, text) => {
      reach.stop(reason, text);
      onChange();
    },
    view: () => syncView.read(reach.view(), sending !== null),
  };
}

function reasonOf(failureClass: string): SendOutcomeView['reason'] {
  if (failureClass === 'busy') return 'busy';
  return failureClass === 'password' || failureClass === 'method' ? 'stopped' : 'unreachable';
}
