import SqliteDatabase from 'better-sqlite3';
import { PAGE_CACHE_KB } from '../../db/open-database.ts';

/** A row as SQLite gives it. */
export type Row = Readonly<Record<string, string | number | null>>;
export type RawDatabase = SqliteDatabase.Database;

/** Opens a migrated station database raw, with the product's pragmas: the floor pays the same syncs. */
export function openRaw(file: string): RawDatabase {
  const db = new SqliteDatabase(file);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.pragma('foreign_keys = ON');
  db.pragma('wal_autocheckpoint = 2000');
  db.pragma(`cache_size = -${PAGE_CACHE_KB}`);
  return db;
}

/** Reads what the product wrote, while it runs. */
export function openReadOnly(file: string): RawDatabase {
  return new SqliteDatabase(file, { readonly: true });
}

/** Bytes of the database, with what is still in its log. */
export function readSize(db: RawDatabase): number {
  return Number(db.pragma('page_count', { simple: true })) * Number(db.pragma('page_size', { simple: true }));
}

/** A prepared insert of exactly these columns of a table, bound by name. */
export function prepareInsert(db: RawDatabase, table: string, row: Row): SqliteDatabase.Statement<[Row]> {
  const columns = Object.keys(row);
  const values = columns.map((column) => `@${column}`);
  return db.prepare<[Row]>(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${values.join(', ')})`);
}

/** The columns of `row` that are named; every one must be there. */
export function pick(row: Row, columns: readonly string[]): Row {
  return Object.fromEntries(
    columns.map((column) => {
      const value = row[column];
      if (value === undefined) throw new Error(`no column ${column}`);
      return [column, value];
    }),
  );
}
