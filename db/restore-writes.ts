import { and, desc, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { ReadDb, WriteTx } from './database-types.ts';
import { restorations } from './schema-backup.ts';
import { sales } from './schema-sale.ts';
import { outbox } from './schema-sync.ts';
import { readStatement, writeStatement } from './statement.ts';

/** One time this database was brought back from a backup. */
export type RestorationRecord = typeof restorations.$inferSelect;

const insert = writeStatement((orm) =>
  orm
    .insert(restorations)
    .values({
      restoredAtMs: sql.placeholder('restoredAtMs'),
      file: sql.placeholder('file'),
      fileNewestAtMs: sql.placeholder('fileNewestAtMs'),
      fileNumber: sql.placeholder('fileNumber'),
      raisedTo: sql.placeholder('raisedTo'),
    })
    .prepare(),
);

/** Marks the database as restored. */
export function insertRestoration(
  tx: WriteTx,
  row: Pick<RestorationRecord, 'restoredAtMs' | 'file' | 'fileNewestAtMs' | 'fileNumber' | 'raisedTo'>,
): void {
  insert(tx).run(row);
}

const newest = readStatement((orm) =>
  orm.select().from(restorations).orderBy(desc(restorations.restoredAtMs)).limit(1).prepare(),
);

/** The last restoration of this database, or null. */
export function findLastRestoration(db: ReadDb): RestorationRecord | null {
  return newest(db).get() ?? null;
}

const answer = writeStatement((orm) =>
  orm
    .update(restorations)
    .set({
      salesSince: sql`${sql.placeholder('sales')}`,
      sinceCents: sql`${sql.placeholder('cents')}`,
      answeredAtMs: sql`${sql.placeholder('atMs')}`,
    })
    .where(and(eq(restorations.restoredAtMs, sql.placeholder('restoredAtMs')), isNull(restorations.answeredAtMs)))
    .prepare(),
);

/** Notes what the ERP alone holds of the time after the backup, once; false when that is noted. */
export function noteSalesSince(
  tx: WriteTx,
  answered: {
    readonly restoredAtMs: number;
    readonly sales: number;
    readonly cents: number;
    readonly atMs: number;
  },
): boolean {
  return answer(tx).run(answered).changes > 0;
}

const byKey = readStatement((orm) =>
  orm
    .select({ documentId: outbox.documentId })
    .from(outbox)
    .where(eq(outbox.naturalKey, sql.placeholder('number')))
    .limit(1)
    .prepare(),
);

/** Whether this database has a document under that number. */
export function hasOutboxKey(db: ReadDb, number: string): boolean {
  return byKey(db).get({ number }) !== undefined;
}

const toLookUp = writeStatement((orm) =>
  orm
    .update(outbox)
    .set({ state: 'unknown', attempts: sql`max(${outbox.attempts}, 1)` })
    .where(inArray(outbox.state, ['pending', 'sending']))
    .prepare(),
);

/**
 * What waited in the backup may have been delivered since: it counts as tried, so that it is looked up by its key
 * before anything of it is sent. Answers how many.
 */
export function pendingToUnknown(tx: WriteTx): number {
  return toLookUp(tx).run().changes;
}

const unfinished = readStatement((orm) =>
  orm
    .select({ saleId: sales.saleId, operatorCode: sales.operatorCode, note: sales.note })
    .from(sales)
    .where(inArray(sales.state, ['open', 'parked']))
    .prepare(),
);

/** Sales that were open or parked when the backup was made. */
export function listUnfinishedSales(
  db: ReadDb,
): { readonly saleId: string; readonly operatorCode: string; readonly note: string }[] {
  return unfinished(db).all();
}
