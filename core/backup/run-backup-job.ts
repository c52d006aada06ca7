import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { BackupFileView } from '../../contract/backup-api.ts';
import { siblingFile } from '../sibling-file.ts';
import type { ListBackupsJob } from './list-backups.ts';
import type { MadeBackup, MakeBackupJob } from './make-backup.ts';

/**
 * Work on files that may be large, slow or on a share that does not answer. In a process and not on a thread: what a thread
 * took of the C library's memory, some 25 MB for a copy, stays with the process for good.
 */
export type BackupJob =
  | ({ readonly kind: 'make' } & MakeBackupJob)
  | ({ readonly kind: 'list' } & ListBackupsJob)
  | { readonly kind: 'prepare'; readonly folder: string };

/** What each kind of job answers; `prepare`: the reason why the folder cannot be used, or null. */
export type BackupJobResult = { make: MadeBackup; list: BackupFileView[]; prepare: string | null };

/** Runs one job in a process of its own. Rejects when that ends without an answer, or when `signal` ends it. */
export type RunBackupJob = <Kind extends BackupJob['kind']>(
  job: Extract<BackupJob, { readonly kind: Kind }>,
  signal: AbortSignal,
) => Promise<BackupJobResult[Kind]>;

export const runBackupJob: RunBackupJob = async (job, signal) => {
  const worker = fork(siblingFile(import.meta.url, './backup-worker'), {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const isOver = new AbortController();
  try {
    worker.send(job, () => undefined);
    const answered = once(worker, 'message', { signal: AbortSignal.any([signal, isOver.signal]) });
    const ended = once(worker, 'exit', { signal: isOver.signal }).then(([code]) => {
      throw new Error(`the copying process ended (${String(code)})`);
    });
    const [result] = (await Promise.race([answered, ended])) as [never];
    return result;
  } finally {
    isOver.abort();
    // Not waited for: inside a call to a dead share it ends only when that does.
    worker.kill('SIGKILL');
  }
};
