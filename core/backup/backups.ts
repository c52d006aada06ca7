import { findCurrentOperator } from '../../db/operator-queries.ts';
import { isAbsolute, relative, resolve } from 'node:path';
import { ok, refuse } from '../../contract/result.ts';
import type { BackupPlaceView, BackupView } from '../../contract/backup-api.ts';
import type { MethodName } from '../../contract/station-api.ts';
import { findBackupPlace, forgetBackupPlace, saveBackupPlace, type BackupPlace } from '../../db/backup-queries.ts';
import type { Database } from '../../db/database-types.ts';
import { isStorageFailure } from '../../db/machine-error.ts';
import { getInstallationId } from '../../db/setup-queries.ts';
import { appendAudit } from '../audit/audit.ts';
import type { Clock } from '../clock.ts';
import type { ActionHandler, QueryHandler } from '../handlers.ts';
import type { Log } from '../log.ts';
import { firstFolder, PLACES, viewPlace, viewRestoration } from './backup-view.ts';
import type { MadeBackup } from './make-backup.ts';
import type { RunBackupJob } from './run-backup-job.ts';

/** At most an hour of sales is only on the station's own disk and at the ERP. */
const EVERY_MS = 3_600_000;
/** What failed is tried again sooner: a stick that was out is in again. */
const RETRY_MS = 600_000;
/** After the start the first customers come before the copy. */
const FIRST_AFTER_MS = 60_000;
/** A copy of some gigabytes to a slow stick; then the place counts as not answering. */
const JOB_TIMEOUT_MS = 900_000;
/** A backup that is nearly done is let finish when the station closes: closing the drawer often comes just before. */
const STOP_GRACE_MS = 2_500;

export type BackupPorts = {
  readonly data: string;
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly runJob: RunBackupJob;
  readonly onStorageFailure: (error: unknown) => void;
  readonly onChange: () => void;
};

/** Keeps copies of the database in two places, on other threads than the till's. */
export type Backups = {
  readonly start: () => void;
  /** A command was decided: closing a drawer asks for a copy at once. */
  readonly noteDecided: (method: MethodName) => void;
  readonly view: () => BackupView;
  readonly stop: () => Promise<void>;
  readonly handlers: {
    readonly 'backup.view': QueryHandler<'backup.view'>;
    readonly 'backup.now': ActionHandler<'backup.now'>;
    readonly 'backup.configure': ActionHandler<'backup.configure'>;
    readonly 'backup.list': ActionHandler<'backup.list'>;
  };
};

/**
 *   start --> sleep until a place is due --> one place after the other on a thread --> note in rows --> sleep ...
 *               ^ due: something happened since its last copy, and an hour passed (10 minutes after a failure),
 *                 or a drawer was closed
 *
 * Nothing here throws into a sale: a place that fails is a row, a warning in `doctor` and in the view.
 */
