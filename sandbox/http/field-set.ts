import { ErpError } from './erp-error.ts';
import { isJsonObject, type JsonObject, type JsonValue } from './json.ts';

type ScalarKind = 'integer' | 'float' | 'boolean' | 'date' | 'timestamp' | 'string' | 'anything';
type Field = { readonly kind: ScalarKind; readonly max: number; readonly required: boolean };

/** The fields a write knows, with their types and lengths, and its child lists. */
export type FieldSet = {
  readonly fields: ReadonlyMap<string, Field>;
  readonly lists: Readonly<Record<string, FieldSet>>;
};

const KINDS: Readonly<Record<string, ScalarKind>> = {
  i: 'integer',
  f: 'float',
  b: 'boolean',
  d: 'date',
  t: 'timestamp',
  s: 'string',
  a: 'anything',
};

/**
 * Builds a field set from a compact list, `name:kind`: i integer, f float, b boolean, d day, t timestamp, a anything,
 * s text (s12 = at most 12 characters); a closing `!` marks a field that must come.
 */
export function fieldSet(definition: string, lists: Readonly<Record<string, FieldSet>> = {}): FieldSet {
  const fields = new Map<string, Field>();
  for (const word of definition.split(/\s+/).filter((part) => part !== '')) {
    const match = /^(\w+):([a-z])(\d*)(!?)$/.exec(word);
    const kind = KINDS[match?.[2] ?? ''];
    if (match === null || kind === undefined) throw new Error(`cannot read the field definition ${word}`);
    fields.set(match[1] ?? '', { kind, max: match[3] ? Number(match[3]) : Infinity, required: match[4] === '!' });
  }
  return { fields, lists };
}

/** Refuses with 400 a body that carries an unknown field, a wrong type, a text too long, or lacks what must come. */
export function checkFields(methodName: string, set: FieldSet, body: JsonObject, path = ''): void {
  for (const [name, value] of Object.entries(body)) {
    const list = Object.hasOwn(set.lists, name) ? set.lists[name] : undefined;
    const field = set.fields.get(name);
    if (list !== undefined) checkList(methodName, list, value, `${path}${name}`);
    else if (field === undefined) throw new ErpError(400, `Parameter ${path}${name} not found in ${methodName}`);
    else if (value !== null) checkValue(field, value, `${path}${name}`);
  }
  for (const [name, field] of set.fields) {
    if (field.required && (body[name] ?? null) === null) {
      throw new ErpError(400, `Parâmetro obrigatório não informado: ${path}${name}`);
    }
  }
}

function checkList(methodName: string, set: FieldSet, value: JsonValue, path: string): void {
  if (value === null) return;
  if (!Array.isArray(value)) throw new ErpError(400, `Valor inválido para o parâmetro ${path}: esperada uma lista`);
  for (const record of value as readonly JsonValue[]) {
    if (!isJsonObject(record)) throw new ErpError(400, `Valor inválido para o parâmetro ${path}: esperado um objeto`);
    checkFields(methodName, set, record, `${path}.`);
  }
}

function checkValue(field: Field, value: JsonValue, path: string): void {
  if (!CHECKS[field.kind](value)) {
    throw new ErpError(
      400,
      `Valor inválido para o parâmetro ${path}: esperado ${field.kind}, veio ${JSON.stringify(value)}`,
    );
  }
  if (typeof value === 'string' && value.length > field.max) {
    throw new ErpError(400, `Parâmetro ${path} excede o tamanho máximo de ${field.max} caracteres`);
  }
}

const CHECKS: Readonly<Record<ScalarKind, (value: JsonValue) => boolean>> = {
  integer: (value) => Number.isSafeInteger(value),
  float: (value) => Number.isFinite(value),
  boolean: (value) => typeof value === 'boolean',
  string: (value) => typeof value === 'string',
  date: (value) => typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) && isRealDay(value),
  timestamp: (value) =>
    typeof value === 'string' && /^\d{4}-\d{2}-\d{2}(T|$)/.test(value) && Number.isFinite(Date.parse(value)),
  anything: () => true,
};

/** 2026-02-30 parses in JavaScript as 2 March; a day is real when it survives the round trip. */
function isRealDay(day: string): boolean {
  const ms = Date.parse(`${day}T00:00:00Z`);
  return Number.isFinite(ms) && new Date(ms).toISOString().startsWith(day);
}
