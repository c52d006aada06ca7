import { copyFileSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import SqliteDatabase from 'better-sqlite3';
import type { Database } from '../../db/database-types.ts';
import { openDatabase } from '../../db/open-database.ts';
import type { Row } from './erp-state.ts';

/**
 * The disk of one station, for many days. A killed core leaves what was committed and nothing else; the connection itself
 * goes on to the next core, as opening and preparing were half of a day (what SQLite makes of the files of a process that
 * was really killed is the torture's affair).
 */
export type StationDisk = {
  /** For a core that starts: nothing that the last one read is remembered, nothing it left open is there. */
  readonly open: () => Database;
  /** The file as it was on the first day. */
  readonly reset: () => Promise<void>;
  /** Copies the disk as it is; answers how to put the copy back, while no core runs. */
  readonly image: () => () => void;
  /** Reads past the product, by another connection. */
  readonly all: (sql: string) => Row[];
  readonly close: () => void;
};

export function createStationDisk(file: string, first: Uint8Array): StationDisk {
  const firstFile = `${file}.first`;
  writeFileSync(file, first);
  writeFileSync(firstFile, first);
  const source = new SqliteDatabase(firstFile, { readonly: true });
  let database: Database | null = null;
  let reader: SqliteDatabase.Database | null = null;
  const prepared = new Map<string, SqliteDatabase.Statement>();

  function open(): Database {
    // Only a new file asks for the time and an id.
    database ??= openDatabase(file, { nowMs: refuse, newId: refuse });
    // An undone transaction makes the connection forget what it read.
    database.write(
      () => null,
      () => false,
    );
    return database;
  }

  function close(): void {
    prepared.clear();
    reader?.close();
    database?.close();
    [reader, database] = [null, null];
  }

  return {
    open,
    reset: async () => {
      if (database === null) return;
      await source.backup(file, { progress: () => EVERY_PAGE });
      database.checkpoint();
    },
    image: () => {
      const image = `${file}.image`;
      for (const suffix of ['', '-wal'])
        if (existsSync(file + suffix)) copyFileSync(file + suffix, image + suffix);
        else rmSync(image + suffix, { force: true });
      return () => {
        close();
        for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
        for (const suffix of ['', '-wal']) if (existsSync(image + suffix)) copyFileSync(image + suffix, file + suffix);
      };
    },
    all: (sql) => {
      reader ??= new SqliteDatabase(file, { readonly: true });
      const known = prepared.get(sql) ?? reader.prepare(sql);
      prepared.set(sql, known);
      return known.all() as Row[];
    },
    close: () => {
      close();
      source.close();
    },
  };
}

const EVERY_PAGE = 1_000_000;

function refuse(): never {
  throw new Error('the file is there already');
}
