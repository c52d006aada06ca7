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

const connection = readStatement((orm) => orm);

/** A completed sale whose own rows do not have in the queue what they must have there. */
export type UnqueuedSale = {
  readonly number: string;
  readonly totalCents: number;
  readonly isCancelled: boolean;
  /** What its document says it is worth; null where it has none. */
  readonly queuedCents: number | null;
};

/**
 * The sales of a business day without a document of their number and total, or without that of their cancellation. Both
 * are written in one transaction: only a file that was damaged or changed by hand has such rows.
 */
export function listUnqueuedSales(db: ReadDb, businessDay: string): UnqueuedSale[] {
  return connection(db)
    .all<{ number: string; totalCents: number; isCancelled: number; queuedCents: number | null }>(
      sql`SELECT s.number, s.total_cents AS totalCents, c.sale_id IS NOT NULL AS isCancelled, o.amount_cents AS queuedCents
          FROM sales s
          LEFT JOIN outbox o ON o.document_id = s.sale_id AND o.kind = 'sale' AND o.natural_key = s.number
          LEFT JOIN cancellations c ON c.sale_id = s.sale_id
          LEFT JOIN outbox oc
            ON oc.document_id = c.cancellation_id AND oc.kind = 'cancellation' AND oc.natural_key = s.number
          WHERE s.state = 'completed' AND s.business_day = ${businessDay}
            AND (o.amount_cents IS NOT s.total_cents OR (c.sale_id IS NOT NULL AND oc.document_id IS NULL))
          ORDER BY s.number`,
    )
    .map((row) => ({ ...row, isCancelled: row.isCancelled === 1 }));
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
