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
};

/** A customer on its way; `customerId` is the ERP's own id when it is known. Null fields were not given. */
export type OutgoingCustomer = {
  readonly document: CustomerDocument;
  readonly customerId: number | null;
  readonly person: {
    /** Eleven digits. */
    readonly cpf: string;
    readonly name: string;
    /** Area code and number, digits alone. */
    readonly phone: string | null;
    readonly email: string | null;
    readonly address: CustomerAddress | null;
    readonly consents: CustomerConsents | null;
  };
};
