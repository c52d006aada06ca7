import type { CustomerAddress, CustomerConsents } from '../../contract/customer-views.ts';

/**
 * A customer registered or changed at the till. It carries nothing of the person: what is sent is read from the one
 * erasable table at the time of sending, and `commitment` says which state of it was meant.
 */
export type CustomerDocument = {
  readonly kind: 'customer';
  readonly documentId: string;
  /** The station's own number of it. */
  readonly number: string;
  readonly personId: string;
  readonly commitment: string;
  readonly showcaseId: number;
  /**
   * What becomes of who is at the ERP under the CPF; who is not is made from what is here. `change`: the till said something
   * new. `compare`: it said it before and the ERP took it, so that what differs now is told and left to the office.
   * `keep`: nothing was ever said at the till.
   */
  readonly ifThere: 'change' | 'compare' | 'keep';
};

/** A customer on its way. Null fields were not given. */
export type OutgoingCustomer = {
  readonly document: CustomerDocument;
  readonly person: Person;
};

/** A person as till and ERP tell each other. */
export type Person = {
  /** Eleven digits. */
  readonly cpf: string;
  readonly name: string;
  /** Area code and number, digits alone. */
  readonly phone: string | null;
  readonly email: string | null;
  readonly address: CustomerAddress | null;
  readonly consents: CustomerConsents | null;
};

/** How a customer is looked up at the ERP; a name by its beginning. */
export type CustomerQuery = { readonly cpf: string } | { readonly name: string } | { readonly customerId: number };

/** A customer that the ERP has under a CPF. What it holds in a form that the till does not take is null. */
export type FoundCustomer = { readonly customerId: number; readonly person: Person };
