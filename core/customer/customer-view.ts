import type {
  CustomerAddress,
  CustomerConsents,
  CustomerRowView,
  CustomerView,
} from '../../contract/customer-views.ts';
import { maskCpf } from '../../contract/format.ts';
import { findCustomer, findServerCustomer, type CustomerRecord } from '../../db/customer-queries.ts';
import type { ReadDb } from '../../db/database-types.ts';
import { findOutboxDocument } from '../../db/outbox-queries.ts';
import { findEnrolment } from '../../db/setup-queries.ts';
import { toDeliveryView } from '../sale/sale-queries.ts';

/** A customer whole, as the till shows it. */
export function toCustomerView(db: ReadDb, customer: CustomerRecord): CustomerView {
  const { documentId, address, consents } = customer;
  const document = documentId === null ? null : findOutboxDocument(db, documentId);
  return {
    personId: customer.personId,
    name: customer.name,
    maskedCpf: maskCpf(customer.cpf),
    phone: customer.phone,
    email: customer.email,
    address: address === null ? null : (JSON.parse(address) as CustomerAddress),
    consents: consents === null ? null : (JSON.parse(consents) as CustomerConsents),
    registeredAt: new Date(customer.registeredAtMs).toISOString(),
    isAtServer: findOwnServerCustomer(db, customer.personId) !== null,
    delivery: document === null ? null : toDeliveryView(document),
  };
}

/** The same for a customer that must exist. */
export function getCustomerView(db: ReadDb, personId: string): CustomerView {
  const customer = findCustomer(db, personId);
  if (customer === null) throw new Error(`no customer ${personId}`);
  return toCustomerView(db, customer);
}

/** A customer as lists show it. */
export function toCustomerRow({
  personId,
  name,
  cpf,
}: Pick<CustomerRecord, 'personId' | 'name' | 'cpf'>): CustomerRowView {
  return { personId, customerId: null, name, maskedCpf: maskCpf(cpf) };
}

/** What a customer is called at this station's ERP; null before it was confirmed there, or as long as that is in doubt. */
export function findOwnServerCustomer(db: ReadDb, personId: string): number | null {
  const enrolment = findEnrolment(db);
  const found = enrolment === null ? null : findServerCustomer(db, enrolment.connector, personId);
  return found?.isCertain === true ? found.customerId : null;
}
