import type { CustomerAddress, CustomerConsents } from '../../contract/customer-views.ts';
import { findCustomer, findServerCustomer, isCustomerDetached } from '../../db/customer-queries.ts';
import { discardCustomerDocument, forgetServerCustomer, supersedeDocument } from '../../db/customer-writes.ts';
import type { ReadDb, WriteTx } from '../../db/database-types.ts';
import type { DueDocument } from '../../db/outbox-queries.ts';
import type { SaleDocument } from '../connectors/connector.ts';
import type { CustomerDocument, OutgoingCustomer } from '../connectors/customer-document.ts';

/*
 * What the way out knows of customers. Payloads are the station's own bytes: rows are trusted.
 */

/** A customer's document with the person as registered now; nobody is erased while a document is on its way. */
export function toOutgoingCustomer(db: ReadDb, row: DueDocument): OutgoingCustomer {
  const document = JSON.parse(row.payload) as CustomerDocument;
  const customer = findCustomer(db, document.personId);
  if (customer === null) throw new Error(`document ${document.documentId} is of nobody`);
  const { cpf, name, phone, email, address, consents } = customer;
  return {
    document,
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
 * and would now say the same as that one; or because the person was erased. False for every other document.
 */
export function giveWay(tx: WriteTx, row: DueDocument): boolean {
  if (row.kind !== 'customer') return false;
  const personId = localIdOf(row);
  const customer = findCustomer(tx, personId);
  if (customer === null) {
    // Erased, and the ERP lost the customer since: what waits for it goes without.
    discardCustomerDocument(tx, row.documentId);
    forgetServerCustomer(tx, personId);
    return true;
  }
  if (customer.documentId === null || customer.documentId === row.documentId) return false;
  supersedeDocument(tx, row.documentId, customer.documentId);
  return true;
}

/** Under which of our ids the ERP's id of a document is kept: a customer's is the person's, whatever document told it. */
export function localIdOf(row: Pick<DueDocument, 'kind' | 'payload' | 'documentId'>): string {
  return row.kind === 'customer' ? (JSON.parse(row.payload) as CustomerDocument).personId : row.documentId;
}

/**
 * A sale with the ERP's id of its customer, if it has one; a sale that a person sent on without is nobody's any more. An
 * id in doubt is the best guess for whoever compares: nothing is sent before it is certain.
 */
export function withServerCustomer(db: ReadDb, connectorName: string, sale: SaleDocument): SaleDocument {
  const { customer } = sale;
  if (customer === null) return sale;
  if (isCustomerDetached(db, sale.documentId)) return { ...sale, customer: null };
  const found = findServerCustomer(db, connectorName, customer.personId);
  return found === null ? sale : { ...sale, customerId: found.customerId };
}

/** Whether a sale goes with a customer of its own; one that a person sent on without has none any more. */
export function hasCustomer(db: ReadDb, { documentId, payload }: Pick<DueDocument, 'documentId' | 'payload'>): boolean {
  return (JSON.parse(payload) as SaleDocument).customer !== null && !isCustomerDetached(db, documentId);
}
