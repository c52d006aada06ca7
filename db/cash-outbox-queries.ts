import { and, asc, eq, sql } from 'drizzle-orm';
import type { ReadDb, WriteTx } from './database-types.ts';
import type { OutboxState } from './outbox-queries.ts';
import { outbox } from './schema-sync.ts';
import { readStatement, writeStatement } from './statement.ts';

/** A cash document that may go out now. It waits for no other one. */
export type DueCash = {
  readonly documentId: string;
  readonly payload: string;
  readonly state: OutboxState;
};

const dueCash = readStatement((orm) =>
  orm
    .select({ documentId: outbox.documentId, payload: outbox.payload, state: outbox.state })
    .from(outbox)
    .where(
      and(
        // The words of the partial index.
        sql.raw(`"outbox"."state" NOT IN ('confirmed', 'annulled', 'discarded')`),
        sql.raw(`"outbox"."state" IN ('pending', 'unknown')`),
        eq(outbox.kind, 'cash'),
      ),
    )
    .orderBy(asc(outbox.tick))
    .limit(sql.placeholder('limit'))
    .prepare(),
);

/** The next cash documents in the order in which they happened. */
export function listDueCash(db: ReadDb, limit: number): DueCash[] {
  return dueCash(db).all({ limit });
}

const toldAgain = writeStatement((orm) =>
  orm
    .update(outbox)
    .set({ state: 'pending', confirmedAtMs: null })
    .where(
      and(
        // The words of the partial index.
        sql.raw(`"outbox"."state" = 'confirmed'`),
        sql`${outbox.confirmedAtMs} >= ${sql.placeholder('sinceMs')}`,
        eq(outbox.kind, 'cash'),
      ),
    )
    .prepare(),
);

/** Confirmed cash documents wait to be told again: the ERP lost some, and has the same again for nothing. */
export function requeueCash(tx: WriteTx, sinceMs: number): number {
  return toldAgain(tx).run({ sinceMs }).changes;
}
