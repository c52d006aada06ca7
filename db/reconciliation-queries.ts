import { asc, eq, and, sql } from 'drizzle-orm';
import type { ReadDb, WriteTx } from './database-types.ts';
import { ofSameSale, OUTGOING_FIELDS, type DueDocument } from './outbox-queries.ts';
import { outbox, reconciliations } from './schema-sync.ts';
import { readStatement, writeStatement } from './statement.ts';

const ofDay = readStatement((orm) =>
  orm
    .select({ ...OUTGOING_FIELDS, naturalKey: outbox.naturalKey, amountCents: outbox.amountCents })
    .from(outbox)
    .leftJoin(...ofSameSale)
    .where(
      and(
        eq(outbox.kind, 'sale'),
        sql`${outbox.documentId} IN (SELECT s.sale_id FROM sales s WHERE s.state = 'completed' AND s.business_day = ${sql.placeholder('businessDay')})`,
      ),
    )
    .orderBy(asc(outbox.naturalKey))
    .prepare(),
);

/** A sale of a day as it was sent, with what its cancellation says. */
export type DaySale = DueDocument & { readonly naturalKey: string; readonly amountCents: number };

/** The sales of a business day, by number. */
export function listSalesOfDay(db: ReadDb, businessDay: string): DaySale[] {
  return ofDay(db).all({ businessDay });
}

const byDay = readStatement((orm) =>
  orm
    .select({ view: reconciliations.view })
    .from(reconciliations)
    .where(eq(reconciliations.businessDay, sql.placeholder('businessDay')))
    .prepare(),
);

/** The last comparison of a day, as JSON; null when there was none. */
export function findReconciliation(db: ReadDb, businessDay: string): string | null {
  return byDay(db).get({ businessDay })?.view ?? null;
}

const upsert = writeStatement((orm) =>
  orm
    .insert(reconciliations)
    .values({
      businessDay: sql.placeholder('businessDay'),
      readAtMs: sql.placeholder('readAtMs'),
      isEqual: sql.placeholder('isEqual'),
      view: sql.placeholder('view'),
    })
    .onConflictDoUpdate({
      target: reconciliations.businessDay,
      set: { readAtMs: sql`excluded.read_at_ms`, isEqual: sql`excluded.is_equal`, view: sql`excluded.view` },
    })
    .prepare(),
);

/** Keeps the comparison of a day in place of the one before. */
export function saveReconciliation(tx: WriteTx, row: typeof reconciliations.$inferSelect): void {
  upsert(tx).run(row);
}

const connection = readStatement((orm) => orm);

/**
 * Closed days since `sinceDay` that have to be compared with the ERP, the oldest first: never compared since their last
 * session was closed, not equal when they were compared before `retryBeforeMs`, or equal before `nightMs`.
 */
export function listDaysToReconcile(
  db: ReadDb,
  {
    sinceDay,
    retryBeforeMs,
    nightMs,
  }: { readonly sinceDay: string; readonly retryBeforeMs: number; readonly nightMs: number },
): string[] {
  return connection(db)
    .all<{ day: string }>(
      sql`SELECT c.business_day AS day FROM cash_sessions c LEFT JOIN reconciliations r ON r.business_day = c.business_day
          WHERE c.business_day >= ${sinceDay}
          GROUP BY c.business_day
          HAVING count(*) = count(c.closed_at_ms)
            AND (max(r.read_at_ms) IS NULL OR max(r.read_at_ms) < max(c.closed_at_ms) OR max(r.read_at_ms) < ${nightMs}
              OR (max(r.is_equal) = 0 AND max(r.read_at_ms) < ${retryBeforeMs}))
          ORDER BY c.business_day`,
    )
    .map(({ day }) => day);
}
