import SqliteDatabase from 'better-sqlite3';

/** Somebody else's move or the restart of the log is waited for by coming again, not here. */
const NO_WAIT_MS = 0;

/** Moves the log into the database file beside the connection that writes, which waits for nothing meanwhile. */
export type LogMover = {
  /**
   * Moves what can be moved and syncs both files. Answers how many pages are still only in the log: with none, the
   * next write begins the log anew. Throws what SQLite says when the medium fails; nothing counts as moved then.
   */
  readonly move: () => number;
  readonly close: () => void;
};

/** To be used on another thread than the one that sells: moving 8 MB takes 10 to 60 ms on a busy disk. */
export function openLogMover(file: string): LogMover {
  const db = new SqliteDatabase(file, { fileMustExist: true, timeout: NO_WAIT_MS });
  // The log is synced before its pages are moved, the file before they count as moved.
  db.pragma('synchronous = FULL');
  const passive = db.prepare<[], { readonly log: number; readonly checkpointed: number }>(
    'PRAGMA wal_checkpoint(PASSIVE)',
  );
  return {
    move: () => {
      const state = passive.get();
      return state === undefined ? 0 : state.log - state.checkpointed;
    },
    close: () => void db.close(),
  };
}
