import type { MethodName, StationEvent } from '../contract/station-api.ts';
import type { StationView } from '../contract/station-views.ts';
import { forgetCommands } from '../db/command-log-queries.ts';
import type { Database } from '../db/database-types.ts';
import { findMachineFault } from '../db/machine-error.ts';
import { createBackups } from './backup/backups.ts';
import type { RunBackupJob } from './backup/run-backup-job.ts';
import type { Caller } from './caller.ts';
import type { Clock } from './clock.ts';
import { composeHandlers } from './compose-handlers.ts';
import type { Http } from './connectors/http.ts';
import { createKeptSessions } from './connectors/kept-sessions.ts';
import type { MethodNames } from './connectors/millennium/method-names.ts';
import { createMillenniumConnector } from './connectors/millennium/millennium-connector.ts';
import { createSkippedRows } from './connectors/skipped-rows.ts';
import { createDispatcher, type AnyReply } from './dispatch.ts';
import type { Log } from './log.ts';
import type { CheckPin } from './operator/check-pin.ts';
import { createPrinting } from './printing/printing.ts';
import type { SendBytes } from './printing/send-bytes.ts';
import type { Random } from './random.ts';
import type { Reader } from './reader.ts';
import { createReplication } from './replication.ts';
import { saleQueries } from './sale/sale-queries.ts';
import { createSetup } from './setup/create-setup.ts';
import type { Connect } from './setup/enrol-station.ts';
import type { SecretStore } from './setup/secret-store.ts';
import { createServerClock } from './setup/server-clock.ts';
import { createSuccessorWatch } from './setup/successor.ts';
import { createStationEvents } from './station-events.ts';
import type { StationHealth } from './station-health.ts';
import { getStationView } from './station-view.ts';

/** A decided command is remembered this long: nobody repeats one of last week. */
const COMMANDS_KEPT_MS = 7 * 86_400_000;

/** What a core runs on: each way out of it to the machine, its threads and the network. */
export type CorePorts = {
  readonly version: string;
  /** The machine's name, for the ERP's list of stations. */
  readonly machine: string;
  readonly data: string;
  readonly db: Database;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly secrets: SecretStore;
  readonly checkPin: CheckPin;
  readonly reader: Reader;
  readonly health: StationHealth;
  readonly runJob: RunBackupJob;
  readonly sendBytes: SendBytes;
  readonly readMethodNames: () => MethodNames;
  /** The network; the machine's own without it. */
  readonly openHttp?: () => Http;
  readonly callTimeoutMs: number;
  /** Most rows asked for in a page of the catalogue; the product's own number without it. */
  readonly pageSize?: number;
  /** Runs `work` when the reply of this turn has left. */
  readonly later: (work: () => void) => void;
  /** A command was decided: what is done in a quiet moment waits anew. */
  readonly onBusy: () => void;
  readonly onStorageFailure: () => void;
};

/** The parts of a station, put together; nothing runs before `start`. */
export type Core = {
  readonly start: () => void;
  /** Answers a call; `caller` gets no event for what its own command changed. */
  readonly call: (method: string, input: unknown, caller?: Caller) => Promise<AnyReply>;
  readonly onEvent: (listener: (event: StationEvent) => void, caller: Caller) => () => void;
  /** The disk failed under something beside the core: nothing is trusted from here on. */
  readonly failStorage: (error: unknown) => void;
  /** Ends in order: what is being sent is let finish or left as unknown. */
  readonly stop: () => Promise<void>;
};

