import { z } from 'zod';
import { isCleanText, scaleNumber } from './field-codecs.ts';

/*
 * The short way through a page of the catalogue. Nearly every row of nearly every server is plain: texts are clean,
 * numbers are numbers, flags are true or "T". Such a row is read here without the schema, whose work for a field costs
 * ten times the reading. A row with anything else in it is not guessed at: it takes the schema, which alone decides.
 */

/** Thrown by the readers below and caught by `plainFirst`: an error with a stack would cost more than the schema. */
const NOT_PLAIN: unique symbol = Symbol('not plain');

type Row = Readonly<Record<string, unknown>>;

/** As `schema`, but a plain row is read by `read`, which must make the same of it. */
export function plainFirst<Value>(read: (row: Row) => Value, schema: z.ZodType<Value>) {
  return z.unknown().transform((row, context): Value => {
    const plain = readPlain(row, read);
    if (plain !== undefined) return plain;
    const parsed = schema.safeParse(row);
    if (parsed.success) return parsed.data;
    for (const { message, path } of parsed.error.issues) context.addIssue({ code: 'custom', message, path });
    return z.NEVER;
  });
}

function readPlain<Value>(row: unknown, read: (row: Row) => Value): Value | undefined {
  try {
    return read(plainObject(row));
  } catch (error) {
    if (error === NOT_PLAIN) return undefined;
    throw error;
  }
}

/** A row whose names of fields are in lower case. */
export function plainObject(value: unknown): Row {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return refuse();
  for (const name in value) if (name !== name.toLowerCase()) return refuse();
  return value as Row;
}

/** Nothing, or a list. */
export function plainList(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return value === null || value === undefined ? [] : refuse();
}

/** Nothing, or a text that is clean already. */
export function plainText(value: unknown): string {
  if (typeof value === 'string' && isCleanText(value)) return value;
  return value === null || value === undefined ? '' : refuse();
}

export function plainKey(value: unknown): string {
  return typeof value === 'string' && value !== '' && isCleanText(value) ? value : refuse();
}

export function plainInteger(value: unknown): number {
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : refuse();
}

export function plainFlag(value: unknown, whenAbsent: boolean): boolean {
  if (value === true || value === 'T') return true;
  if (value === false || value === 'F') return false;
  return value === null || value === undefined ? whenAbsent : refuse();
}

/** A number in integer parts of `scale`, or null for nothing. */
export function plainScaled(value: unknown, scale: number): number | null {
  if (value === null || value === undefined) return null;
  return (typeof value === 'number' ? scaleNumber(value, scale) : null) ?? refuse();
}

function refuse(): never {
  // oxlint-disable-next-line no-throw-literal -- a sign for one reader, without a stack
  throw NOT_PLAIN;
}
