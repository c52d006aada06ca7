import Database from 'better-sqlite3';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ERP_SCHEMA } from './erp-schema.ts';
import { createErpFile, type CatalogueSize } from '../seed/create-erp-file.ts';

/** The ERP's file: `db` holds registers and documents, `countersDb` is a second connection for call and fault counts. */
export type Store = {
  readonly db: Database.Database;
  readonly countersDb: Database.Database;
  readonly file: string;
  close(): void;
};

/**
 * Opens the ERP's SQLite file, creating it with its catalogue when it is not there.
 *
 * `data` is a folder, or a file when it ends in .sqlite or .db. An existing file is never regenerated: seed and size
 * only count at creation.
 */
export function openStore(data: string, size: CatalogueSize): Store {
  const file = /\.(sqlite|db)$/.test(data) ? data : join(data, 'millennium.sqlite');
  if (!existsSync(file)) createWhole(file, size);

  const db = new Database(file);
  const schema = db.pragma('user_version', { simple: true });
  if (schema !== ERP_SCHEMA) throw new Error(`${file} was made by another version of the sandbox: remove it`);
  db.pragma('journal_mode = WAL');
  // better-sqlite3 is compiled with DEFAULT_WAL_SYNCHRONOUS=1: without this line, after the journal mode, commits
  // are not on disk when they are answered.
  db.pragma('synchronous = FULL');
  db.pragma('foreign_keys = ON');
  // A full load reads the whole file once: without these a page of 500 products costs twice the time.
  db.pragma('mmap_size = 1073741824');
  db.pragma('cache_size = -32000');

  const countersDb = new Database(file);
  // Counts must outlive a SIGKILL, not a power cut: NORMAL saves one disk sync for each call that is only counted.
  countersDb.pragma('synchronous = NORMAL');

  return {
    db,
    countersDb,
    file,
    close() {
      countersDb.close();
      db.close();
    },
  };
}

/** A process killed half-way leaves only the .new file, so a catalogue is whole or not there. */
function createWhole(file: string, size: CatalogueSize): void {
  mkdirSync(dirname(file), { recursive: true });
  const unfinished = `${file}.new`;
  rmSync(unfinished, { force: true });
  createErpFile(unfinished, size);
  renameSync(unfinished, file);
}