export function createBackups(ports: BackupPorts): Backups {
  const { data, db, clock, log, runJob } = ports;
  const stopping = new AbortController();
  let nap = new AbortController();
  let loop: Promise<void> | null = null;
  let running: Promise<void> | null = null;
  const dueMs = new Map<BackupPlace, number>(PLACES.map((place) => [place, clock.monotonicMs() + firstWaitMs(place)]));

  /** A core that is started often must not copy at each start: the hour counts over starts, when the clock is sane. */
  function firstWaitMs(place: BackupPlace): number {
    const madeAtMs = findBackupPlace(db.read, place)?.madeAtMs ?? null;
    const ageMs = madeAtMs === null ? EVERY_MS : clock.nowMs() - madeAtMs;
    return ageMs >= 0 && ageMs < EVERY_MS ? Math.max(FIRST_AFTER_MS, EVERY_MS - ageMs) : FIRST_AFTER_MS;
  }

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      const now = clock.monotonicMs();
      const due = PLACES.filter((place) => (dueMs.get(place) ?? now) <= now);
      if (due.length > 0) await backUp(due.filter((place) => hasNews(place)));
      for (const place of due) if ((dueMs.get(place) ?? 0) <= now) dueMs.set(place, now + EVERY_MS);
      const waitMs = Math.min(...dueMs.values()) - clock.monotonicMs();
      nap = new AbortController();
      if (!stopping.signal.aborted) await clock.sleep(Math.max(0, waitMs), nap.signal);
    }
  }

  function hasNews(place: BackupPlace): boolean {
    if (place === 'second' && findBackupPlace(db.read, place) === null) return false;
    return viewPlace(db.read, data, place, clock.nowMs()).newRecords > 0;
  }

  /** One after the other, whoever asks: a second caller waits for the first one's copies and then for its own. */
  async function backUp(places: readonly BackupPlace[]): Promise<void> {
    const mine = backUpAfter(running, places);
    running = mine;
    await mine;
    if (running === mine) running = null;
    ports.onChange();
  }

  async function backUpAfter(before: Promise<void> | null, places: readonly BackupPlace[]): Promise<void> {
    await before;
    try {
      for (const place of places) if (!stopping.signal.aborted) await backUpPlace(place);
    } catch (error) {
      log.error('backup broke', { error: error instanceof Error ? error.stack : String(error) });
      if (isStorageFailure(error)) ports.onStorageFailure(error);
    }
  }

  async function backUpPlace(place: BackupPlace): Promise<void> {
    const folder = place === 'first' ? firstFolder(data) : (findBackupPlace(db.read, place)?.folder ?? null);
    if (folder === null) return;
    // Before the copy: a drawer that is closed during it asks for another one.
    dueMs.set(place, clock.monotonicMs() + EVERY_MS);
    const made = await make(place, folder);
    if (stopping.signal.aborted && !made.ok) return;
    if (!made.ok) dueMs.set(place, Math.min(dueMs.get(place) ?? Infinity, clock.monotonicMs() + RETRY_MS));
    if (made.ok) log.info('backup made', { place, file: made.file, bytes: made.bytes });
    else log.warn('backup failed', { place, folder, ...made.failure });
    note(place, folder, made);
  }

  function note(place: BackupPlace, folder: string, made: MadeBackup): void {
    db.write((tx) => {
      const before = findBackupPlace(tx, place);
      // Somebody chose another second place while this one was written to.
      if (place === 'second' && before?.folder !== folder) return;
      const row = before ?? { ...EMPTY_PLACE, place };
      const { ok: isMade } = made;
      saveBackupPlace(tx, {
        ...row,
        file: isMade ? made.file : row.file,
        madeAtMs: isMade ? made.madeAtMs : row.madeAtMs,
        bytes: isMade ? made.bytes : row.bytes,
        auditSequence: isMade ? made.facts.auditSequence : row.auditSequence,
        errorCode: isMade ? null : made.failure.code,
        errorText: isMade ? null : made.failure.text,
      });
    });
  }

  async function make(place: BackupPlace, folder: string): Promise<MadeBackup> {
    const signal = AbortSignal.any([stopping.signal, AbortSignal.timeout(JOB_TIMEOUT_MS)]);
    try {
      return await runJob<'make'>({ kind: 'make', source: db.file, folder, place, nowMs: clock.nowMs() }, signal);
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      return { ok: false, failure: { code: signal.aborted ? 'timeout' : 'failed', text } };
    }
  }

  function view(): BackupView {
    const places = PLACES.map((place): BackupPlaceView => viewPlace(db.read, data, place, clock.nowMs()));
    return { running: running !== null, places, restored: viewRestoration(db.read, clock.nowMs()) };
  }

  const configure: ActionHandler<'backup.configure'> = async ({ secondFolder }) => {
    if (secondFolder !== null) {
      const reason = isInside(data, secondFolder)
        ? 'fica dentro da pasta de dados: o mesmo defeito levaria as duas'
        : await runJob<'prepare'>({ kind: 'prepare', folder: secondFolder }, AbortSignal.timeout(JOB_TIMEOUT_MS));
      if (reason !== null) return refuse({ code: 'backup_folder_unusable', folder: secondFolder, reason });
    }
    db.write((tx) => {
      if (secondFolder === null) forgetBackupPlace(tx, 'second');
      else saveBackupPlace(tx, { ...EMPTY_PLACE, place: 'second', folder: secondFolder });
      appendAudit(tx, {
        atMs: clock.nowMs(),
        operatorCode: findCurrentOperator(tx)?.operatorCode ?? null,
        action: 'backup_place',
        subjectId: null,
        detail: { secondFolder },
      });
    });
    dueMs.set('second', clock.monotonicMs());
    nap.abort();
    ports.onChange();
    return ok(view());
  };

  return {
    start: () => {
      loop ??= run();
    },
    noteDecided: (method) => {
      if (method !== 'cashSession.close') return;
      for (const place of PLACES) dueMs.set(place, clock.monotonicMs());
      nap.abort();
    },
    view,
    stop: async () => {
      // A copy that may end in time is waited for; the next start removes the draft of one that does not.
      if (running !== null) await Promise.race([running, clock.sleep(STOP_GRACE_MS)]);
      stopping.abort();
      nap.abort();
      await Promise.allSettled([loop, running]);
    },
    handlers: {
      'backup.view': () => ok(view()),
      'backup.now': async () => {
        await backUp(PLACES);
        return ok(view());
      },
      'backup.configure': configure,
      'backup.list': async ({ verify }) => {
        const folders = view().places.flatMap(({ place, folder }) => (folder === null ? [] : [{ place, folder }]));
        const installationId = getInstallationId(db.read);
        const signal = AbortSignal.timeout(JOB_TIMEOUT_MS);
        return ok(
          await runJob<'list'>({ kind: 'list', folders, installationId, verify: verify ? 'all' : 'none' }, signal),
        );
      },
    },
  };
}

const EMPTY_PLACE = {
  folder: null,
  file: null,
  madeAtMs: null,
  bytes: null,
  auditSequence: null,
  errorCode: null,
  errorText: null,
} as const;

function isInside(data: string, folder: string): boolean {
  const path = relative(resolve(data), resolve(folder));
  return !isAbsolute(folder) || path === '' || (!path.startsWith('..') && !isAbsolute(path));
}
