import { hostname } from 'node:os';
import { inspect } from 'node:util';
import { join } from 'node:path';
import packageJson from '../package.json' with { type: 'json' };
import { formatInstant } from '../contract/format.ts';
import type { MethodName, StationEvent } from '../contract/station-api.ts';
import type { StationView } from '../contract/station-views.ts';
import { forgetCommands } from '../db/command-log-queries.ts';
import { lockData } from '../db/lock-data.ts';
import { getInstallationId } from '../db/setup-queries.ts';
import { findMachineFault } from '../db/machine-error.ts';
import { openDatabase } from '../db/open-database.ts';
import { findBrokenLink } from './audit/audit.ts';
import { createBackups } from './backup/backups.ts';
import { finishRestore } from './backup/finish-restore.ts';
import { runBackupJob } from './backup/run-backup-job.ts';
import type { Caller } from './caller.ts';
import type { Clock } from './clock.ts';
import { readMethodNamesFile } from './connectors/method-names-file.ts';
import type { MethodNames } from './connectors/millennium/method-names.ts';
import { createKeptSessions } from './connectors/kept-sessions.ts';
import { createSkippedRows } from './connectors/skipped-rows.ts';
import { createMillenniumConnector } from './connectors/millennium/millennium-connector.ts';
import { composeHandlers } from './compose-handlers.ts';
import { createDispatcher, type AnyReply } from './dispatch.ts';
import { createFileLog } from './log.ts';
import { createPinCheck } from './operator/check-pin.ts';
import { createPrinting } from './printing/printing.ts';
import { sendBytes } from './printing/send-bytes.ts';
import { createQuietCheckpoint } from './quiet-checkpoint.ts';
import type { Random } from './random.ts';
import { createReader } from './reader.ts';
import { createReplication } from './replication.ts';
import { saleQueries } from './sale/sale-queries.ts';
import { createSetup } from './setup/create-setup.ts';
import type { Connect } from './setup/enrol-station.ts';
import { createServerClock } from './setup/server-clock.ts';
import { createSuccessorWatch } from './setup/successor.ts';
import type { KeyStore } from './setup/key-store.ts';
import { createSecretStore } from './setup/secret-store.ts';
import { createStationEvents } from './station-events.ts';
import { createStationHealth } from './station-health.ts';
import { getStationView } from './station-view.ts';

/** A decided command is remembered this long: nobody repeats one of last week. */
const COMMANDS_KEPT_MS = 7 * 86_400_000;
/** Links of the audit chain checked at start: the tail, where a forger would write. */
const AUDIT_TAIL = 200;

/** What a station runs on: its folder and its ports to the world. */
export type StationOptions = {
  readonly data: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly callTimeoutMs: number;
  /** The system's own, null when it is switched off: passwords are then kept in a file. */
  readonly keyStore: KeyStore | null;
  readonly onStorageFailure: () => void;
};

/** A running station. */
export type Station = {
  readonly version: string;
  readonly data: string;
  /** Answers a call; `caller` gets no event for what its own command changed. */
  readonly call: (method: string, input: unknown, caller?: Caller) => Promise<AnyReply>;
  readonly onEvent: (listener: (event: StationEvent) => void, caller: Caller) => () => void;
  readonly logCrash: (error: unknown) => void;
  /** Ends in order: what is being sent is let finish or left as unknown, the lock is given back. */
  readonly stop: () => Promise<void>;
};

/**
 * The composition root: opens the data folder for this process alone and puts the parts together.
 *
 * Throws `MachineError` when the folder is held by another core, the database is newer or broken, or the disk is full.
 */
