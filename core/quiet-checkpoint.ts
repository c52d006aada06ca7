import type { Database } from '../db/database-types.ts';
import { isStorageFailure } from '../db/machine-error.ts';
import type { Log } from './log.ts';

/** A quiet moment for moving the log into the database file comes this long after the last command. */
const IDLE_MS = 2_000;

/** Moves the log into the database file when nobody waits: in the middle of scanning one scan in a thousand would. */
export type QuietCheckpoint = {
  /** Something was written: a moment without more of it is awaited. */
  readonly noteWrite: () => void;
  /** The last one, before the file is closed. */
  readonly end: () => void;
};

export function createQuietCheckpoint({
  db,
  log,
  onStorageFailure,
}: {
  readonly db: Pick<Database, 'checkpoint'>;
  readonly log: Log;
  readonly onStorageFailure: (error: unknown) => void;
}): QuietCheckpoint {
  let idle: NodeJS.Timeout | null = null;

  function checkpoint(): void {
    try {
      db.checkpoint();
    } catch (error) {
      // Without room all of it stays in the log, which is as safe, and the next quiet moment tries again.
      log.warn('checkpoint failed', { error: String(error) });
      if (isStorageFailure(error)) onStorageFailure(error);
    }
  }

  function forget(): void {
    if (idle !== null) clearTimeout(idle);
  }

  return {
    noteWrite: () => {
      forget();
      idle = setTimeout(checkpoint, IDLE_MS);
      idle.unref();
    },
    end: () => {
      forget();
      checkpoint();
    },
  };
}
