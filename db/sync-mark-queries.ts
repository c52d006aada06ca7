import { asc, eq, sql } from 'drizzle-orm';
import type { ReadDb, WriteTx } from './database-types.ts';
import { syncAlerts, syncMarks } from './schema-sync.ts';
import { readStatement, writeStatement } from './statement.ts';

const markByName = readStatement((orm) =>
  orm
    .select({ value: syncMarks.value })
    .from(syncMarks)
    .where(eq(syncMarks.name, sql.placeholder('name')))
    .prepare(),
);

/** What replication has to remember by name. */
export type SyncMarks = {
  /** How far the ERP has the audit chain. */
  readonly audit_delivered: { readonly sequence: number; readonly hash: string };
  /** Whether the last heartbeat that said anything of the chain told a head. */
  readonly audit_told: { readonly isTold: boolean };
  /** The heads of the ERP that stopped the sending; a person who resumes accepts them. */
  readonly heads_refused: { readonly installationId: string; readonly auditHead: string };
  readonly heads_accepted: { readonly installationId: string; readonly auditHead: string };
  /** This disk is older than what the ERP has of this station; answered: what was completed elsewhere is known. */
  readonly older_disk: { readonly toldAtMs: number; readonly isAnswered: boolean };
  /** The restoration of this database after which the ERP's audit head was taken over. */
  readonly restoration_head: { readonly restoredAtMs: number };
  /** What waited for a person when the server itself stopped the connector. */
  readonly stopped_before: {
    readonly stoppedReason: string | null;
    readonly stoppedText: string | null;
    readonly stoppedAtMs: number | null;
  };
  /** The last number that the ERP told of this station, and when: until then it was as it is remembered here. */
  readonly server_number: { readonly last: number; readonly atMs: number };
  /** Where the last change that the ERP made for this station stands among all of its changes, and when that was read. */
  readonly server_revision: { readonly highest: number; readonly atMs: number };
  /** When the ERP last had the last row of each register that is here. */
  readonly catalog_whole: { readonly atMs: number };
  /** Rows of registers that could not be read, by the ERP's method: what it calls each, and why. */
  readonly skipped_rows: Readonly<
    Record<string, { readonly rows: Readonly<Record<string, string>>; readonly sinceMs: number }>
  >;
  /** Confirmed documents are looked up again, from the last one back to here. */
  readonly verification: {
    readonly isOpen: boolean;
    /** Only what was confirmed up to here tells that nothing older is lost: later ones came after the restoration. */
    readonly knownGoodMs: number;
    readonly beforeMs: number;
    readonly beforeId: string;
    readonly cleanBatches: number;
    readonly checked: number;
    readonly lost: number;
    /** That it went back in time was told, and what follows from it begun. */
    readonly isTold: boolean;
  };
  /** Where each register stood at the start of each of the last days, by register. */
  readonly cursor_days: Readonly<Record<string, readonly { readonly day: string; readonly transId: number }[]>>;
  /** Payloads confirmed before this are gone: they are not looked through again. */
  readonly purged: { readonly beforeMs: number };
  /** The last night whose jobs began, and when. */
  readonly night: { readonly day: string; readonly atMs: number };
};

/** What replication noted under `name`, or null. The rows are its own: they are trusted. */
export function findMark<Name extends keyof SyncMarks>(db: ReadDb, name: Name): SyncMarks[Name] | null {
  const row = markByName(db).get({ name });
  return row === undefined ? null : (JSON.parse(row.value) as SyncMarks[Name]);
}

const upsertMark = writeStatement((orm) =>
  orm
    .insert(syncMarks)
    .values({ name: sql.placeholder('name'), value: sql.placeholder('value') })
    .onConflictDoUpdate({ target: syncMarks.name, set: { value: sql`excluded.value` } })
    .prepare(),
);

/** Notes a value under `name`. */
export function saveMark<Name extends keyof SyncMarks>(tx: WriteTx, name: Name, value: SyncMarks[Name]): void {
  upsertMark(tx).run({ name, value: JSON.stringify(value) });
}

/** Something people have to know of. */
type SyncAlertRow = typeof syncAlerts.$inferSelect;

const alerts = readStatement((orm) => orm.select().from(syncAlerts).orderBy(asc(syncAlerts.atMs)).prepare());

/** What people have to know of, the oldest first. */
export function listAlerts(db: ReadDb): SyncAlertRow[] {
  return alerts(db).all();
}

const upsertAlert = writeStatement((orm) =>
  orm
    .insert(syncAlerts)
    .values({ kind: sql.placeholder('kind'), text: sql.placeholder('text'), atMs: sql.placeholder('atMs') })
    .onConflictDoUpdate({ target: syncAlerts.kind, set: { text: sql`excluded.text`, atMs: sql`excluded.at_ms` } })
    .prepare(),
);

/** Raises an alert; one of its kind is replaced. */
export function saveAlert(tx: WriteTx, alert: SyncAlertRow): void {
  upsertAlert(tx).run(alert);
}

const deleteAlerts = writeStatement((orm) => orm.delete(syncAlerts).prepare());

/** A person knows: all alerts go. Answers how many there were. */
export function clearAlerts(tx: WriteTx): number {
  return deleteAlerts(tx).run().changes;
}
