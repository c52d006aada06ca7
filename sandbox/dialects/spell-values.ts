import { textField, type JsonObject, type JsonValue } from '../http/json.ts';
import type { Dialect } from './dialect.ts';

/** Documents the ERP keeps for others and hands out as they were given; no dialect touches them. */
const OPAQUE = new Set(['politicas', 'permissoes', 'condicao', 'beneficio', 'resumo']);
const NAMES = /^(nome|fantasia|desc|obs|motivo_canc)/i;

/** Rewrites the values of a reply's rows or records as this server writes them; the same object when nothing differs. */
export function spellValues(value: JsonValue, dialect: Dialect): JsonValue {
  const { flags, numbers, texts, balances } = dialect;
  if (flags === 'native' && numbers === 'number' && texts === 'plain' && balances === 'plain') return value;
  return spell(value, '', dialect);
}

function spell(value: JsonValue, name: string, dialect: Dialect): JsonValue {
  if (value === null) return null;
  if (typeof value === 'number') return dialect.numbers === 'text' ? String(value) : value;
  if (typeof value === 'boolean') return flag(value, dialect.flags);
  if (typeof value === 'string') return text(value, name, dialect);
  if (Array.isArray(value)) return (value as readonly JsonValue[]).map((each) => spell(each, name, dialect));
  const object = value as JsonObject;
  const spelt: Record<string, JsonValue> = {};
  for (const [key, each] of Object.entries(object)) {
    const own = key === 'saldo' && dialect.balances === 'odd' ? oddBalance(each, textField(object, 'sku') ?? '') : each;
    spelt[key] = OPAQUE.has(key) ? own : spell(own, key, dialect);
  }
  return spelt;
}

function flag(value: boolean, flags: Dialect['flags']): JsonValue {
  switch (flags) {
    case 'native':
    case 'boolean':
      return value;
    case 'letters':
      return value ? 'T' : 'F';
    case 'digits':
      return value ? '1' : '0';
  }
}

/** `ativo` of products is one letter in the reference; in a server of one habit it is as all other flags. */
function text(value: string, name: string, { flags, texts }: Dialect): JsonValue {
  if (name === 'ativo' && (value === 'T' || value === 'F') && flags !== 'native') return flag(value === 'T', flags);
  if (texts === 'plain' || value === '' || !NAMES.test(name)) return value;
  // A doubled space, a soft hyphen after the first one, and a zero-width space before a blank at the end.
  return `${value.replaceAll(' ', '  ').replace('  ', '  \u00AD')}\u200B `;
}

/** Depends on the SKU alone, so that a balance does not come and go between two readings. */
function oddBalance(balance: JsonValue, sku: string): JsonValue {
  let hash = 7;
  for (const character of sku) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) >>> 0;
  if (hash % 4 === 0) return null;
  return hash % 4 === 1 ? -3 : balance;
}
