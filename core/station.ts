import { hostname } from 'node:os';
import { inspect } from 'node:util';
import { join } from 'node:path';
import packageJson from '../package.json' with { type: 'json' };
import { formatInstant } from '../contract/format.ts';
import type { StationEvent } from '../contract/station-api.ts';
import { lockData } from '../db/lock-data.ts';
import { getInstallationId } from '../db/setup-queries.ts';
import { openDatabase } from '../db/open-database.ts';
import { findBrokenLink } from './audit/audit.ts';
import { finishRestore } from './backup/finish-restore.ts';
import { runBackupJob } from './backup/run-backup-job.ts';
import type { Caller } from './caller.ts';
import type { Clock } from './clock.ts';
import { readMethodNamesFile } from './connectors/method-names-file.ts';
import type { MethodNames } from './connectors/millennium/method-names.ts';
import { composeCore } from './compose-core.ts';
import type { AnyReply } from './dispatch.ts';
import { createFileLog } from './log.ts';
import { createPinCheck } from './operator/check-pin.ts';
import { sendBytes } from './printing/send-bytes.ts';
import { createCheckpoints } from './checkpoints.ts';
import type { Random } from './random.ts';
import { createReader } from './reader.ts';
import type { KeyStore } from './setup/key-store.ts';
import { createSecretStore } from './setup/secret-store.ts';
import { createStationHealth } from './station-health.ts';

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
 * The composition root of the process: opens the data folder for it alone and gives the core its ports to the machine.
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
  const reader = createReader(db.file);
  if (replacedIn !== null) log.warn('restore finished', { replacedIn });
  log.info('started', { version, pid: process.pid, schemaVersion: db.schemaVersion });
  const brokenLink = findBrokenLink(db.read, AUDIT_TAIL);
  if (brokenLink !== null) log.error('audit_broken', { sequence: brokenLink });

  function readMethodNames(): MethodNames {
    const { names, changed, problem } = readMethodNamesFile(data);
    if (problem !== null) log.error('method names not used', { problem });
    else if (changed > 0) log.info('method names', { changed });
    return names;
  }

  let hasStorageFailed = false;
  const checkpoints = createCheckpoints({ db, log, onStorageFailure: (error) => core.failStorage(error) });
  const core = composeCore({
    version,
    machine: hostname(),
    data,
    db,
    clock,
    random,
    log,
    secrets,
    checkPin: createPinCheck({ db, clock }),
    reader,
    health: createStationHealth(data, db, startedAtMs),
    runJob: runBackupJob,
    sendBytes,
    readMethodNames,
    callTimeoutMs,
    later: setImmediate,
    onBusy: checkpoints.noteWrite,
    onStorageFailure: () => {
      hasStorageFailed = true;
      onStorageFailure();
    },
  });
  core.start();

  return {
    version,
    data,
    call: core.call,
    onEvent: core.onEvent,
    logCrash: (error) => log.error('crash', { error: inspect(error) }),
    stop: async () => {
      const stopped = core.stop();
      keyStore?.close();
      await stopped;
      await checkpoints.stop();
      // A file whose disk failed is left as it is: to move its log now could cover what is missing in it.
      if (!hasStorageFailed) {
        checkpoints.moveAll();
        db.close();
      }
      lock.release();
      log.info('stopped');
      log.close();
    },
  };
}
