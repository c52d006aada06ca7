import { closeSync, existsSync, fsyncSync, openSync, readSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { findMachineFault, MachineError } from './machine-error.ts';
import { syncPath } from './sync-path.ts';

const CHUNK_BYTES = 1024 * 1024;

/**
 * Puts a copy in the place of the log that an ended process left beside `file`. To be called before the database is opened,
 * by whoever holds the data folder.
 *
 * After a sync that failed, the system reads the log whole from its memory while the medium lacks a part, and calls that
 * memory clean: later syncs succeed without writing it, and what is appended behind it could not be found after a power cut.
 * A copy is written out. Not in place: a sector that is torn while it is written again would lose what was safe.
 *
 * Only while nobody else has the database open: who has it writes and reads the log that it opened, whatever has its name by
 * then. A tool of support, or a copy of the file that outlives its core, leaves the log as it is. Windows has no such trap
 * and lets no open file be replaced.
 *
 * Throws what the system says, and `storage_failed` when the medium takes it no more than before. A log that was closed in
 * order is not there, so that only a start after a crash pays for it: some 10 ms for a megabyte.
 */
export function rewriteLog(file: string): void {
  const log = `${file}-wal`;
  if (process.platform === 'win32' || !existsSync(log)) return;
  const alone = openAlone(file);
  if (alone === null) return;
  const draft = `${log}.new`;
  try {
    copyBytes(log, draft);
    renameSync(draft, log);
    syncPath(dirname(file));
  } catch (error) {
    rmSync(draft, { force: true });
    // A full disk loses nothing of what it took: that the log is left as it is matters only after a sync failed too.
    if (findMachineFault(error)?.code === 'disk_full') return;
    if (error instanceof Error && 'code' in error && error.code === 'EIO')
      throw new MachineError({ code: 'storage_failed', detail: error.message }, error);
    throw error;
  } finally {
    // It moves the log into the file and takes its name away: what is lost of that on the way is in the copy.
    alone.close();
  }
}

/** A connection that keeps everybody else out, or null when somebody is in. */
function openAlone(file: string): { readonly close: () => void } | null {
  const db = new SqliteDatabase(file, { timeout: 0 });
  try {
    db.pragma('locking_mode = EXCLUSIVE');
    db.pragma('synchronous = FULL');
    db.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get();
    return db;
  } catch {
    // What else may be wrong with the file is told by the opening that follows.
    db.close();
    return null;
  }
}

/** Through this process's own memory: a copy that the system makes may share on the medium what is missing there. */
function copyBytes(from: string, to: string): void {
  const source = openSync(from, 'r');
  const target = openSync(to, 'w', 0o600);
  try {
    const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
    for (;;) {
      const count = readSync(source, chunk, 0, CHUNK_BYTES, null);
      if (count === 0) break;
      for (let written = 0; written < count;) written += writeSync(target, chunk, written, count - written);
    }
    fsyncSync(target);
  } finally {
    closeSync(source);
    closeSync(target);
  }
}
