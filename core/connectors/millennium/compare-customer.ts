import type { CustomerAddress } from '../../../contract/customer-views.ts';
import type { OutgoingCustomer } from '../customer-document.ts';
import type { MillenniumPerson } from './decode-customer.ts';

/**
 * The fields in which the ERP holds something else than was given at the till, without their values; null when they are
 * equal. What was not given, or is not told there, is not compared. Servers write names in capitals and without accents.
 */
export function findCustomerDifference({ person }: OutgoingCustomer, theirs: MillenniumPerson): string | null {
  const { name, cpf, phone, email, address, consents } = person;
  const differing = [
    fold(theirs.name) === fold(name) ? null : 'name',
    theirs.cpf === cpf ? null : 'cpf',
    phone === null || theirs.phone === phone ? null : 'phone',
    email === null || fold(theirs.email) === fold(email) ? null : 'email',
    address === null || theirs.addresses.some((row) => isSameAddress(address, row)) ? null : 'address',
    consents === null || isConsentEqual(consents, theirs.consents) ? null : 'consents',
  ].filter((field) => field !== null);
  return differing.length === 0 ? null : `customer differs: ${differing.join(', ')}`;
}

/** Whether a row of the ERP is the address given here, by street, number, complement and postal code. */
export function isSameAddress(address: CustomerAddress, row: Readonly<Record<string, unknown>>): boolean {
  const text = (field: string): string => {
    const value = row[field];
    return typeof value === 'string' || typeof value === 'number' ? fold(String(value)) : '';
  };
  return (
    text('logradouro') === fold(address.street) &&
    text('numero') === fold(address.number) &&
    text('complemento') === fold(address.complement) &&
    text('cep').replaceAll(/\D/g, '') === address.postalCode
  );
}

function isConsentEqual(
  given: NonNullable<OutgoingCustomer['person']['consents']>,
  theirs: MillenniumPerson['consents'],
): boolean {
  return (['email', 'sms', 'mail'] as const).every((kind) => theirs[kind] === null || theirs[kind] === given[kind]);
}

function fold(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll(/\s+/g, ' ').trim().toUpperCase();
}