export async function startStation({
  data,
  clock,
  random,
  callTimeoutMs,
  keyStore,
  onStorageFailure,
}: StationOptions): Promise<Station> {
  const { version } = packageJson;
  const startedAtMs = clock.nowMs();
  const since = formatInstant(new Date(startedAtMs).toISOString());
  const lock = lockData(data, `processo ${process.pid}, desde ${since}`);
  const replacedIn = finishRestore(data);
  const db = openDatabase(join(data, 'station.db'), { nowMs: clock.nowMs, newId: random.newId });
  const log = createFileLog(join(data, 'logs'), clock.nowMs);
  const secrets = createSecretStore({
    data,
    keyStore,
    accountOf: (name) => `${getInstallationId(db.read)}/${name}`,
    clock,
    log,
  });
  const events = createStationEvents();
  const health = createStationHealth(data, db, startedAtMs);
  const reader = createReader(db.file);
  if (replacedIn !== null) log.warn('restore finished', { replacedIn });
  log.info('started', { version, pid: process.pid, schemaVersion: db.schemaVersion });
  const brokenLink = findBrokenLink(db.read, AUDIT_TAIL);
  if (brokenLink !== null) log.error('audit_broken', { sequence: brokenLink });
  db.write((tx) => forgetCommands(tx, startedAtMs - COMMANDS_KEPT_MS));

  let storageFailure: AnyReply | null = null;

  const serverClock = createServerClock({ db, clock });
  function readMethodNames(): MethodNames {
    const { names, changed, problem } = readMethodNamesFile(data);
    if (problem !== null) log.error('method names not used', { problem });
    else if (changed > 0) log.info('method names', { changed });
    return names;
  }
  const successor = createSuccessorWatch(db);
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
          timeoutMs: callTimeoutMs,
          sessions: createKeptSessions(db, clock, login),
          nameOf: readMethodNames(),
          noteRows: createSkippedRows(db, clock),
          identity: { version, machine: hostname(), replaces: login.replacesStationCode ?? '' },
        }),
      ),
    );
  const replication = createReplication({
    db,
    clock,
    random,
    log,
    secrets,
    connect,
    version,
    onRegisterChange: () => events.emit('station.changed', viewStation),
    onStorageFailure: failStorage,
    onChange: () => events.emit('sync.changed', replication.view),
  });
  const checkPin = createPinCheck({ db, clock });
  const setup = createSetup({
    checkPin,
    data,
    db,
    clock,
    log,
    secrets,
    version,
    connect,
    currentConnector: replication.connector,
    openInbox: replication.openInbox,
    findSuccessor: successor.find,
    whileDisconnected: replication.whileDisconnected,
    stationView: viewStation,
    onStorageFailure: failStorage,
    onChange: (change) => {
      if (change === 'load') events.emit('load.changed', () => setup.view().load);
      else events.emit('station.changed', viewStation);
      if (change === 'enrolment') replication.restart();
      else replication.start();
    },
  });

  const backups = createBackups({
    data,
    db,
    clock,
    log,
    runJob: runBackupJob,
    onStorageFailure: failStorage,
    onChange: () => events.emit('station.changed', viewStation),
  });

  const printing = createPrinting({
    db,
    clock,
    log,
    sendBytes,
    onStorageFailure: failStorage,
    onChange: () => events.emit('station.changed', viewStation),
  });

  /** From here on no answer can be trusted: every call is refused until a new core opened the file again. */
  function failStorage(error: unknown): void {
    if (storageFailure !== null) return;
    const fault = findMachineFault(error);
    const detail = fault !== null && 'detail' in fault ? fault.detail : String(error);
    storageFailure = { ok: false, error: { code: 'storage_failed', detail } };
    log.error('storage failed', { detail });
    onStorageFailure();
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

  const handlers = composeHandlers({
    db,
    clock,
    random,
    checkPin,
    health,
    events,
    viewStation,
    serverClock,
    setup,
    replication,
    backups,
    printing,
  });

  let isStopped = false;
  const quietCheckpoint = createQuietCheckpoint({ db, log, onStorageFailure: failStorage });
  let woken: NodeJS.Immediate | null = null;
  function onDecided(method: MethodName, caller: Caller | null): void {
    // A customer who changes may be the one of the sale being rung.
    if (method.startsWith('sale.') || method.startsWith('customer.')) {
      events.emit(
        'sale.changed',
        () => {
          const current = saleQueries['sale.current'](db.read, {});
          return current.ok ? current.value : null;
        },
        caller,
      );
    } else events.emit('station.changed', viewStation, caller);
    if (method === 'cashSession.close') replication.closeDay();
    backups.noteDecided(method);
    // After the reply has left: nobody at the till waits for what these look up.
    woken ??= setImmediate(() => {
      woken = null;
      if (isStopped) return;
      replication.wake();
      printing.wake();
    });
    quietCheckpoint.noteWrite();
  }

  const dispatch = createDispatcher({
    handlers,
    db,
    clock,
    random,
    log,
    reader,
    onDecided,
    onStorageFailure: failStorage,
  });
  replication.start();
  setup.start();
  backups.start();
  printing.start();

  return {
    version,
    data,
    call: (method, input, caller) => {
      if (storageFailure !== null) return Promise.resolve(storageFailure);
      if (isStopped) return Promise.resolve({ ok: false, error: { code: 'station_stopped' } });
      return dispatch(method, input, caller ?? null);
    },
    onEvent: events.on,
    logCrash: (error) => log.error('crash', { error: inspect(error) }),
    stop: async () => {
      isStopped = true;
      secrets.stop();
      keyStore?.close();
      await Promise.all([setup.stop(), replication.stop(), backups.stop(), printing.stop()]);
      await reader.stop();
      health.stop();
      quietCheckpoint.end();
      db.close();
      lock.release();
      log.info('stopped');
      log.close();
    },
  };
}