/** The one composition of a core: the process that ships and the simulation differ in their ports alone. */
export function composeCore(ports: CorePorts): Core {
  // A part that finds its disk failed tells `failStorage`, which closes this core before anybody else hears of it.
  const { onStorageFailure: tellStorageFailure, ...machine } = ports;
  const { version, db, clock, random, log } = machine;
  db.write((tx) => forgetCommands(tx, clock.nowMs() - COMMANDS_KEPT_MS));
  const events = createStationEvents();
  const serverClock = createServerClock({ db, clock });
  const successor = createSuccessorWatch(db);
  let storageFailure: AnyReply | null = null;
  let isStopped = false;
  let isWaking = false;

  const connect: Connect = (login, password) =>
    successor.watch(
      serverClock.watch(
        createMillenniumConnector({
          serverUrl: login.serverUrl,
          user: login.serverUser,
          password,
          clock,
          random,
          log,
          timeoutMs: ports.callTimeoutMs,
          sessions: createKeptSessions(db, clock, login),
          nameOf: ports.readMethodNames(),
          noteRows: createSkippedRows(db, clock),
          identity: { version, machine: ports.machine, replaces: login.replacesStationCode ?? '' },
          ...(ports.openHttp === undefined ? {} : { http: ports.openHttp() }),
        }),
      ),
    );
  const tellStation = (): void => events.emit('station.changed', viewStation);
  const replication = createReplication({
    ...machine,
    connect,
    onRegisterChange: tellStation,
    onStorageFailure: failStorage,
    onChange: () => events.emit('sync.changed', replication.view),
  });
  const setup = createSetup({
    ...machine,
    connect,
    currentConnector: replication.connector,
    openInbox: replication.openInbox,
    findSuccessor: successor.find,
    whileDisconnected: replication.whileDisconnected,
    stationView: viewStation,
    onStorageFailure: failStorage,
    onChange: (change) => {
      if (change === 'load') return events.emit('load.changed', () => setup.view().load);
      tellStation();
      if (change === 'enrolment') replication.restart();
      else replication.start();
    },
  });
  const backups = createBackups({ ...machine, onStorageFailure: failStorage, onChange: tellStation });
  const printing = createPrinting({ ...machine, onStorageFailure: failStorage, onChange: tellStation });

  /** From here on no answer can be trusted: every call is refused until a new core opened the file again. */
  function failStorage(error: unknown): void {
    if (storageFailure !== null) return;
    const fault = findMachineFault(error);
    const detail = fault !== null && 'detail' in fault ? fault.detail : String(error);
    storageFailure = { ok: false, error: { code: 'storage_failed', detail } };
    log.error('storage failed', { detail });
    tellStorageFailure();
  }

  function viewStation(): StationView {
    return getStationView(db.read, {
      version,
      schemaVersion: db.schemaVersion,
      nowMs: clock.nowMs(),
      sync: replication.view(),
      backup: backups.view(),
      printing: printing.view(),
      ...setup.view(),
    });
  }

  function onDecided(method: MethodName, caller: Caller | null): void {
    // A customer who changes may be the one of the sale being rung.
    if (method.startsWith('sale.') || method.startsWith('customer.'))
      events.emit('sale.changed', findCurrentSale, caller);
    else events.emit('station.changed', viewStation, caller);
    if (method === 'cashSession.close') replication.closeDay();
    backups.noteDecided(method);
    // After the reply has left: nobody at the till waits for what these look up.
    if (!isWaking) ports.later(wake);
    isWaking = true;
    ports.onBusy();
  }

  function wake(): void {
    isWaking = false;
    if (isStopped) return;
    replication.wake();
    printing.wake();
  }

  function findCurrentSale() {
    const current = saleQueries['sale.current'](db.read, {});
    return current.ok ? current.value : null;
  }

  const handlers = composeHandlers({
    ...machine,
    events,
    viewStation,
    serverClock,
    setup,
    replication,
    backups,
    printing,
  });
  const dispatch = createDispatcher({ ...machine, handlers, onDecided, onStorageFailure: failStorage });

  return {
    start: () => {
      replication.start();
      setup.start();
      backups.start();
      printing.start();
    },
    call: (method, input, caller) => {
      if (storageFailure !== null) return Promise.resolve(storageFailure);
      if (isStopped) return Promise.resolve({ ok: false, error: { code: 'station_stopped' } });
      return dispatch(method, input, caller ?? null);
    },
    onEvent: events.on,
    failStorage,
    stop: async () => {
      isStopped = true;
      machine.secrets.stop();
      await Promise.all([setup.stop(), replication.stop(), backups.stop(), printing.stop()]);
      await machine.reader.stop();
      machine.health.stop();
    },
  };
}
