import { eq, sql } from 'drizzle-orm';
import type { ReadDb, WriteTx } from './database-types.ts';
import { backupPlaces } from './schema-backup.ts';
import { readStatement, writeStatement } from './statement.ts';

/** A place where backups go: what is there, and why the last try failed. */
export type BackupPlaceRecord = typeof backupPlaces.$inferSelect;
export type BackupPlace = BackupPlaceRecord['place'];

const places = readStatement((orm) => orm.select().from(backupPlaces).prepare());

/** The place as stored; null when nothing was ever kept there, and the second one was not chosen. */
export function findBackupPlace(db: ReadDb, place: BackupPlace): BackupPlaceRecord | null {
  return (
    places(db)
      .all()
      .find((row) => row.place === place) ?? null
  );
}

const upsert = writeStatement((orm) =>
  orm
    .insert(backupPlaces)
    .values({
      place: sql.placeholder('place'),
      folder: sql.placeholder('folder'),
      file: sql.placeholder('file'),
      madeAtMs: sql.placeholder('madeAtMs'),
      bytes: sql.placeholder('bytes'),
      auditSequence: sql.placeholder('auditSequence'),
      errorCode: sql.placeholder('errorCode'),
      errorText: sql.placeholder('errorText'),
    })
    .onConflictDoUpdate({
      target: backupPlaces.place,
      set: {
        folder: sql`excluded.folder`,
        file: sql`excluded.file`,
        madeAtMs: sql`excluded.made_at_ms`,
        bytes: sql`excluded.bytes`,
        auditSequence: sql`excluded.audit_sequence`,
        errorCode: sql`excluded.error_code`,
        errorText: sql`excluded.error_text`,
      },
    })
    .prepare(),
);

/** Keeps how a place stands. */
export function saveBackupPlace(tx: WriteTx, row: BackupPlaceRecord): void {
  upsert(tx).run(row);
}

const remove = writeStatement((orm) =>
  orm
    .delete(backupPlaces)
    .where(eq(backupPlaces.place, sql.placeholder('place')))
    .prepare(),
);

/** The second place is not used any more; what is in it stays there. */
export function forgetBackupPlace(tx: WriteTx, place: BackupPlace): void {
  remove(tx).run({ place });
}

const forgetFiles = writeStatement((orm) =>
  orm
    .update(backupPlaces)
    .set({ file: null, madeAtMs: null, bytes: null, auditSequence: null, errorCode: null, errorText: null })
    .prepare(),
);

/** Both places stay, and a new copy is due in each: what was there when a backup was made may be gone since. */
export function forgetBackupFiles(tx: WriteTx): void {
  forgetFiles(tx).run();
}
