import { existsSync } from 'node:fs';
import type { BackupFileView } from '../../contract/backup-api.ts';
import { checkBackup, readBackupFacts } from '../../db/backup-file.ts';
import { findNameMismatch, findSizeMismatch, installationMark, listBackupFiles } from './backup-files.ts';

export type ListBackupsJob = {
  readonly folders: readonly { readonly place: BackupFileView['place']; readonly folder: string }[];
  /** Null when it is not known whose they should be. */
  readonly installationId: string | null;
  /** Read whole instead of by head and size. `newest`: only the newest of each folder. */
  readonly verify: 'all' | 'newest' | 'none';
};

/** The backups in some folders, the newest first. A folder that is not there has none. */
export function listBackups({ folders, installationId, verify }: ListBackupsJob): BackupFileView[] {
  const own = installationId === null ? null : installationMark(installationId);
  return folders
    .flatMap(({ place, folder }) => {
      const files = listBackupFiles(folder).toSorted((a, b) => b.madeAtMs - a.madeAtMs);
      const newest = files.find(({ installation }) => own === null || installation === own)?.name;
      return files.flatMap((file): BackupFileView[] => {
        const isChecked = verify === 'all' || (verify === 'newest' && file.name === newest);
        const judgement = judge(file.file, isChecked);
        // A newer copy took its place while the list was made.
        if (judgement.state === 'damaged' && !existsSync(file.file)) return [];
        return [
          {
            place,
            file: file.file,
            madeAt: new Date(file.madeAtMs).toISOString(),
            bytes: file.bytes,
            stationCode: file.stationCode,
            sameStation: file.installation === own,
            isChecked,
            ...judgement,
          },
        ];
      });
    })
    .toSorted((a, b) => b.madeAt.localeCompare(a.madeAt));
}

/** What is in one file, and whether all of it is there. Reads the file whole when asked to. */
function judge(
  file: string,
  isWhole: boolean,
): Pick<BackupFileView, 'state' | 'detail' | 'sales' | 'waiting' | 'lastNumber'> {
  try {
    // A database with its log beside it may be longer than its head says; SQLite judges it.
    const size = existsSync(`${file}-wal`) ? null : findSizeMismatch(file);
    const problem = size ?? (isWhole ? findContentProblem(file) : null);
    if (problem !== null) return damaged(problem);
    const { sales, waiting, lastNumber } = readBackupFacts(file);
    return { state: 'complete', detail: null, sales, waiting, lastNumber };
  } catch (error) {
    return damaged(error instanceof Error ? error.message : String(error));
  }
}

/** Why a file cannot bring a station back, or null: every part of it was read. */
export function findFileProblem(file: string): string | null {
  return judge(file, true).detail;
}

/** What is wrong inside, or null: its bytes are those it was named with, and SQLite finds it sound. */
function findContentProblem(file: string): string | null {
  const mismatch = findNameMismatch(file);
  if (mismatch !== null) return mismatch;
  const findings = checkBackup(file);
  return findings.length === 0 ? null : findings.join('; ');
}

function damaged(detail: string): ReturnType<typeof judge> {
  return { state: 'damaged', detail, sales: null, waiting: null, lastNumber: null };
}
