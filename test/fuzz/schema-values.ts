import fc from 'fast-check';
import { z } from 'zod';

/*
 * Values that a schema of the contract takes, drawn from the schema itself: a method that is added or changed is fuzzed
 * without a word here. What only a running store knows (ids of sales, barcodes) is left open by the name of its field
 * and filled in when the case runs.
 */

/** A place to be filled by what the store said last under this name. */
const HOLE = '\u0001';

/** What of JSON Schema the contract comes to. */
type Schema = {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly pattern?: string;
  readonly format?: string;
};

type Json = fc.Arbitrary<unknown>;

/** Long enough for any field's own limit to be passed, and no more: the time goes into cases. */
const MAX_ITEMS = 4;
const MAX_TEXT = 40;

/** Inputs that `schema` takes, with holes. */
export function valuesOf(schema: z.ZodType): Json {
  return valueOf(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Schema);
}

/** `value` with its holes filled: by one of what `find` knows under the name, or a fresh value of that kind. */
export function fillHoles(value: unknown, find: (name: string, index: number) => unknown): unknown {
  if (typeof value === 'string' && value.startsWith(HOLE)) {
    const [name = '', index = '0'] = value.slice(1).split(':');
    return find(name, Number(index));
  }
  if (Array.isArray(value)) return value.map((item) => fillHoles(item, find));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, fillHoles(item, find)]));
}

function valueOf(schema: Schema, name = ''): Json {
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return fc.oneof(...choices.map((choice) => valueOf(choice, name)));
  if (schema.allOf !== undefined) {
    return fc
      .tuple(...schema.allOf.map((part) => valueOf(part, name)))
      .map((parts): unknown => Object.assign({}, ...parts));
  }
  if ('const' in schema) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  if (Array.isArray(schema.type)) {
    return fc.oneof(...schema.type.map((type: string) => valueOf({ ...schema, type }, name)));
  }
  switch (schema.type) {
    case 'object':
      return objectOf(schema);
    case 'array': {
      const minLength = schema.minItems ?? 0;
      const maxLength = Math.max(minLength, Math.min(schema.maxItems ?? MAX_ITEMS, MAX_ITEMS));
      return fc.array(valueOf(schema.items ?? {}, name), { minLength, maxLength });
    }
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'integer':
    case 'number':
      return orHole(numberOf(schema), name);
    case 'string':
      return orHole(textOf(schema), name);
    default:
      return fc.jsonValue({ maxDepth: 2 });
  }
}

function objectOf({ properties = {}, required = [] }: Schema): Json {
  const fields = Object.fromEntries(Object.entries(properties).map(([name, field]) => [name, valueOf(field, name)]));
  return fc.record(fields, { requiredKeys: [...required] });
}

function orHole(values: Json, name: string): Json {
  if (name === '') return values;
  const hole = fc.nat({ max: 30 }).map((index) => `${HOLE}${name}:${index}`);
  return fc.oneof({ weight: 3, arbitrary: hole }, { weight: 2, arbitrary: values });
}

/** Small numbers, both ends, and anything between. */
function numberOf(schema: Schema): Json {
  const min =
    schema.minimum ?? (schema.exclusiveMinimum === undefined ? Number.MIN_SAFE_INTEGER : schema.exclusiveMinimum + 1);
  const max = schema.maximum ?? Number.MAX_SAFE_INTEGER;
  const small = fc.integer({ min: Math.max(min, -5), max: Math.max(min, Math.min(max, 20_000)) });
  return fc.oneof(
    small,
    fc.constantFrom(min, max),
    fc.maxSafeInteger().map((value) => Math.min(max, Math.max(min, value))),
  );
}

function textOf({ format, pattern, minLength = 0, maxLength = MAX_TEXT }: Schema): Json {
  switch (format) {
    case 'uuid':
      return fc.uuid();
    case 'date':
      return fc
        .date({ noInvalidDate: true, min: new Date('2026-01-01'), max: new Date('2027-12-31') })
        .map((day) => day.toISOString().slice(0, 10));
    case 'date-time':
      return fc
        .date({ noInvalidDate: true, min: new Date('2000-01-01'), max: new Date('2100-01-01') })
        .map((instant) => instant.toISOString());
    default:
  }
  if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern));
  const length = { minLength, maxLength: Math.max(minLength, Math.min(maxLength, MAX_TEXT)) };
  return fc.oneof(
    fc.string(length),
    fc.string({ ...length, unit: 'binary' }),
    fc.stringMatching(/^[0-9]{3,14}$/),
    fc.constantFrom(...WORDS),
  );
}

const WORDS = [
  'Maria',
  'cliente desistiu',
  'camiseta',
  '%',
  '_',
  "' OR 1=1 --",
  '"*"',
  'NEAR(a b)',
  '529.982.247-25',
  '1e9',
  '-1',
  '0',
];
