import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RefusalOf } from '../../contract/refusals.ts';
import { ok, refuse, type Result } from '../../contract/result.ts';
import { copySnapshot } from '../../db/backup-file.ts';
import { findCustomer } from '../../db/customer-queries.ts';
import type { ReadDb } from '../../db/database-types.ts';
import { findMachineFault, type MachineFault } from '../../db/machine-error.ts';
import { openDatabase } from '../../db/open-database.ts';
import { listUndelivered } from '../../db/pending-queries.ts';
import { findEnrolment, getInstallationId } from '../../db/setup-queries.ts';
import type { CashDocument } from '../connectors/cash-document.ts';
import type { OutgoingDocument } from '../connectors/connector.ts';
import type { CustomerDocument } from '../connectors/customer-document.ts';
import { toOutgoingCustomer } from '../customer/outgoing-customer.ts';
import { toOutgoing } from '../sync/outgoing.ts';
import type { Pending } from './pending-file.ts';

type Refusals = MachineFault | RefusalOf<'backup_invalid' | 'station_not_enrolled'>;

/**
 * What a database has not delivered, of a station or of a backup, whether a core runs on it or not: a copy is read, so
 * that the file itself is left as it is and an older schema is understood.
 */
export async function readPending({
  file,
  nowMs,
  newId,
}: {
  readonly file: string;
  readonly nowMs: number;
  readonly newId: () => string;
}): Promise<Result<Pending, Refusals>> {
  // Sales and customers are in it: the folder is for this user alone, and gone when this ends.
  const folder = mkdtempSync(join(tmpdir(), 'station-pending-'));
  const copy = join(folder, 'station.db');
  try {
    await copySnapshot(file, copy, () => undefined);
    const db = openDatabase(copy, { nowMs: () => nowMs, newId });
    try {
      const enrolment = findEnrolment(db.read);
      if (enrolment === null) return refuse({ code: 'station_not_enrolled' });
      return ok({
        exportedAt: new Date(nowMs).toISOString(),
        stationCode: enrolment.stationCode,
        installationId: getInstallationId(db.read),
        ...collect(db.read, enrolment.connector),
      });
    } finally {
      db.close();
    }
  } catch (error) {
    const fault = findMachineFault(error);
    if (fault?.code === 'database_corrupt')
      return refuse({ code: 'backup_invalid', file, reason: 'não é um banco de dados íntegro' });
    if (fault !== null) return refuse(fault);
    if (error instanceof Error) return refuse({ code: 'backup_invalid', file, reason: error.message });
    throw error;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function collect(db: ReadDb, connectorName: string): Pick<Pending, 'customers' | 'documents' | 'cash'> {
  const rows = listUndelivered(db);
  const customers = rows
    .filter(({ kind }) => kind === 'customer')
    // Nobody is left of an erased person: what waits for it goes without.
    .filter(({ payload }) => findCustomer(db, (JSON.parse(payload) as CustomerDocument).personId) !== null)
    .map((row) => toOutgoingCustomer(db, row));
  const documents = rows
    .filter(({ kind }) => kind === 'sale' || kind === 'cancellation')
    .map((row): OutgoingDocument => {
      const outgoing = toOutgoing(db, connectorName, row);
      const isCancelled = outgoing.document.kind === 'sale' && row.otherPayload !== null && isAlive(row.otherState);
      return {
        ...outgoing,
        // Whoever delivers cannot know what another machine tried before: everything is looked up first.
        triedBefore: true,
        // Nor whether its cancellation was tried: then nothing raises the sale's state any more.
        cancellationTried: isCancelled,
        cancellationExists: isCancelled || outgoing.cancellationExists,
      };
    });
  const cash = rows.filter(({ kind }) => kind === 'cash').map(({ payload }) => JSON.parse(payload) as CashDocument);
  return { customers, documents, cash };
}

function isAlive(state: string | null): boolean {
  return state !== null && state !== 'annulled' && state !== 'discarded';
}
