import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { makeFolder } from './make-folder.ts';
import { findMachineFault, MachineError } from './machine-error.ts';

/**
 * Takes the data folder for this process alone, until `release` or the end of the process. There is no stale lock: the
 * operating system lets go of it with the process.
 *
 * Throws `data_locked` with who holds it, `disk_full`, `data_unwritable` when the folder cannot be used.
 */
export function lockData(data: string, holder: string): { readonly release: () => void } {
  const holderFile = join(data, 'station.holder');
  let raw: SqliteDatabase.Database;
  try {
    // Sales and CPFs are in it: nobody but the station's own user may read it.
    makeFolder(data);
    raw = new SqliteDatabase(join(data, 'station.lock.db'), { timeout: 0 });
  } catch (error) {
    throw toMachineError(error, data);
  }
  try {
    raw.exec('BEGIN EXCLUSIVE');
    // Who holds it, for the one who is refused; not the lock itself.
    writeFileSync(holderFile, holder);
  } catch (error) {
    raw.close();
    if (error instanceof SqliteDatabase.SqliteError && error.code.startsWith('SQLITE_BUSY')) {
      throw new MachineError({ code: 'data_locked', data, holder: readHolder(holderFile) }, error);
    }
    throw toMachineError(error, data);
  }
  return { release: () => raw.close() };
}

/** A full disk is mended by other hands than a folder without rights. */
function toMachineError(error: unknown, data: string): MachineError {
  const fault = findMachineFault(error);
  return new MachineError(
    fault?.code === 'disk_full' ? fault : { code: 'data_unwritable', data, detail: String(error) },
    error,
  );
}

function readHolder(holderFile: string): string {
  try {
    return readFileSync(holderFile, 'utf8');
  } catch {
    // The holder took the lock a moment ago and has not written its name yet.
    return '?';
  }
}
