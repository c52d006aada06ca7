import type { Orm, ReadDb, WriteTx } from './database-types.ts';

/** What a connection really is; hidden from callers behind `ReadDb`. */
export type Connection = { readonly orm: Orm; readonly prepared: Map<object, unknown> };

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
  return (db) => preparedOn(db as unknown as Connection, build);
}

/** The same for a statement that writes: it can only run where a `WriteTx` exists. */
export function writeStatement<Statement>(build: (orm: Orm) => Statement): (tx: WriteTx) => Statement {
  return (tx) => preparedOn(tx as unknown as Connection, build);
}

function preparedOn<Statement>(connection: Connection, build: (orm: Orm) => Statement): Statement {
  const known = connection.prepared.get(build);
  if (known !== undefined) return known as Statement;
  const statement = build(connection.orm);
  connection.prepared.set(build, statement);
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
