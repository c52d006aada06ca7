import { existsSync, renameSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { RefusalOf } from '../../contract/refusals.ts';
import { ok, refuse, type Result } from '../../contract/result.ts';
import { copySnapshot, readBackupFacts, type BackupFacts } from '../../db/backup-file.ts';
import { forgetBackupFiles } from '../../db/backup-queries.ts';
import type { WriteTx } from '../../db/database-types.ts';
import { lockData } from '../../db/lock-data.ts';
import { findMachineFault, type MachineFault } from '../../db/machine-error.ts';
import { openDatabase } from '../../db/open-database.ts';
import { syncPath } from '../../db/sync-path.ts';
import { setLogin } from '../../db/operator-queries.ts';
import { discardPrintJobs, resumePrintJobs } from '../../db/print-writes.ts';
import { insertRestoration, listUnfinishedSales, pendingToUnknown } from '../../db/restore-writes.ts';
import { setSaleState } from '../../db/sale-writes.ts';
import { raiseSequence } from '../../db/setup-queries.ts';
import { appendAudit } from '../audit/audit.ts';
import { removeDraft } from './backup-files.ts';
import { finishRestore, readyName } from './finish-restore.ts';
import { findFileProblem } from './list-backups.ts';
import { numberAfterRestore } from './number-jump-rules.ts';

/** What came of a restoration, for the person who did it. */
export type Restored = {
  readonly facts: BackupFacts;
  readonly nextNumber: number;
  /** Waiting in the backup: looked up at the ERP before they are sent. */
  readonly toLookUp: number;
  /** Open or parked in the backup: given up, because they may have been completed since. */
  readonly abandoned: number;
  /** Where the replaced database is kept; null when there was none. */
  readonly keptIn: string | null;
};

type Refusals = MachineFault | RefusalOf<'backup_invalid' | 'backup_other_station'>;

/**
 * Brings a station back from `file`, without any core running.
 *
 *   lock -> verify -> copy to a draft -> mark it restored -> sync -> name it as ready == decided ==> swap (finishRestore)
 *
 * Until it is named as ready nothing of the station changed; from then on the next start finishes what a kill cut off.
 */
export async function restoreBackup({
  data,
  file,
  nowMs,
  newId,
}: {
  readonly data: string;
  readonly file: string;
  readonly nowMs: number;
  readonly newId: () => string;
}): Promise<Result<Restored, Refusals>> {
  let lock: { readonly release: () => void } | null = null;
  try {
    lock = lockData(data, `restauração, processo ${process.pid}`);
    finishRestore(data);
    const problem = findPathProblem(file) ?? findFileProblem(file);
    if (problem !== null) return refuse({ code: 'backup_invalid', file, reason: problem });
    const facts = readBackupFacts(file);
    const present = findPresent(join(data, 'station.db'));
    const isOther = present !== null && present.installationId !== facts.installationId;
    // A new machine may have a database that was never enrolled; one that sold as another station is not replaced.
    if (isOther && present.stationCode !== null) {
      return refuse({ code: 'backup_other_station', file, stationCode: present.stationCode });
    }
    return ok(await replace({ data, file, facts, present: isOther ? null : present, nowMs, newId }));
  } catch (error) {
    const fault = findMachineFault(error);
    if (fault !== null) return refuse(fault);
    throw error;
  } finally {
    lock?.release();
  }
}

async function replace({
  data,
  file,
  facts,
  present,
  nowMs,
  newId,
}: {
  readonly data: string;
  readonly file: string;
  readonly facts: BackupFacts;
  readonly present: BackupFacts | null;
  readonly nowMs: number;
  readonly newId: () => string;
}): Promise<Restored> {
  const draft = join(data, 'station.restoring.part');
  removeDraft(draft);
  await copySnapshot(file, draft, () => undefined);
  const raisedTo = numberAfterRestore({
    fileNumber: facts.lastNumber,
    presentNumber: present?.lastNumber ?? null,
    newestAtMs: facts.newestAtMs,
    nowMs,
  });
  // An older schema is brought to this program's on the way.
  const db = openDatabase(draft, { nowMs: () => nowMs, newId });
  let marked: Pick<Restored, 'toLookUp' | 'abandoned'>;
  try {
    marked = db.write((tx) => markRestored(tx, { file: basename(file), facts, raisedTo, nowMs }));
  } finally {
    db.close();
  }
  syncPath(draft);
  renameSync(draft, join(data, readyName(nowMs)));
  syncPath(data);
  const hadPresent = existsSync(join(data, 'station.db'));
  const aside = finishRestore(data);
  return { facts, nextNumber: raisedTo + 1, ...marked, keptIn: hadPresent ? aside : null };
}

function markRestored(
  tx: WriteTx,
  restored: { readonly file: string; readonly facts: BackupFacts; readonly raisedTo: number; readonly nowMs: number },
): Pick<Restored, 'toLookUp' | 'abandoned'> {
  const { file, facts, raisedTo, nowMs } = restored;
  const fileNumber = facts.lastNumber;
  insertRestoration(tx, { restoredAtMs: nowMs, file, fileNewestAtMs: facts.newestAtMs, fileNumber, raisedTo });
  raiseSequence(tx, 'sale', raisedTo);
  forgetBackupFiles(tx);
  const toLookUp = pendingToUnknown(tx);
  // What waited for the printer when the backup was made came out since, or nobody misses it any more.
  resumePrintJobs(tx);
  discardPrintJobs(tx, null);
  // Whoever was at the till when the backup was made may not be there now.
  setLogin(tx, null, nowMs);
  const unfinished = listUnfinishedSales(tx);
  for (const { saleId, operatorCode, note } of unfinished) {
    // Its id is the document's: completed a second time it would be sold twice.
    setSaleState(tx, saleId, 'abandoned', note);
    const detail = { reason: 'restored from a backup' };
    appendAudit(tx, { atMs: nowMs, operatorCode, action: 'sale_abandon', subjectId: saleId, detail });
  }
  appendAudit(tx, {
    atMs: nowMs,
    operatorCode: null,
    action: 'database_restored',
    subjectId: facts.stationCode,
    detail: { file, fileNumber, raisedTo, auditSequence: facts.auditSequence, toLookUp, abandoned: unfinished.length },
  });
  return { toLookUp, abandoned: unfinished.length };
}

/** What is in the database that will be replaced; null when there is none or it cannot be read any more. */
function findPresent(file: string): BackupFacts | null {
  if (!existsSync(file)) return null;
  try {
    return readBackupFacts(file);
  } catch (error) {
    // A broken database is why one restores: what SQLite says of it changes nothing.
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_')) return null;
    throw error;
  }
}

function findPathProblem(file: string): string | null {
  const found = statSync(file, { throwIfNoEntry: false });
  if (found === undefined) return 'o arquivo não existe';
  return found.isFile() ? null : 'não é um arquivo';
}
