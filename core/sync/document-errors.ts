import type { SyncErrorView } from '../../contract/station-views.ts';
import type { ReadDb } from '../../db/database-types.ts';
import {
  findOutboxDocument,
  findRefusedParent,
  listOutboxErrors,
  type OutboxDocument,
} from '../../db/outbox-queries.ts';
import { hasCustomer, localIdOf } from '../customer/outgoing-customer.ts';
import { toDeliveryView } from '../sale/sale-queries.ts';

/** Errors listed at once; more are counted. */
const MAX_ERRORS = 200;

/** Documents that wait for a person, and those that wait for one of these, the newest first. */
export function listDocumentErrors(db: ReadDb): SyncErrorView[] {
  return listOutboxErrors(db, MAX_ERRORS).map((document) => toErrorView(db, document, document.waitsFor));
}

/** Why a document waits for a person, or for one that does; null when it waits for neither. */
export function findDocumentError(db: ReadDb, documentId: string): SyncErrorView | null {
  const document = findOutboxDocument(db, documentId);
  if (document === null) return null;
  if (document.state === 'rejected' || document.state === 'diverged') return toErrorView(db, document);
  const waitsFor = findRefusedParent(db, documentId);
  return waitsFor === null ? null : toErrorView(db, document, waitsFor);
}

/** A document as the list of errors shows it, whatever its state. */
export function toErrorView(db: ReadDb, document: OutboxDocument, waitsFor: string | null = null): SyncErrorView {
  const { state } = document;
  const isStopped = state === 'rejected' || (waitsFor !== null && state === 'pending');
  return {
    number: document.naturalKey,
    totalCents: document.amountCents,
    delivery: toDeliveryView(document),
    personId: document.kind === 'customer' ? localIdOf(document) : null,
    waitsFor,
    isDetachable: isStopped && document.kind === 'sale' && hasCustomer(db, document),
  };
}
