import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { ReadDb, WriteTx } from './database-types.ts';
import { sales } from './schema-sale.ts';
import { outbox } from './schema-sync.ts';
import { readStatement, writeStatement } from './statement.ts';

// Sales that may have been completed on another disk of this station: what is unfinished here, and what did not leave yet.

const UNSENT = ['pending', 'unknown'] as const;

// The words of the partial indexes: in others SQLite would read every sale ever made.
const begun = sql<number | null>`min(${sales.startedAtMs})`;
const oldestOf = (state: 'open' | 'parked') =>
  readStatement((orm) =>
    orm
      .select({ startedAtMs: begun })
      .from(sales)
      .where(sql.raw(`"sales"."state" = '${state}'`))
      .prepare(),
  );
const oldestOpen = oldestOf('open');
const oldestParked = oldestOf('parked');
const oldestWaiting = readStatement((orm) =>
  orm
    .select({ startedAtMs: begun })
    .from(outbox)
    .innerJoin(sales, eq(sales.saleId, outbox.documentId))
    .where(
      sql.raw(`"outbox"."state" NOT IN ('confirmed', 'annulled', 'discarded')
        AND "outbox"."state" IN ('${UNSENT.join(`', '`)}')`),
    )
    .prepare(),
);

/** When the oldest sale was begun that is unfinished or did not leave yet; null when there is none. */
export function findOldestUnsent(db: ReadDb): number | null {
  const found = [oldestOpen, oldestParked, oldestWaiting].flatMap((oldest) => oldest(db).get()?.startedAtMs ?? []);
  return found.length === 0 ? null : Math.min(...found);
}

const unfinishedElsewhere = writeStatement((orm) =>
  orm
    .update(sales)
    .set({ elsewhereNumber: sql`${sql.placeholder('number')}` })
    .where(
      and(
        eq(sales.saleId, sql.placeholder('saleId')),
        inArray(sales.state, ['open', 'parked']),
        isNull(sales.elsewhereNumber),
      ),
    )
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
 * number, it is not sent and waits for a person. Answers whether it was one of these, and not known yet.
 */
export function noteElsewhere(
  tx: WriteTx,
  found: { readonly saleId: string; readonly number: string; readonly text: string; readonly atMs: number },
): boolean {
  return unfinishedElsewhere(tx).run(found).changes + unsentElsewhere(tx).run(found).changes > 0;
}
