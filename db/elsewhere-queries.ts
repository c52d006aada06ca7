import { and, eq, inArray, sql } from 'drizzle-orm';
import type { ReadDb, WriteTx } from './database-types.ts';
import { sales } from './schema-sale.ts';
import { outbox } from './schema-sync.ts';
import { readStatement, writeStatement } from './statement.ts';

// Sales that may have been completed on another disk of this station: what is unfinished here, and what did not leave yet.

const UNSENT = ['pending', 'unknown'] as const;

const oldest = readStatement((orm) =>
  orm
    .select({ startedAtMs: sql<number | null>`min(${sales.startedAtMs})` })
    .from(sales)
    .leftJoin(outbox, eq(outbox.documentId, sales.saleId))
    .where(sql`${sales.state} IN ('open', 'parked') OR ${inArray(outbox.state, [...UNSENT])}`)
    .prepare(),
);

/** When the oldest sale was begun that is unfinished or did not leave yet; null when there is none. */
export function findOldestUnsent(db: ReadDb): number | null {
  return oldest(db).get()?.startedAtMs ?? null;
}

const unfinishedElsewhere = writeStatement((orm) =>
  orm
    .update(sales)
    .set({ elsewhereNumber: sql`${sql.placeholder('number')}` })
    .where(and(eq(sales.saleId, sql.placeholder('saleId')), inArray(sales.state, ['open', 'parked'])))
    .prepare(),
);

const unsentElsewhere = writeStatement((orm) =>
  orm
    .update(outbox)
    .set({
      state: 'rejected',
      errorClass: 'elsewhere',
      errorText: sql`${sql.placeholder('text')}`,
      errorAtMs: sql`${sql.placeholder('atMs')}`,
    })
    .where(
      and(
        eq(outbox.documentId, sql.placeholder('saleId')),
        sql`${outbox.naturalKey} <> ${sql.placeholder('number')}`,
        inArray(outbox.state, [...UNSENT]),
      ),
    )
    .prepare(),
);

/**
 * The ERP has this sale under `number`. Unfinished here, it is not completed any more; completed here under another
 * number, it is not sent and waits for a person. Answers whether it was one of these.
 */
export function noteElsewhere(
  tx: WriteTx,
  found: { readonly saleId: string; readonly number: string; readonly text: string; readonly atMs: number },
): boolean {
  return unfinishedElsewhere(tx).run(found).changes + unsentElsewhere(tx).run(found).changes > 0;
}
