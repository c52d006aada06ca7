import { createHash } from 'node:crypto';
import { findOpenSession } from '../../db/cash-session-queries.ts';
import { findCustomerByCpf, type CustomerRecord } from '../../db/customer-queries.ts';
import { saveCustomer, supersedeDocument } from '../../db/customer-writes.ts';
import type { WriteTx } from '../../db/database-types.ts';
import { insertOutboxDocument } from '../../db/outbox-queries.ts';
import { saveRemoteId } from '../../db/outbox-writes.ts';
import { takeNumber } from '../../db/sale-document-writes.ts';
import { appendAudit } from '../audit/audit.ts';
import { businessDayOf } from '../business-day-rules.ts';
import type { CustomerDocument, FoundCustomer } from '../connectors/customer-document.ts';
import type { Random } from '../random.ts';
import { findOwnStation, readTimeZone } from '../setup/read-policies.ts';
import { customerBytes, foldName } from './customer-rules.ts';

/** The salted commitment to a customer as it is now: all that documents and the audit chain know of the person. */
export function commitCustomer(customer: CustomerRecord): string {
  return createHash('sha256')
    .update(`${customer.salt}:${customerBytes(customer)}`)
    .digest('hex');
}

/**
 * Writes a customer, its audit row and the document that tells the ERP, in one transaction. The document names the
 * person and the commitment; what it says is read from the one erasable table when it is sent. An older document of
 * the customer that did not arrive gives way to this one.
 */
export function writeCustomer(
  tx: WriteTx,
  customer: Omit<CustomerRecord, 'documentId'>,
  before: CustomerRecord | null,
  { operatorCode, nowMs, random }: { readonly operatorCode: string; readonly nowMs: number; readonly random: Random },
): void {
  const documentId = queueDocument(tx, customer, {
    action: before === null ? 'customer_register' : 'customer_update',
    ifThere: 'change',
    operatorCode,
    nowMs,
    random,
  });
  if (before?.documentId != null) supersedeDocument(tx, before.documentId, documentId);
}

/**
 * Writes the document that makes a customer again at an ERP that may have lost it. Who is there already stays as is: of
 * one whom the till told of (`compare`) what differs is told to people, of one whom the ERP said first nothing is.
 * Answers the document's id.
 */
export function tellServerCustomer(
  tx: WriteTx,
  customer: CustomerRecord,
  ifThere: 'compare' | 'keep',
  { nowMs, random }: { readonly nowMs: number; readonly random: Random },
): string {
  const documentId = queueDocument(tx, customer, {
    action: 'customer_retell',
    ifThere,
    operatorCode: null,
    nowMs,
    random,
  });
  if (customer.documentId !== null) supersedeDocument(tx, customer.documentId, documentId);
  return documentId;
}

function queueDocument(
  tx: WriteTx,
  customer: Omit<CustomerRecord, 'documentId'>,
  {
    action,
    ifThere,
    operatorCode,
    nowMs,
    random,
  }: {
    readonly action: string;
    readonly ifThere: CustomerDocument['ifThere'];
    readonly operatorCode: string | null;
    readonly nowMs: number;
    readonly random: Random;
  },
): string {
  const station = findOwnStation(tx);
  if (station === null) throw new Error('a customer needs an enrolled station');
  const documentId = random.newId();
  const written: CustomerRecord = { ...customer, documentId };
  const { personId } = written;
  const commitment = commitCustomer(written);
  const document: CustomerDocument = {
    kind: 'customer',
    documentId,
    number: formatCustomerNumber(station.stationCode, takeNumber(tx, 'customer')),
    personId,
    commitment,
    showcaseId: station.showcaseId,
    ifThere,
  };
  const audited = appendAudit(tx, {
    atMs: nowMs,
    operatorCode,
    action,
    subjectId: personId,
    detail: { documentId, number: document.number, commitment },
  });
  insertOutboxDocument(tx, {
    document: {
      documentId,
      kind: 'customer',
      naturalKey: document.number,
      payload: JSON.stringify(document),
      payloadHash: commitment,
      amountCents: 0,
      createdAtMs: nowMs,
      businessDay: findOpenSession(tx)?.businessDay ?? businessDayOf(nowMs, readTimeZone(tx)),
      tick: audited.sequence,
    },
    parents: [],
  });
  saveCustomer(tx, { ...written, searchName: foldName(written.name) });
  return documentId;
}

/**
 * Keeps a customer whom the ERP has: registered here under the ERP's id, with no document, as there is nothing to tell.
 * Who is registered here already stays as is, and is known by that id from now on. Answers the person's id.
 */
export function keepServerCustomer(
  tx: WriteTx,
  { customerId, person }: FoundCustomer,
  {
    connector,
    operatorCode,
    nowMs,
    random,
  }: { readonly connector: string; readonly operatorCode: string; readonly nowMs: number; readonly random: Random },
): string {
  const before = findCustomerByCpf(tx, person.cpf);
  const customer: CustomerRecord = before ?? {
    personId: random.newId(),
    cpf: person.cpf,
    name: person.name,
    phone: person.phone,
    email: person.email,
    address: person.address === null ? null : JSON.stringify(person.address),
    consents: person.consents === null ? null : JSON.stringify(person.consents),
    salt: newSalt(random),
    registeredAtMs: nowMs,
    documentId: null,
  };
  const { personId } = customer;
  const commitment = commitCustomer(customer);
  if (before === null) saveCustomer(tx, { ...customer, searchName: foldName(customer.name) });
  saveRemoteId(tx, { connector, kind: 'customer', localId: personId, remoteId: String(customerId), hash: commitment });
  appendAudit(tx, {
    atMs: nowMs,
    operatorCode,
    action: 'customer_fetch',
    subjectId: personId,
    detail: { customerId, commitment },
  });
  return personId;
}

/** Sixteen bytes: what a commitment hides is eleven digits. */
export function newSalt(random: Random): string {
  return Buffer.from(random.bytes(16)).toString('hex');
}

/** `E01C00000012`: shown to people where a sale has its number; the ERP never sees it. */
function formatCustomerNumber(stationCode: string, sequence: number): string {
  return `${stationCode}C${String(sequence).padStart(8, '0')}`;
}
