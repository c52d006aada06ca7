import { parseCpf } from '../sale/cpf-rules.ts';

const LONGEST_EMAIL = 77;
const EMAIL = /^[a-z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+$/;
/** Country, area code of two digits without a zero, eight or nine digits. */
const PHONE = /^\+55[1-9]{2}\d{8,9}$/;
const RANDOM_KEY = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * A Pix key as the bank keeps it, or null when it is none of the five kinds: CPF, CNPJ (the alphanumeric one of 2026
 * too), e-mail, Brazilian mobile or fixed line with `+55`, random key (UUID).
 *
 * Accepts the masks people write (`12.345.678/0001-95`, `+55 (11) 98765-4321`) and capitals. Eleven digits that are no
 * CPF are refused: they may be a phone without its country, and money sent to a wrong key is gone.
 * Source: Manual Operacional do DICT (Banco Central), formats of keys.
 */
export function parsePixKey(text: string): string | null {
  const typed = text.trim();
  if (typed.includes('@')) {
    const email = typed.toLowerCase();
    return email.length <= LONGEST_EMAIL && EMAIL.test(email) ? email : null;
  }
  if (typed.startsWith('+')) {
    const phone = typed.replaceAll(/[\s().-]/g, '');
    return PHONE.test(phone) ? phone : null;
  }
  if (RANDOM_KEY.test(typed.toLowerCase())) return typed.toLowerCase();
  return parseCpf(typed) ?? parseCnpj(typed);
}

const CNPJ = /^[0-9A-Z]{12}\d{2}$/;

function parseCnpj(text: string): string | null {
  const signs = text.replaceAll(/[.\-/\s]/g, '').toUpperCase();
  if (!CNPJ.test(signs) || /^(.)\1{13}$/.test(signs)) return null;
  return signs.endsWith(checkDigit(signs.slice(0, 12)) + checkDigit(signs.slice(0, 13))) ? signs : null;
}

/** Weights 2 to 9 from the right, again and again; a sign counts as its ASCII code less 48. */
function checkDigit(signs: string): string {
  const sum = Array.from(signs)
    .toReversed()
    .reduce((total, sign, index) => total + ((sign.codePointAt(0) ?? 0) - 48) * (2 + (index % 8)), 0);
  const rest = sum % 11;
  return String(rest < 2 ? 0 : 11 - rest);
}
