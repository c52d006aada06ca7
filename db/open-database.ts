import { chmodSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { BetterSQLite3Database, BetterSQLiteSession } from 'drizzle-orm/better-sqlite3';
import { SQLiteSyncDialect } from 'drizzle-orm/sqlite-core';
import type { Database, ReadDb } from './database-types.ts';
import { findMachineFault, MachineError } from './machine-error.ts';
import { makeFolder } from './make-folder.ts';
import { migrate, SCHEMA_VERSION } from './migrate.ts';
import { rewriteLog } from './rewrite-log.ts';
import { connectionToReadDb, connectionToWriteTx, type Connection } from './statement.ts';

/** Wait for another connection's lock this long before giving up: only a reader's checkpoint can hold one. */
const BUSY_TIMEOUT_MS = 5_000;

/**
 * Kilobytes of pages that the writing connection keeps for itself. Several times what all upper pages of the indexes of a million
 * SKUs take (1.5 MB), with the day's own sales; for the rest the system has its cache of the file, and what is here is
 * taken from the machine twice. It fills with what is sold and then stays: docs/performance.md, memory.
 */
export const PAGE_CACHE_KB = 8_192;

/** A commit moves what a log of as many pages still holds, 16 MB in all: little, where the thread goes before it. */
const COMMIT_MOVES_PAGES = 4_000;

/** What a long read made of the log is given back, in a quiet moment: to cut 60 MB off takes 30 to 100 ms. */
const LONG_LOG_BYTES = 10 * 1024 * 1024;

/**
 * Opens the station's database for writing, creating or migrating it. Before a migration the file is copied to
 * `backups/` beside it; a migration that fails leaves the file as it was.
 *
 * Refusals are thrown as `MachineError`: a newer database, a corrupt one, a full disk.
 */
export function openDatabase(
  file: string,
  clock: { readonly nowMs: () => number; readonly newId: () => string },
): Database {
  makeFolder(dirname(file));
  try {
    rewriteLog(file);
  } catch (error) {
    throw toMachineError(error);
  }
  const raw = new SqliteDatabase(file, { timeout: BUSY_TIMEOUT_MS });
  try {
    // Its log and index take over these rights. An older file may have had wider ones.
    chmodSync(file, 0o600);
    applyPragmas(raw);
    migrate(raw, file, clock);
  } catch (error) {
    raw.close();
    throw toMachineError(error);
  }
  const connection = createConnection(raw);
  const tx = connectionToWriteTx(connection);
  const begin = raw.prepare('BEGIN IMMEDIATE');
  const commit = raw.prepare('COMMIT');
  const rollback = raw.prepare('ROLLBACK');
  const passive = raw.prepare('PRAGMA wal_checkpoint(PASSIVE)');
  const look = raw.prepare<[], { log: number; checkpointed: number }>('PRAGMA wal_checkpoint(NOOP)');

  let isSynced = true;

  /** Said before a transaction begins, where alone it has an effect; what fails here has written nothing. */
  function sync(isWanted: boolean): void {
    if (isSynced !== isWanted) raw.pragma(`synchronous = ${isWanted ? 'FULL' : 'NORMAL'}`);
    isSynced = isWanted;
  }

  function write<Value>(work: (writeTx: typeof tx) => Value, keep: (value: Value) => boolean = () => true): Value {
    sync(true);
    return transact(work, keep);
  }

  function writeUnsynced<Value>(work: (writeTx: typeof tx) => Value): Value {
    sync(false);
    return transact(work, () => true);
  }

  function transact<Value>(work: (writeTx: typeof tx) => Value, keep: (value: Value) => boolean): Value {
    // Without IMMEDIATE a transaction that reads first may fail at its first write.
    begin.run();
    try {
      const value = work(tx);
      if (keep(value)) commit.run();
      else undo();
      return value;
    } catch (error) {
      undo();
      throw error;
    }
  }

  function undo(): void {
    connection.remembered.clear();
    // A commit that failed may have ended the transaction itself.
    if (raw.inTransaction) rollback.run();
  }

  return {
    read: connectionToReadDb(connection),
    write,
    writeUnsynced,
    schemaVersion: SCHEMA_VERSION,
    file,
    checkpoint: () => {
      passive.get();
      if (logBytes(file) > LONG_LOG_BYTES) truncateLog(raw);
    },
    unmovedPages: () => {
      const state = look.get();
      return state === undefined ? 0 : state.log - state.checkpointed;
    },
    close: () => {
      connection.prepared.clear();
      raw.close();
    },
  };
}

function toMachineError(error: unknown): unknown {
  const fault = findMachineFault(error);
  return fault === null ? error : new MachineError(fault, error);
}

/** Opens the same file for reading only, for a reader thread; it sees what was committed when each read starts. */
export function openReader(file: string): { readonly read: ReadDb; readonly close: () => void } {
  const raw = new SqliteDatabase(file, { readonly: true, fileMustExist: true, timeout: BUSY_TIMEOUT_MS });
  raw.pragma('query_only = ON');
  raw.pragma('synchronous = FULL');
  const connection = createConnection(raw);
  return { read: connectionToReadDb(connection), close: () => raw.close() };
}

function createConnection(raw: SqliteDatabase.Database): Connection {
  const dialect = new StablePlanDialect();
  const session = new BetterSQLiteSession<Record<string, never>, Record<string, never>>(raw, dialect, undefined);
  const orm = new BetterSQLite3Database('sync', dialect, session, undefined);
  return { orm, prepareRaw: (sql) => raw.prepare(sql), prepared: new Map(), remembered: new Map() };
}

/**
 * Writes `+?` for each parameter. This SQLite is compiled with STAT4: where the value of a bare `?` could change the plan
 * (most joins, every LIMIT) it compiles the prepared statement anew for each run, which costs 10 to 40 times the
 * reading. The plus says that the value changes no plan. A partial index is then taken only where the query says its
 * condition in the very words.
 */
class StablePlanDialect extends SQLiteSyncDialect {
  override escapeParam(): string {
    return '+?';
  }
}

function logBytes(file: string): number {
  return statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0;
}

/** Without waiting for who still reads the log: there is another quiet moment. */
function truncateLog(raw: SqliteDatabase.Database): void {
  raw.pragma('busy_timeout = 0');
  try {
    raw.pragma('wal_checkpoint(TRUNCATE)');
  } finally {
    raw.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`);
  }
}

function applyPragmas(raw: SqliteDatabase.Database): void {
  // Readers never wait for the writer and a commit costs one sync.
  raw.pragma('journal_mode = WAL');
  // Set on every open: better-sqlite3 is compiled with WAL meaning NORMAL, which loses acknowledged sales.
  raw.pragma('synchronous = FULL');
  // A line without its sale is a bug, not data.
  raw.pragma('foreign_keys = ON');
  // A person who is erased is overwritten, not only unlinked: rows are rarely deleted here, so it costs nothing.
  raw.pragma('secure_delete = ON');
  // The log is moved in quiet moments, or by a thread (core/checkpoints.ts); this bound is for one that lags or failed.
  raw.pragma(`wal_autocheckpoint = ${COMMIT_MOVES_PAGES}`);
  raw.pragma(`cache_size = -${PAGE_CACHE_KB}`);
}
