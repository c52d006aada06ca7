import type { SendOutcomeView, SyncView } from '../../contract/station-views.ts';
import type { Database } from '../../db/database-types.ts';
import { sumWaiting } from '../../db/outbox-queries.ts';
import { sendingToUnknown } from '../../db/outbox-writes.ts';
import { findMark, saveMark } from '../../db/sync-mark-queries.ts';
import type { Clock } from '../clock.ts';
import type { Connector } from '../connectors/connector.ts';
import type { Log } from '../log.ts';
import type { Random } from '../random.ts';
import { createAuditDelivery } from './audit-delivery.ts';
import { createCashDelivery } from './cash-delivery.ts';
import { createBreakers } from './breakers.ts';
import { createCompletedElsewhere } from './completed-elsewhere.ts';
import { createDayJobs } from './day-jobs.ts';
import { createHeartbeat, type StationHeads } from './heartbeat.ts';
import { createInbox, isCursorRegister, type Register } from './inbox.ts';
import { createLink } from './link.ts';
import { createOutbox } from './outbox.ts';
import { createPullLoop } from './pull-loop.ts';
import { createPushLoop } from './push-loop.ts';
import { createReachability } from './reachability.ts';
import { createScheduler } from './scheduler.ts';
import { createServerHeads } from './server-heads.ts';
import { createSendNow } from './send-now.ts';
import { SMALL_REGISTERS } from './small-registers.ts';
import { createSyncView } from './sync-view.ts';
import { createTaskLoop } from './task-loop.ts';
import { createVersionGate } from './version-gate.ts';
import { CATALOG, TASKS, type Task } from './tasks.ts';
import { createVerification } from './verification.ts';

/** Documents in one batch; the default of seed 000. */
const BATCH_SIZE = 50;
/** A call in flight may take this long to end by itself when the core stops; then it is cut. */
const STOP_GRACE_MS = 2_000;

