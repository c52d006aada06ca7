import { listRecentCustomers, doubtServerCustomer } from '../../db/customer-doubt.ts';
import { findCustomer } from '../../db/customer-queries.ts';
import { forgetServerCustomer } from '../../db/customer-writes.ts';
import type { WriteTx } from '../../db/database-types.ts';
import { findOutboxDocument, type DueDocument, type OutboxDocument } from '../../db/outbox-queries.ts';
import type { SaleDocument } from '../connectors/connector.ts';
import type { CustomerDocument } from '../connectors/customer-document.ts';
import type { Random } from '../random.ts';
import { tellServerCustomer } from './write-customer.ts';

/** How far back a backup is looked for: as long as payloads are kept, and confirmed sales can be sent again. */
const RECENT_MS = 30 * 86_400_000;

/*
 * The ERP went back in time: an id that it gave may be nobody now, or somebody else, to whom a sale must never go.
 *
 *   id in doubt --> its document again in the queue, the sales behind it
 *     --look up by CPF--> there: its id is certain again | not there: made again from what the station holds
 *
 * What the till said and the ERP took is the office's since: it may have been corrected there, before the backup or after,
 * and is not written over (decision 0011). What never arrived is still said.
 */

/** Puts every customer in doubt whom the ERP may have lost; answers how many there are. */
export function doubtRecentCustomers(
  tx: WriteTx,
  {
    connector,
    knownGoodMs,
    nowMs,
    random,
  }: {
    readonly connector: string;
    /** The ERP had not gone back in time yet; what was confirmed since may be at somebody else's name. */
    readonly knownGoodMs: number;
    readonly nowMs: number;
    readonly random: Random;
  },
): number {
  const recent = listRecentCustomers(tx, { connector, sinceMs: nowMs - RECENT_MS });
  for (const { personId } of recent) doubt(tx, personId, { knownGoodMs, nowMs, random });
  return recent.length;
}

/** The ERP says that it does not know the customer of a sale: who it is there is asked again before the sale is. */
export function doubtCustomerOf(
  tx: WriteTx,
  row: Pick<DueDocument, 'kind' | 'payload'>,
  { nowMs, random }: { readonly nowMs: number; readonly random: Random },
): void {
  if (row.kind !== 'sale') return;
  // The station's own bytes: rows are trusted.
  const { customer } = JSON.parse(row.payload) as SaleDocument;
  if (customer !== null) doubt(tx, customer.personId, { knownGoodMs: Number.MAX_SAFE_INTEGER, nowMs, random });
}

function doubt(
  tx: WriteTx,
  personId: string,
  { knownGoodMs, nowMs, random }: { readonly knownGoodMs: number; readonly nowMs: number; readonly random: Random },
): void {
  const customer = findCustomer(tx, personId);
  // Erased: nobody can be asked for any more, and the sales that are left go without.
  if (customer === null) return forgetServerCustomer(tx, personId);
  const told = customer.documentId === null ? null : findOutboxDocument(tx, customer.documentId);
  const documentId =
    told === null
      ? tellServerCustomer(tx, customer, 'keep', { nowMs, random })
      : mayChange(told)
        ? tellServerCustomer(tx, customer, 'compare', { nowMs, random })
        : told.documentId;
  doubtServerCustomer(tx, { personId, documentId, sinceMs: knownGoodMs });
}

/** Whether a document that the ERP took would change who is there, if it were sent again. */
function mayChange({ state, payload }: OutboxDocument): boolean {
  const isTaken = state === 'confirmed' || state === 'diverged';
  return isTaken && (JSON.parse(payload) as CustomerDocument).ifThere === 'change';
}
