import { findCurrentOperator } from '../db/operator-queries.ts';
import type { MethodRefusal } from '../contract/station-api.ts';
import { ok, refuse, type Result } from '../contract/result.ts';
import type { SyncView } from '../contract/station-views.ts';
import type { Database } from '../db/database-types.ts';
import { isStorageFailure } from '../db/machine-error.ts';
import { findAuditHead } from '../db/audit-queries.ts';
import { findNewestPending } from '../db/outbox-queries.ts';
import {
  findEnrolment,
  getInstallationId,
  isLoadComplete,
  lastOfSequence,
  setIntegrationEnabled,
} from '../db/setup-queries.ts';
import { appendAudit } from './audit/audit.ts';
import { createSalesSince } from './backup/report-sales-since.ts';
import type { Clock } from './clock.ts';
import type { Connector } from './connectors/connector.ts';
import { readAhead } from './connectors/read-ahead.ts';
import type { ActionHandler, QueryHandler } from './handlers.ts';
import type { Log } from './log.ts';
import type { Leave } from './operator/administer.ts';
import type { Random } from './random.ts';
import type { Connect } from './setup/enrol-station.ts';
import type { OpenInbox } from './setup/load-source.ts';
import { refuseIdle } from './setup/why-idle.ts';
import { ERP_PASSWORD, type SecretStore } from './setup/secret-store.ts';
import { createThrottle } from './throttle.ts';
import { PACE } from './sync/apply-in-slices.ts';
import { createDocumentHandlers, type DocumentHandlers } from './sync/document-handlers.ts';
import { idleState } from './sync/idle-state.ts';
import { createInbox } from './sync/inbox.ts';
import { createResume } from './sync/resume.ts';
import { createReconcileHandlers } from './sync/reconcile-handlers.ts';
import { createReplicator, type Replicator } from './sync/replicator.ts';
import { createSyncView } from './sync/sync-view.ts';

/** A badge that changes five times a second is not read; the last change of a burst is always told. */
const VIEW_INTERVAL_MS = 200;

/**
 * The replicator of this station, as soon as it is enrolled and loaded; none before.
 *
 * `restart` takes over another server or password: what is in flight ends first.
 */
export type Replication = {
  readonly start: () => void;
  readonly restart: () => void;
  readonly wake: () => void;
  /** A cash session was closed: its day is compared with the ERP. */
  readonly closeDay: () => void;
  readonly stop: () => Promise<void>;
  readonly view: () => SyncView;
  readonly connector: () => Connector | null;
  /** The same once a start that is under way has come to its end: right after a start it reads the password. */
  readonly startedConnector: () => Promise<Connector | null>;
  /** The same while the ERP answers; null when nobody should wait for it. */
  readonly onlineConnector: () => Connector | null;
  readonly openInbox: OpenInbox;
  /** Lets go of the ERP while `work` uses the login; what stopped the connector is forgotten when it went well. */
  readonly whileDisconnected: <Value, Refused>(
    work: () => Promise<Result<Value, Refused>>,
  ) => Promise<Result<Value, Refused>>;
  readonly handlers: {
    readonly 'sync.view': QueryHandler<'sync.view'>;
    readonly 'sync.sendNow': ActionHandler<'sync.sendNow'>;
    readonly 'sync.resume': ActionHandler<'sync.resume'>;
    readonly 'sync.setIntegration': ActionHandler<'sync.setIntegration'>;
    readonly 'catalog.reload': ActionHandler<'catalog.reload'>;
  } & DocumentHandlers &
    ReturnType<typeof createReconcileHandlers>;
};

/** A person unlocks the key store when logging in to the machine; asking it costs a process. */
const KEY_STORE_RETRY_MS = 60_000;

