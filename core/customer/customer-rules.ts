import type { RefusalOf } from '../../contract/refusals.ts';
import { ok, refuse, type Result } from '../../contract/result.ts';
import type { CustomerRecord } from '../../db/customer-queries.ts';
import { parseCpf } from '../sale/cpf-rules.ts';

/** Letters of a name that a search needs: fewer would list the neighbourhood. */
const SEARCH_LETTERS = 3;

/** A name as it is searched and compared: capitals, no accents, single spaces. */
export function foldName(name: string): string {
  return name
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^\p{L}\p{N}' -]/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .toUpperCase();
}

/**
 * What a text typed into the search means: a CPF, or at least three letters of a name (folded).
 *
 * Refuses a CPF whose check digits are wrong, and a text that is too short for either.
 */
export function parseSearch(
  text: string,
): Result<
  { readonly by: 'cpf'; readonly cpf: string } | { readonly by: 'name'; readonly begin: string },
  RefusalOf<'cpf_invalid' | 'search_too_short'>
> {
  const cpf = parseCpf(text);
  if (cpf !== null) return ok({ by: 'cpf', cpf });
  if (text.replaceAll(/[.\-\s]/g, '').match(/^\d{11}$/) !== null) return refuse({ code: 'cpf_invalid', cpf: text });
  const begin = foldName(text);
  return begin.replaceAll(/[^\p{L}]/gu, '').length < SEARCH_LETTERS
    ? refuse({ code: 'search_too_short', minimum: SEARCH_LETTERS })
    : ok({ by: 'name', begin });
}

/** The bytes a commitment covers: everything the station knows of a customer, in this order, as JSON. */
export function customerBytes(customer: Omit<CustomerRecord, 'salt' | 'documentId' | 'registeredAtMs'>): string {
  const { personId, cpf, name, phone, email, address, consents } = customer;
  return JSON.stringify([personId, cpf, name, phone, email, address, consents]);
}
