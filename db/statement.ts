import { is, Param, Placeholder } from 'drizzle-orm';
import type { Orm, ReadDb, WriteTx } from './database-types.ts';

/** What a connection really is; hidden from callers behind `ReadDb`. */
export type Connection = {
  readonly orm: Orm;
  readonly prepareRaw: (sql: string) => { readonly run: (values: readonly unknown[]) => { readonly changes: number } };
  readonly prepared: Map<object, unknown>;
  /** What was read and may be read again; dropped by a rollback, which may have undone it. */
  readonly remembered: Map<object, unknown>;
};

// The brands exist for the compiler alone: these two functions are the only places that cross them.
export function connectionToReadDb(connection: Connection): ReadDb {
  return connection as unknown as ReadDb;
}
export function connectionToWriteTx(connection: Connection): WriteTx {
  return connection as unknown as WriteTx;
}

/**
 * A query that is built and prepared once per connection: an unprepared drizzle query costs 2 to 13 times as much
 * (ARCHITECTURE.md, what costs).
 */
export function readStatement<Statement>(build: (orm: Orm) => Statement): (db: ReadDb) => Statement {
  return (db) => preparedOn(db as unknown as Connection, build, ({ orm }) => build(orm));
}

/** The same for a statement that writes: it can only run where a `WriteTx` exists. */
export function writeStatement<Statement>(build: (orm: Orm) => Statement): (tx: WriteTx) => Statement {
  return (tx) => preparedOn(tx as unknown as Connection, build, ({ orm }) => build(orm));
}

/**
 * A place for what was read on a connection, so that the next reading of it need not. Whether it still holds is for the
 * reader to know, by a count that the database keeps; a rollback empties the place.
 */
export function readingMemory<Value>(): {
  readonly recall: (db: ReadDb) => Value | null;
  readonly remember: (db: ReadDb, value: Value) => void;
} {
  const key = {};
  const placesOf = (db: ReadDb): Map<object, unknown> => (db as unknown as Connection).remembered;
  return {
    recall: (db) => (placesOf(db).get(key) as Value | undefined) ?? null,
    remember: (db, value) => void placesOf(db).set(key, value),
  };
}

/** Writes one row of a page; the caller's type says which fields it needs. */
export type BulkWrite<Row extends object> = (tx: WriteTx) => (row: Row) => number;

/**
 * The same for a statement that runs for each row of a page. The builder tests every value of every row for what kind it
 * is, which costs as much as SQLite itself; here that is decided once, and a row's fields are bound by their place.
 *
 * Shape: a row has a field for each placeholder; what the builder fills in itself (a column's default) is the same in
 * each row. Answers how many rows it changed.
 */
export function bulkStatement(
  build: (orm: Orm) => { readonly toSQL: () => { readonly sql: string; readonly params: readonly unknown[] } },
): BulkWrite<object> {
  const make = ({ orm, prepareRaw }: Connection): ((row: object) => number) => {
    const { sql, params } = build(orm).toSQL();
    const fields = params.map(toField);
    const statement = prepareRaw(sql);
    return (row) => {
      const given = row as Readonly<Record<string, unknown>>;
      const values = fields.map((field) => {
        if ('constant' in field) return field.constant;
        const value = given[field.name];
        if (value === undefined) throw new Error(`no value for ${field.name}`);
        return field.encode === null ? value : field.encode(value);
      });
      return statement.run(values).changes;
    };
  };
  return (tx) => preparedOn(tx as unknown as Connection, build, make);
}

type Field =
  | { readonly name: string; readonly encode: ((value: unknown) => unknown) | null }
  | { readonly constant: unknown };

function toField(param: unknown): Field {
  if (is(param, Placeholder)) return { name: param.name, encode: null };
  if (is(param, Param) && is(param.value, Placeholder)) {
    const { encoder, value } = param;
    return { name: value.name, encode: (given) => encoder.mapToDriverValue(given) };
  }
  if (typeof param === 'string' || typeof param === 'number' || param === null) return { constant: param };
  throw new Error(`a bulk statement takes placeholders and plain values, not ${typeof param}`);
}

function preparedOn<Statement>(
  connection: Connection,
  key: object,
  make: (connection: Connection) => Statement,
): Statement {
  const known = connection.prepared.get(key);
  if (known !== undefined) return known as Statement;
  const statement = make(connection);
  connection.prepared.set(key, statement);
  return statement;
}

/**
 * Rows of a prepared statement's `.values()`, named by the fields it selects, in their order.
 *
 * For texts and numbers only: a column with a decoder of its own (booleans) needs `.all()`, which takes every value
 * through the builder's mapping and costs four times as much (a hundred lines: 1.0 against 0.3 ms).
 */
export function plainRows<Row extends object>(
  fields: Readonly<Record<keyof Row, unknown>>,
  values: readonly unknown[][],
): Row[] {
  const names = Object.keys(fields);
  return values.map((row) => {
    const named: Record<string, unknown> = {};
    for (let index = 0; index < names.length; index += 1) named[names[index] ?? ''] = row[index];
    return named as Row;
  });
}
