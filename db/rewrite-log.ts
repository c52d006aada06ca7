import { closeSync, existsSync, fsyncSync, openSync, readSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
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
 * Throws what the system says, and `storage_failed` when the medium takes it no more than before. A log that was closed in
 * order is not there, so that only a start after a crash pays for it: some 10 ms for a megabyte.
 */
export function rewriteLog(file: string): void {
  const log = `${file}-wal`;
  const draft = `${log}.new`;
  if (!existsSync(log)) return;
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
