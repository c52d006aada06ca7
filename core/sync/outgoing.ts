import type { ReadDb } from '../../db/database-types.ts';
import type { DueDocument } from '../../db/outbox-queries.ts';
import type { OutgoingDocument, SaleDocument, StationDocument } from '../connectors/connector.ts';
import { withServerCustomer } from '../customer/outgoing-customer.ts';

/** A row of the outbox as the connector takes it. */
export function toOutgoing(db: ReadDb, connectorName: string, row: DueDocument): OutgoingDocument {
  // Payloads are the station's own bytes, checked when they were made: rows are trusted.
  const payload = JSON.parse(row.payload) as StationDocument;
  const document = payload.kind === 'sale' ? withServerCustomer(db, connectorName, payload) : payload;
  const isSale = document.kind === 'sale';
  const isOtherAlive = row.otherState !== null && row.otherState !== 'annulled' && row.otherState !== 'discarded';
  return {
    document,
    triedBefore: row.attempts > 0,
    cancellationTried: isSale && (row.otherAttempts ?? 0) > 0,
    cancellationExists: !isSale || isOtherAlive,
    sale: isSale || row.otherPayload === null ? null : (JSON.parse(row.otherPayload) as SaleDocument),
  };
}
