import { parentPort, workerData } from 'node:worker_threads';
import { findMachineFault } from '../../db/machine-error.ts';
import { listBackups } from './list-backups.ts';
import { makeBackup, type MadeBackup } from './make-backup.ts';
import type { BackupJob, BackupJobResult } from './run-backup-job.ts';
import { prepareSecondPlace } from './second-place.ts';

// One job on a thread of its own: it copies, reads whole files and may hang on a share that went away.
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
parentPort?.postMessage(await run(workerData as BackupJob));

async function run(job: BackupJob): Promise<BackupJobResult[BackupJob['kind']]> {
  switch (job.kind) {
    case 'make':
      return makeBackup(job).catch(toFailure);
    case 'list':
      return listBackups(job);
    case 'prepare':
      return prepareSecondPlace(job.folder);
  }
}

/** A medium that fails or fills up is a fact of that place, not a fault of the station. */
function toFailure(error: unknown): MadeBackup {
  const isFull = findMachineFault(error)?.code === 'disk_full';
  const text = error instanceof Error ? error.message : String(error);
  return { ok: false, failure: { code: isFull ? 'no_space' : 'failed', text } };
}
