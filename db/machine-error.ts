import type { RefusalOf } from '../contract/refusals.ts';

/** What is wrong with the machine or its files, as the core tells it before it refuses to work. */
export type MachineFault = RefusalOf<
  'database_newer' | 'database_corrupt' | 'disk_full' | 'data_unwritable' | 'data_locked' | 'storage_failed'
>;

/** A broken machine: disk full, database corrupt or newer. The core stops, says why, and never retries silently. */
export class MachineError extends Error {
  readonly fault: MachineFault;

  constructor(fault: MachineFault, cause?: unknown) {
    super(`${fault.code}: ${JSON.stringify(fault)}`, { cause });
    this.name = 'MachineError';
    this.fault = fault;
  }
}

/**
 * Whether what was written is not known any more, so that this process must end (docs/decisions/0001). A full disk is
 * none: its transaction is known to be rolled back.
 */
export function isStorageFailure(error: unknown): boolean {
  const fault = findMachineFault(error);
  return fault !== null && fault.code !== 'disk_full';
}

/** The machine fault behind an error of SQLite or the file system, or null when it is none. */
export function findMachineFault(error: unknown): MachineFault | null {
  if (error instanceof MachineError) return error.fault;
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return null;
  const detail = `${error.code}: ${error.message}`;
  const { code } = error;
  // SHMSIZE: no room for the index of the log, before anything was written.
  if (['SQLITE_FULL', 'SQLITE_IOERR_SHMSIZE', 'ENOSPC', 'EDQUOT'].includes(code)) return { code: 'disk_full', detail };
  if (code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT')) return { code: 'database_corrupt', detail };
  if (code.startsWith('SQLITE_IOERR') || code.startsWith('SQLITE_READONLY') || code.startsWith('SQLITE_CANTOPEN')) {
    return { code: 'storage_failed', detail };
  }
  if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM') return { code: 'storage_failed', detail };
  return null;
}
