import { existsSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '../../db/make-folder.ts';
import { syncPath } from '../../db/sync-path.ts';

const DATABASE = 'station.db';
const READY = /^station\.restored-(?<at>\d+)\.db$/;

/** The name under which a restored database waits to take the place of the present one: from here on it is decided. */
export function readyName(atMs: number): string {
  return `station.restored-${atMs}.db`;
}

/**
 * Puts a restored database that is ready in the place of the present one, which is kept aside with its log, whole.
 * Nothing is deleted. Harmless to repeat: killed between any two steps, the next start of the core or the next restore
 * goes on, and no core opens the folder in between. Answers the folder of the old one, null when nothing was to do.
 */
export function finishRestore(data: string): string | null {
  const ready = existsSync(data) ? readdirSync(data).find((name) => READY.test(name)) : undefined;
  const at = READY.exec(ready ?? '')?.groups?.['at'];
  if (ready === undefined || at === undefined) return null;
  const aside = join(data, `before-restore-${at}`);
  makeFolder(aside);
  // The log first: beside the restored database it would be played into it.
  for (const suffix of ['-wal', '-shm', '']) {
    const present = join(data, `${DATABASE}${suffix}`);
    if (existsSync(present)) renameSync(present, join(aside, `${DATABASE}${suffix}`));
  }
  syncPath(aside);
  renameSync(join(data, ready), join(data, DATABASE));
  syncPath(data);
  return aside;
}
