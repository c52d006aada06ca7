import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { BackupFileView } from '../../contract/backup-api.ts';
import { siblingFile } from '../sibling-file.ts';
import type { ListBackupsJob } from './list-backups.ts';
import type { MadeBackup, MakeBackupJob } from './make-backup.ts';

/** Work on files that may be large, slow or on a share that does not answer. */
export type BackupJob =
  | ({ readonly kind: 'make' } & MakeBackupJob)
  | ({ readonly kind: 'list' } & ListBackupsJob)
  | { readonly kind: 'prepare'; readonly folder: string };

/** What each kind of job answers; `prepare`: the reason why the folder cannot be used, or null. */
export type BackupJobResult = { make: MadeBackup; list: BackupFileView[]; prepare: string | null };

/** Runs one job on a thread of its own. Rejects with the thread's error, or an `AbortError` when `signal` ends it. */
export type RunBackupJob = <Kind extends BackupJob['kind']>(
  job: Extract<BackupJob, { readonly kind: Kind }>,
  signal: AbortSignal,
) => Promise<BackupJobResult[Kind]>;

export const runBackupJob: RunBackupJob = async (job, signal) => {
  const worker = new Worker(siblingFile(import.meta.url, './backup-worker'), { workerData: job });
  try {
    const [result] = (await once(worker, 'message', { signal })) as [never];
    return result;
  } finally {
    // Not waited for: a thread inside a call to a dead share ends only with it, or with the process.
    void worker.terminate();
  }
};
