import type { CustomerAddress, CustomerConsents } from '../../contract/customer-views.ts';
import { findCustomer, findServerCustomer, isCustomerDetached } from '../../db/customer-queries.ts';
import { supersedeDocument } from '../../db/customer-writes.ts';
import type { ReadDb, WriteTx } from '../../db/database-types.ts';
import type { DueDocument } from '../../db/outbox-queries.ts';
import type { SaleDocument } from '../connectors/connector.ts';
import type { CustomerDocument, OutgoingCustomer } from '../connectors/customer-document.ts';

/*
 * What the way out knows of customers. Payloads are the station's own bytes: rows are trusted.
 */

/** A customer's document with the person as registered now; nobody is erased while a document is on its way. */
export function toOutgoingCustomer(db: ReadDb, connectorName: string, row: DueDocument): OutgoingCustomer {
  const document = JSON.parse(row.payload) as CustomerDocument;
  const customer = findCustomer(db, document.personId);
  if (customer === null) throw new Error(`document ${document.documentId} is of nobody`);
  const { cpf, name, phone, email, address, consents } = customer;
  return {
    document,
    customerId: findServerCustomer(db, connectorName, document.personId),
    person: {
      cpf,
      name,
      phone,
      email,
      address: address === null ? null : (JSON.parse(address) as CustomerAddress),
      consents: consents === null ? null : (JSON.parse(consents) as CustomerConsents),
    },
  };
}

/**
 * Ends a customer's document in favour of a newer one: it was being sent, or was confirmed, when the customer changed,
 * and would now say the same as that one. False for every other document.
 */
export function giveWay(tx: WriteTx, row: DueDocument): boolean {
  if (row.kind !== 'customer') return false;
  const newest = findCustomer(tx, localIdOf(row))?.documentId ?? null;
  if (newest === null || newest === row.documentId) return false;
  supersedeDocument(tx, row.documentId, newest);
  return true;
}

/** Under which of our ids the ERP's id of a document is kept: a customer's is the person's, whatever document told it. */
export function localIdOf(row: DueDocument): string {
  return row.kind === 'customer' ? (JSON.parse(row.payload) as CustomerDocument).personId : row.documentId;
}

/** A sale with the ERP's id of its customer, if it has one and nobody sent the sale on without. */
export function withServerCustomer(db: ReadDb, connectorName: string, sale: SaleDocument): SaleDocument {
  const { customer } = sale;
  const customerId =
    customer === null || isCustomerDetached(db, sale.documentId)
      ? null
      : findServerCustomer(db, connectorName, customer.personId);
  return customerId === null ? sale : { ...sale, customerId };
}
