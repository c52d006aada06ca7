import { join } from 'node:path';
import type { BackupPlaceView, RestorationView } from '../../contract/backup-api.ts';
import { findAuditHead } from '../../db/audit-queries.ts';
import { findBackupPlace, type BackupPlace } from '../../db/backup-queries.ts';
import type { ReadDb } from '../../db/database-types.ts';
import { findLastRestoration } from '../../db/restore-writes.ts';

/** A backup is made each hour in which something happened; one that is missed twice is worth a look. */
const OLD_AFTER_MS = 3 * 3_600_000;

/** Long enough for everybody in the store to have seen it. */
const TELL_RESTORATION_MS = 7 * 86_400_000;

/** Both places, in their order. */
export const PLACES = ['first', 'second'] as const satisfies readonly BackupPlace[];

/** The place in the data folder: beside what it protects, for a database that breaks; the second is for the disk. */
export function firstFolder(data: string): string {
  return join(data, 'backups');
}

/** How a place stands, from rows alone: a share that went away is not asked here. */
export function viewPlace(db: ReadDb, data: string, place: BackupPlace, nowMs: number): BackupPlaceView {
  const row = findBackupPlace(db, place);
  const newRecords = Math.max(0, findAuditHead(db).sequence - (row?.auditSequence ?? 0));
  return {
    place,
    folder: place === 'first' ? firstFolder(data) : (row?.folder ?? null),
    state: stateOf(),
    file: row?.file ?? null,
    madeAt: row?.madeAtMs === null || row === null ? null : new Date(row.madeAtMs).toISOString(),
    bytes: row?.bytes ?? null,
    newRecords,
    error:
      row === null || row.errorCode === null
        ? null
        : // The code is the core's own: rows are trusted.
          { code: row.errorCode as NonNullable<BackupPlaceView['error']>['code'], text: row.errorText ?? '' },
  };

  function stateOf(): BackupPlaceView['state'] {
    if (place === 'second' && row === null) return 'not_configured';
    if (row !== null && row.errorCode !== null) return 'failed';
    if (row === null || row.madeAtMs === null) return 'never';
    return newRecords > 0 && nowMs - row.madeAtMs > OLD_AFTER_MS ? 'old' : 'ok';
  }
}

/** The last restoration as long as people should know of it. */
export function viewRestoration(db: ReadDb, nowMs: number): RestorationView | null {
  const row = findLastRestoration(db);
  if (row === null || nowMs - row.restoredAtMs > TELL_RESTORATION_MS) return null;
  const { restoredAtMs, file, fileNumber, raisedTo, salesSince, sinceCents } = row;
  const since = salesSince === null || sinceCents === null ? null : { sales: salesSince, totalCents: sinceCents };
  return { restoredAt: new Date(restoredAtMs).toISOString(), file, fileNumber, raisedTo, since };
}