export function createReplication(ports: {
  readonly db: Database;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly secrets: SecretStore;
  readonly connect: Connect;
  readonly version: string;
  /** Most rows asked for in a page of the catalogue; without it the inbox decides. */
  readonly pageSize?: number;
  /** A register of people, policies or payment types changed. */
  readonly onRegisterChange: () => void;
  readonly onStorageFailure: (error: unknown) => void;
  readonly onChange: () => void;
}): Replication {
  const { db, clock, log, secrets, connect } = ports;
  const idleView = createSyncView(db);
  const salesSince = createSalesSince({ db, clock, log, onStorageFailure: ports.onStorageFailure });
  const notify = createThrottle(clock, VIEW_INTERVAL_MS, ports.onChange);
  let running: { readonly replicator: Replicator; readonly connector: Connector } | null = null;
  let isStopping = false;
  /** Somebody else uses the login. */
  let isHeld = false;
  /** The newest document of which the view was told. */
  let newestTold = findNewestPending(db.read);
  /** Why the password cannot be read now, while it is in a key store that does not answer. */
  let silentKeyStore: string | null = null;
  // Stopping and starting happen one after another: one login is one session at the ERP.
  let turn: Promise<void> = Promise.resolve();

  function inTurn(work: () => Promise<void> | void): Promise<void> {
    turn = turn.then(work).catch((error: unknown) => {
      log.error('replication did not start or stop', { error: error instanceof Error ? error.stack : String(error) });
      if (isStorageFailure(error)) ports.onStorageFailure(error);
    });
    return turn;
  }

  const startedConnector = (): Promise<Connector | null> => turn.then(() => running?.connector ?? null);

  async function startNow(): Promise<void> {
    const enrolment = findEnrolment(db.read);
    if (running !== null || isStopping || enrolment === null || isHeld) return;
    if (!enrolment.integrationEnabled || !isLoadComplete(db.read)) return;
    const password = await secrets.find(ERP_PASSWORD);
    if (isStopping) return;
    // An empty password instead would stop the connector for good, and perhaps lock the login at the ERP.
    if (password.state === 'unavailable') return waitForPassword(password.reason);
    silentKeyStore = null;
    const connector = connect(enrolment, password.state === 'kept' ? password.secret : '');
    const replicator = createReplicator({
      ...ports,
      connector,
      settings: {
        stationCode: enrolment.stationCode,
        installationId: getInstallationId(db.read),
        version: ports.version,
        ...(ports.pageSize === undefined ? {} : { pageSize: ports.pageSize }),
      },
      readHeads: () => ({ lastNumber: lastOfSequence(db.read, 'sale'), auditHead: findAuditHead(db.read).hash }),
      onServerHead: () => salesSince.ask(connector),
      onChange: notify.request,
    });
    running = { replicator, connector };
    replicator.start();
    notify.request();
  }

  function waitForPassword(reason: string): void {
    if (silentKeyStore === null) log.error('key store does not answer', { reason });
    silentKeyStore = reason;
    notify.request();
    void clock.sleep(KEY_STORE_RETRY_MS).then(() => inTurn(startNow));
  }

  async function stopNow(): Promise<void> {
    const stopped = running;
    running = null;
    if (stopped === null) return;
    await stopped.replicator.stop();
    await stopped.connector.close();
  }

  function view(): SyncView {
    return running?.replicator.view() ?? idleView.read(idleState(db.read, silentKeyStore), false, []);
  }

  async function setIntegration(
    { enabled }: { readonly enabled: boolean },
    leave: Leave,
  ): Promise<Result<SyncView, MethodRefusal<'sync.setIntegration'>>> {
    const enrolment = findEnrolment(db.read);
    if (enrolment === null) return refuse({ code: 'station_not_enrolled' });
    if (enrolment.integrationEnabled !== enabled) {
      db.write((tx) => {
        const atMs = clock.nowMs();
        leave.use(tx, atMs);
        setIntegrationEnabled(tx, enabled);
        appendAudit(tx, {
          atMs,
          operatorCode: findCurrentOperator(tx)?.operatorCode ?? null,
          action: enabled ? 'integration_on' : 'integration_off',
          subjectId: enrolment.stationCode,
        });
      });
    }
    await inTurn(enabled ? startNow : stopNow);
    notify.request();
    return ok(view());
  }

  const resume = createResume({
    db,
    clock,
    secrets,
    connect,
    view,
    stop: () => inTurn(stopNow),
    start: () => inTurn(startNow),
    resumeRunning: () => running?.replicator.resume('all'),
  });
  const reconciliation = createReconcileHandlers({
    db,
    clock,
    random: ports.random,
    connector: startedConnector,
    onCompared: (isLost) => {
      if (isLost) running?.replicator.lookUpLost();
      notify.request();
    },
  });
  const documents = createDocumentHandlers({
    db,
    clock,
    connector: startedConnector,
    view,
    onChange: notify.request,
  });

  return {
    start: () => void inTurn(startNow),
    restart: () =>
      void inTurn(async () => {
        await stopNow();
        await startNow();
      }),
    wake: () => {
      // No try of sending tells of a new document while the back-off lasts, or while nobody asks the ERP.
      const newest = findNewestPending(db.read);
      if (newest !== newestTold) notify.request();
      newestTold = newest;
      running?.replicator.wake();
    },
    closeDay: () => running?.replicator.closeDay(),
    stop: async () => {
      isStopping = true;
      notify.stop();
      await inTurn(stopNow);
    },
    view,
    connector: () => running?.connector ?? null,
    startedConnector,
    onlineConnector: () => (view().reachability === 'online' ? (running?.connector ?? null) : null),
    openInbox: (connector) => {
      const stationCode = findEnrolment(db.read)?.stationCode ?? '';
      const settings = { stationCode, pace: PACE.whileClosed };
      const inbox = createInbox({ connector: readAhead(connector), db, clock, log, settings });
      return (register, onRows) => inbox.pull(register, onRows);
    },
    whileDisconnected: async (work) => {
      await inTurn(() => {
        isHeld = true;
        return stopNow();
      });
      let isWell = false;
      try {
        const result = await work();
        isWell = result.ok;
        return result;
      } finally {
        isHeld = false;
        await inTurn(startNow);
        if (isWell) running?.replicator.resume('server');
      }
    },
    handlers: {
      'sync.view': () => ok(view()),
      ...documents,
      ...reconciliation,
      'sync.sendNow': async () => {
        await turn;
        if (running !== null) return ok(await running.replicator.sendNow());
        const { reachability } = idleState(db.read, silentKeyStore);
        return ok({ ran: false, reason: reachability, sent: 0, confirmed: 0, left: 0 });
      },
      'sync.resume': resume,
      'sync.setIntegration': setIntegration,
      'catalog.reload': async ({ register }) => {
        await turn;
        if (running === null) return refuseIdle(db);
        running.replicator.reload(register);
        return ok(view());
      },
    },
  };
}
