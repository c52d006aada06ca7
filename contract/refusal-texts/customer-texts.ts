import { shortId } from './refusal-words.ts';
import type { TextsOf } from './refusal-text-types.ts';

/** Refusals about customers, in both languages. */
export const customerTexts = {
  'pt-BR': {
    customer_not_found: (r) => [
      `Cliente ${shortId(r.personId)} não está no cadastro desta estação`,
      'Procure de novo pelo CPF ou pelo nome, ou cadastre o cliente.',
    ],
    search_too_short: (r) => [
      `A busca precisa de ${r.minimum} letras do nome ou do CPF inteiro`,
      'Digite mais letras, ou os 11 dígitos do CPF.',
    ],
  },
  en: {
    customer_not_found: (r) => [
      `Customer ${shortId(r.personId)} is not registered at this station`,
      'Search again by CPF or name, or register the customer.',
    ],
    search_too_short: (r) => [
      `The search needs ${r.minimum} letters of the name, or the whole CPF`,
      'Type more letters, or the 11 digits of the CPF.',
    ],
  },
} satisfies TextsOf<'P'>;
