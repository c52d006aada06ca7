import { findCustomer } from '../../db/customer-queries.ts';
import { setSaleCustomer } from '../../db/customer-writes.ts';
import type { ReadDb, WriteTx } from '../../db/database-types.ts';
import { findOutboxDocument } from '../../db/outbox-queries.ts';
import type { SaleDocument } from '../connectors/connector.ts';
import { findOwnServerCustomer } from './customer-view.ts';
import { commitCustomer } from './write-customer.ts';

/** Fixes the customer of a sale that is being completed, as the person is registered now. */
export function fixSaleCustomer(tx: WriteTx, saleId: string, personId: string | null): SaleDocument['customer'] {
  const customer = personId === null ? null : findCustomer(tx, personId);
  const fixed = customer === null ? null : { personId: customer.personId, commitment: commitCustomer(customer) };
  if (personId !== null) setSaleCustomer(tx, saleId, fixed);
  return fixed;
}

/**
 * The documents a sale waits for because of its customer: the newest one that tells the ERP of the person. None when
 * the ERP knows the person already, and a newer change is still on its way.
 */
export function customerParents(db: ReadDb, customer: SaleDocument['customer']): string[] {
  const documentId = customer === null ? null : (findCustomer(db, customer.personId)?.documentId ?? null);
  if (customer === null || documentId === null) return [];
  const isConfirmed = findOutboxDocument(db, documentId)?.state === 'confirmed';
  return isConfirmed || findOwnServerCustomer(db, customer.personId) === null ? [documentId] : [];
}