/**
 * Brings documents out and registers in, and keeps on doing so whatever the server does.
 *
 *   task-loop: which slice next, and when ---> push-loop: documents out    (outbox)
 *      | asks                                  pull-loop: registers in     (inbox)
 *   scheduler: what is due                     heartbeat: how far the ERP knows us
 *   reachability: may the server be asked <--- link: what each answer means
 *   breakers: may this method be asked   <----/
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
  /**
   * Goes on after a person dealt with what stopped the connector; what that covered is told next. `server`: only what the
   * server itself was stopped for, as another address says nothing of a copied disk.
   */
  readonly resume: (what: 'all' | 'server') => void;
  /** A cash session was closed: its day is compared with the ERP as soon as it may. */
  readonly closeDay: () => void;
  /** A comparison by hand showed that the ERP lost what it had confirmed: all that is left here is looked up. */
  readonly lookUpLost: () => void;
  /** Reads a register again from its first row. */
  readonly reload: (register: Register) => void;
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
  /** The ERP answered a heartbeat: what waited for its first words may ask. */
  readonly onServerHead?: () => void;
  /** People, policies, payment types: a register that is read whole says something else than before. */
  readonly onRegisterChange?: () => void;
  /** The disk failed under a task: nothing is done here any more, as nobody knows what was written. */
  readonly onStorageFailure: (error: unknown) => void;
  readonly onChange: () => void;
}): Replicator {
  const unknown = db.write((tx) => sendingToUnknown(tx));
  if (unknown > 0) log.info('documents to look up', { unknown });
  const { stationCode, installationId, version } = settings;
  const reach = createReachability({ name: connector.name, db, clock, random, log });
  const breakers = createBreakers<Task>({ clock, log, sendingTask: 'push' });
  const schedule = createScheduler<Task>(clock, TASKS);
  const link = createLink({
    reach,
    breakers,
    schedule,
    heartbeat: { isOffered: () => heartbeat.isOffered() },
  });
  const outbox = createOutbox({ connector, db, clock, random, log, batchSize: settings.batchSize ?? BATCH_SIZE });
  const inbox = createInbox({ connector, db, clock, log, settings });
  const syncView = createSyncView(db);
  let serverAnchor: { readonly serverMs: number; readonly monotonicMs: number } | null = null;
  const view = (): SyncView => syncView.read(reach.view(), push.inFlight() !== null, breakers.view());
  const heartbeat = createHeartbeat({
    connector,
    note: {
      answer: () => link.noteAnswer('heartbeat'),
      failure: (failure) => link.noteFailure('heartbeat', failure),
      isBroken: () => breakers.isOpen('heartbeat'),
    },
    identity: { stationCode, installationId, version },
    readHeads,
    readView: view,
    sumWaitingCents: () => sumWaiting(db.read).cents,
    onServerHead: (head) => {
      const serverMs = Date.parse(head.serverAt ?? '');
      serverAnchor = Number.isNaN(serverMs) ? null : { serverMs, monotonicMs: clock.monotonicMs() };
      heads.note(head);
      onServerHead();
    },
  });
  const shared = { heartbeat, reach, link, schedule, log, onChange };
  const pull = createPullLoop({
    ...shared,
    inbox,
    isBroken: breakers.isOpen,
    onRegisterChange,
    clock,
    onServerBehind: () => verification.begin('perhaps', findMark(db.read, 'catalog_whole')?.atMs ?? 0),
    onServerWhole: (atMs) => db.write((tx) => saveMark(tx, 'catalog_whole', { atMs })),
  });
  const push = createPushLoop({
    ...shared,
    outbox,
    syncView,
    clock,
    isStopping: () => loop.isStopping(),
    onServerBehind: (certainty, knownGoodMs) => verification.begin(certainty, knownGoodMs),
    onIdle: () => loop.wake(),
  });
  const verification = createVerification({
    ...shared,
    connector,
    db,
    clock,
    random,
    onLost: () => runSoon(['push', 'audit']),
    // Ids are counted anew there: what is here may be of rows that are gone.
    onCertain: () => {
      tellAgain();
      reload(CATALOG);
    },
    // A backup of before the first sale of the day took the drawer's opening and audit rows along, and no sale.
    onWhole: () => tellAgain(),
  });
  const heads = createServerHeads({
    db,
    clock,
    identity: { stationCode, installationId },
    halt: (reason, text) => {
      // The first reason stays: whoever heals that one accepts the others with it.
      if (!reach.isSendingStopped()) reach.stop(reason, text);
      schedule.runSoon('elsewhere');
      onChange();
    },
    onServerBehind: verification.begin,
  });
  const elsewhere = createCompletedElsewhere({
    ...shared,
    connector,
    db,
    clock,
    onKnown: () => {
      runSoon(['push']);
      onChange();
    },
  });
  const mayDeliver = (): boolean => !reach.isSendingStopped() && heartbeat.isHeadKnown();
  const audit = createAuditDelivery({ ...shared, connector, db, mayDeliver });
  const cash = createCashDelivery({ ...shared, connector, db, clock, mayDeliver });
  const daily = createDayJobs({
    ...shared,
    connector,
    db,
    clock,
    inbox,
    rereadFrom: pull.rereadFrom,
    findServerMs: () =>
      serverAnchor === null ? null : serverAnchor.serverMs + clock.monotonicMs() - serverAnchor.monotonicMs,
    random,
    onLost: lookUpLost,
  });
  const loop = createTaskLoop({ clock, log, reach, breakers, link, schedule, runSlice, onStorageFailure });
  const versionGate = createVersionGate({ connector, reach, link, version });
  let running: Promise<void> | null = null;

  async function askVersion(): Promise<void> {
    await versionGate.ask();
    schedule.done('version');
    onChange();
  }

  async function runSlice(task: Task): Promise<void> {
    if (task === 'version') return askVersion();
    await runOther(task);
    if (versionGate.isWanted()) schedule.runSoon('version');
  }

  function runOther(task: Exclude<Task, 'version'>): Promise<void> {
    if (task === 'push') return push.slice();
    if (task === 'cash') return cash.slice();
    if (task === 'heartbeat') return beat();
    if (task === 'elsewhere') return elsewhere.slice();
    if (task === 'verify') return verification.slice();
    if (task === 'audit') return audit.slice();
    if (task === 'daily') return daily.slice();
    return task === 'reread' ? pull.reread() : pull.slice(task);
  }

  async function beat(): Promise<void> {
    await heartbeat.beat();
    schedule.done('heartbeat');
    onChange();
  }

  /** A day that lacks something says nothing of since when: all that is left here is looked up. */
  function lookUpLost(): void {
    verification.begin('likely', 0);
    runSoon(['push']);
  }

  /** What happened to the drawer and the audit chain cannot be looked up there; the same again changes nothing. */
  function tellAgain(): void {
    cash.tellAgain();
    audit.tellAgain();
  }

  function reload(registers: readonly Register[]): void {
    for (const register of registers) if (isCursorRegister(register)) inbox.readWhole(register);
    runSoon(registers);
  }

  function runSoon(tasks: readonly Task[]): void {
    for (const task of tasks) schedule.runSoon(task);
    loop.wake();
  }

  return {
    start: () => {
      running ??= loop.run();
    },
    stop: async () => {
      loop.stop();
      const inFlight = Promise.allSettled([running, push.inFlight(), cash.inFlight()]);
      await Promise.race([inFlight, clock.sleep(STOP_GRACE_MS)]);
      await connector.close();
      await inFlight;
    },
    wake: () => runSoon(['push', 'cash']),
    sendNow: createSendNow({ push, cash, countWaiting: () => syncView.countWaiting() }),
    pullNow: () => runSoon([...SMALL_REGISTERS, ...CATALOG]),
    resume: (what) => {
      // Who mends a password has not looked at what the heads tell.
      if (what === 'all' && !reach.isStopped()) heads.accept();
      reach.resume(what);
      breakers.closeAll();
      runSoon(['version', 'push', 'cash', 'heartbeat', 'audit', ...SMALL_REGISTERS, ...CATALOG]);
      onChange();
    },
    closeDay: () => runSoon(['daily']),
    lookUpLost,
    reload: (register) => {
      reload([register]);
      onChange();
    },
    view,
  };
}
