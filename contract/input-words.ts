import type { z } from 'zod';

/** What would be right in a field, for people, in both languages. */
export type ExpectedWords = { readonly pt: string; readonly en: string };

/** What the library tells of one wrong field; its own words are never shown. */
type Issue = z.core.$ZodIssue;

const KINDS: Readonly<Record<string, ExpectedWords>> = {
  string: { pt: 'um texto', en: 'a text' },
  number: { pt: 'um número', en: 'a number' },
  int: { pt: 'um número inteiro', en: 'a whole number' },
  boolean: { pt: 'true (sim) ou false (não)', en: 'true or false' },
  array: { pt: 'uma lista', en: 'a list' },
  object: { pt: 'um objeto JSON', en: 'a JSON object' },
  null: { pt: 'null', en: 'null' },
};
const FORMATS: Readonly<Record<string, ExpectedWords>> = {
  uuid: { pt: 'um identificador (UUID)', en: 'an identifier (UUID)' },
  date: { pt: 'um dia, como 2026-09-13', en: 'a day, such as 2026-09-13' },
  datetime: { pt: 'um instante, como 2026-09-13T12:00:00Z', en: 'an instant, such as 2026-09-13T12:00:00Z' },
  email: { pt: 'um e-mail, como ana@exemplo.com.br', en: 'an e-mail address, such as ana@example.com' },
  safeint: { pt: 'um número inteiro', en: 'a whole number' },
};
/** Texts of a form of the contract's own. */
const PATTERNS: Readonly<Record<string, ExpectedWords>> = {
  '/^[A-Z]{2}$/': { pt: 'duas letras maiúsculas', en: 'two capital letters' },
  '/^\\d{8}$/': { pt: 'oito algarismos', en: 'eight digits' },
  '/^\\d{10,11}$/': { pt: '10 ou 11 algarismos', en: '10 or 11 digits' },
  '/^[0-9A-Z]{3}$/': { pt: 'três letras maiúsculas ou algarismos', en: 'three capital letters or digits' },
};
/** Checks of the contract's own, by what they say. */
const CHECKS: Readonly<Record<string, ExpectedWords>> = {
  'an IANA time zone, such as America/Manaus': {
    pt: 'um fuso horário da IANA, como America/Manaus',
    en: 'an IANA time zone, such as America/Manaus',
  },
};
const ANY: ExpectedWords = { pt: 'um valor válido', en: 'a valid value' };

/**
 * What would be right where a call's input is wrong: the kind of value, its bounds, its form, or the values there are.
 *
 * Shape: words that follow "Expected:", in Portuguese and in English, without a full stop.
 */
export function expectedWords(issue: Issue): ExpectedWords {
  switch (issue.code) {
    case 'invalid_type':
      return KINDS[issue.expected] ?? ANY;
    case 'invalid_format':
      return (issue.format === 'regex' ? PATTERNS[issue.pattern ?? ''] : FORMATS[issue.format]) ?? ANY;
    case 'invalid_value':
      return oneOf(issue.values.map(String));
    case 'too_small':
      return bound(issue.origin, Number(issue.minimum), issue.inclusive === false ? 'above' : 'least');
    case 'too_big':
      return bound(issue.origin, Number(issue.maximum), issue.inclusive === false ? 'below' : 'most');
    case 'not_multiple_of':
      return { pt: `um múltiplo de ${issue.divisor}`, en: `a multiple of ${issue.divisor}` };
    case 'unrecognized_keys':
      return { pt: `sem ${issue.keys.join(', ')}`, en: `without ${issue.keys.join(', ')}` };
    case 'invalid_union': {
      if ('options' in issue && issue.options !== undefined) return oneOf(issue.options.map(String));
      // What may be absent or be two things: the first of them says enough.
      const [first] = issue.errors.flat();
      return first === undefined ? ANY : expectedWords(first);
    }
    case 'custom':
      return CHECKS[issue.message] ?? ANY;
    default:
      return ANY;
  }
}

function oneOf(values: readonly string[]): ExpectedWords {
  const list = values.join(', ');
  return values.length === 1 ? { pt: list, en: list } : { pt: `um destes: ${list}`, en: `one of: ${list}` };
}

type Bound = 'least' | 'most' | 'above' | 'below';
const BOUNDS: Readonly<Record<Bound, ExpectedWords>> = {
  least: { pt: 'no mínimo', en: 'at least' },
  most: { pt: 'no máximo', en: 'at most' },
  above: { pt: 'mais de', en: 'more than' },
  below: { pt: 'menos de', en: 'less than' },
};

function bound(origin: string, limit: number, kind: Bound): ExpectedWords {
  const { pt, en } = BOUNDS[kind];
  if (origin === 'string' && kind === 'least' && limit === 1)
    return { pt: 'um texto que não seja vazio', en: 'a text that is not empty' };
  if (origin === 'string')
    return { pt: `${pt} ${limit} ${limit === 1 ? 'letra' : 'letras'}`, en: `${en} ${limit} characters` };
  if (origin === 'array') return { pt: `${pt} ${limit} ${limit === 1 ? 'item' : 'itens'}`, en: `${en} ${limit} items` };
  return { pt: `${pt} ${limit}`, en: `${en} ${limit}` };
}
