import SqliteDatabase from 'better-sqlite3';

/** Wait this long for the writer: a reader only ever waits for it while the log is reset. */
const BUSY_TIMEOUT_MS = 5_000;
/** Pages of one step of a copy: 1 MB. */
const PAGES_PER_STEP = 256;

/** What a copy of the station's database holds, read from it. */
export type BackupFacts = {
  readonly schemaVersion: number;
  readonly installationId: string;
  /** Null before enrolment. */
  readonly stationCode: string | null;
  /** Completed sales. */
  readonly sales: number;
  /** Documents in the outbox, and those of them that have not arrived. */
  readonly documents: number;
  readonly waiting: number;
  /** The last number given to a sale, 0 before the first. */
  readonly lastNumber: number;
  /** Head of the audit chain: grows with everything that happens. */
  readonly auditSequence: number;
  /** When the newest thing in it happened; 0 when nothing did. */
  readonly newestAtMs: number;
};

/**
 * Copies `source` as it is at this moment to `target`, in steps, and answers what the copy must hold.
 *
 * Shape: one plain file without a log beside it, so that it can be read from a medium that takes no writing.
 * One read transaction holds the moment while selling goes on in another process or thread: sales neither wait nor
 * start the copy anew. `onStep` is called between steps, on this thread, and may take its time.
 */
export async function copySnapshot(source: string, target: string, onStep: () => void): Promise<BackupFacts> {
  const raw = new SqliteDatabase(source, { readonly: true, fileMustExist: true, timeout: BUSY_TIMEOUT_MS });
  try {
    raw.exec('BEGIN');
    const facts = readFacts(raw);
    await raw.backup(target, {
      progress: () => {
        onStep();
        return PAGES_PER_STEP;
      },
    });
    raw.exec('COMMIT');
    const copy = new SqliteDatabase(target);
    try {
      copy.pragma('synchronous = FULL');
      copy.pragma('journal_mode = DELETE');
    } finally {
      copy.close();
    }
    return facts;
  } finally {
    raw.close();
  }
}

/** What the file says it holds. Throws what SQLite throws when it is no database, cut short or of another program. */
export function readBackupFacts(file: string): BackupFacts {
  return withBackup(file, readFacts);
}

/** SQLite's own check of a whole file: at most five findings, none when it is sound. Throws when it cannot be read. */
export function checkBackup(file: string): string[] {
  return withBackup(file, (raw) =>
    (raw.pragma('quick_check(5)') as { quick_check: string }[]).flatMap(({ quick_check: finding }) =>
      finding === 'ok' ? [] : [finding],
    ),
  );
}

function withBackup<Value>(file: string, read: (raw: SqliteDatabase.Database) => Value): Value {
  const raw = new SqliteDatabase(file, { readonly: true, fileMustExist: true, timeout: BUSY_TIMEOUT_MS });
  try {
    return read(raw);
  } finally {
    raw.close();
  }
}

function readFacts(raw: SqliteDatabase.Database): BackupFacts {
  const one = (sql: string): unknown => raw.prepare(sql).pluck().get();
  const audit = raw.prepare('SELECT sequence, at_ms FROM audit ORDER BY sequence DESC LIMIT 1').get() as
    | { readonly sequence: number; readonly at_ms: number }
    | undefined;
  return {
    schemaVersion: Number(raw.pragma('user_version', { simple: true })),
    installationId: one('SELECT installation_id FROM database_info') as string,
    stationCode: (one('SELECT station_code FROM enrolment') as string | undefined) ?? null,
    sales: one("SELECT count(*) FROM sales WHERE state = 'completed'") as number,
    documents: one('SELECT count(*) FROM outbox') as number,
    waiting: one("SELECT count(*) FROM outbox WHERE state NOT IN ('confirmed', 'annulled', 'discarded')") as number,
    lastNumber: (one("SELECT last FROM sequences WHERE kind = 'sale'") as number | undefined) ?? 0,
    auditSequence: audit?.sequence ?? 0,
    newestAtMs: audit?.at_ms ?? 0,
  };
}
