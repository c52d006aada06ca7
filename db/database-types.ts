import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';

declare const readable: unique symbol;
declare const writable: unique symbol;

/** The query builder of one connection. Only files of `db` use it. */
export type Orm = BetterSQLite3Database;

/** A connection one may read from. Opaque outside `db`: reading goes through the functions of this folder. */
export type ReadDb = { readonly [readable]: true };

/**
 * The right to write: exists only inside `Database.write`, in one `BEGIN IMMEDIATE` transaction.
 * It reads too, and sees what was written before.
 */
export type WriteTx = ReadDb & { readonly [writable]: true };

/** The writing connection of the station. One process holds it at a time. */
export type Database = {
  readonly read: ReadDb;
  /**
   * Runs `work` in one transaction that is on disk when this returns. Synchronous on purpose: no transaction lives
   * across an await. What `work` throws rolls back; so does a value that `keep` rejects.
   */
  readonly write: <Value>(work: (tx: WriteTx) => Value, keep?: (value: Value) => boolean) => Value;
  /**
   * The same without waiting for the disk: a power cut may undo it, with whatever was written after it and not synced
   * either; the next `write` syncs it with itself. For what is read again where it is missing (the pages of a register,
   * whose cursor is in the same transaction), and for nothing that was answered to anybody.
   */
  readonly writeUnsynced: <Value>(work: (tx: WriteTx) => Value) => Value;
  readonly schemaVersion: number;
  readonly file: string;
  /** Moves the log into the main file as far as readers allow: called when nothing else is to do. */
  readonly checkpoint: () => void;
  /** Pages that are only in the log; 2 us. */
  readonly unmovedPages: () => number;
  readonly close: () => void;
};
