import { existsSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { syncPath } from '../../db/sync-path.ts';

/** A folder is there even when the disk that should be mounted on it is not: the mark tells. */
const MARK = '.station-backups';

/** Why the second place cannot be used now, or null. Never makes the folder: it belongs to a medium that may be out. */
export function findPlaceProblem(folder: string): string | null {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) return `${folder} não está lá`;
  return existsSync(join(folder, MARK)) ? null : `${folder} não tem a marca desta cópia: o disco não está montado?`;
}

/** Marks a folder as the second place and proves that it takes files; the reason when it does not. */
export function prepareSecondPlace(folder: string): string | null {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) return 'não é uma pasta, ou não está lá';
  const probe = join(folder, `.station-probe-${process.pid}`);
  try {
    writeFileSync(probe, 'ok');
    syncPath(probe);
    rmSync(probe);
    const mark = join(folder, MARK);
    writeFileSync(mark, 'Cópias de segurança de estações de venda. Não apague.\n');
    syncPath(mark);
    syncPath(folder);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
