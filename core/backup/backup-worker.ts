import { once } from 'node:events';
import { constants, setPriority } from 'node:os';
import { findMachineFault } from '../../db/machine-error.ts';
import { listBackups } from './list-backups.ts';
import { makeBackup, type MadeBackup } from './make-backup.ts';
import type { BackupJob, BackupJobResult } from './run-backup-job.ts';
import { prepareSecondPlace } from './second-place.ts';

// One job in a process of its own: it copies, reads whole files and may hang on a share that went away.
setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
const [job] = (await once(process, 'message')) as [BackupJob];
// The core that asked is gone: nobody waits for the answer.
process.once('disconnect', () => process.exit());
// Nor when it went meanwhile: the copy is whole, and found by its name.
process.send?.(await run(job), () => undefined);

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
