import { and, desc, eq, inArray, sql } from 'drizzle-orm';
import type { ReadDb, WriteTx } from './database-types.ts';
import { ofSameSale, OUTGOING_FIELDS, type DueDocument } from './outbox-queries.ts';
import { outbox, outboxDependencies } from './schema-sync.ts';
import { readStatement, writeStatement } from './statement.ts';

// What a person, a comparison or a restored ERP does to documents outside of their way out.

const value = (name: string) => sql`${sql.placeholder(name)}`;
const byId = eq(outbox.documentId, sql.placeholder('documentId'));
const waitsForPerson = inArray(outbox.state, ['rejected', 'diverged']);

const outgoingById = readStatement((orm) =>
  orm
    .select(OUTGOING_FIELDS)
    .from(outbox)
    .leftJoin(...ofSameSale)
    .where(byId)
    .prepare(),
);

/** A document as it goes out, whatever its state. */
export function findOutgoing(db: ReadDb, documentId: string): DueDocument | null {
  return outgoingById(db).get({ documentId }) ?? null;
}

const toDiscarded = writeStatement((orm) =>
  orm.update(outbox).set({ state: 'discarded' }).where(and(byId, waitsForPerson)).prepare(),
);

/** Gives a document up that waits for a person; false when it does not wait for one. */
export function discardDocument(tx: WriteTx, documentId: string): boolean {
  return toDiscarded(tx).run({ documentId }).changes === 1;
}

const annulChildren = writeStatement((orm) =>
  orm
    .update(outbox)
    .set({ state: 'annulled' })
    .where(
      and(
        eq(outbox.kind, 'cancellation'),
        inArray(
          outbox.documentId,
          orm
            .select({ id: outboxDependencies.childId })
            .from(outboxDependencies)
            .where(eq(outboxDependencies.parentId, sql.placeholder('parentId'))),
        ),
        inArray(outbox.state, ['pending', 'sending', 'unknown', 'sent', 'rejected', 'diverged']),
      ),
    )
    .prepare(),
);

/** Closes the cancellation of a sale that was given up: the ERP has nothing to cancel. Answers how many there were. */
export function annulCancellations(tx: WriteTx, saleId: string): number {
  return annulChildren(tx).run({ parentId: saleId }).changes;
}

const recheck = writeStatement((orm) =>
  orm
    .update(outbox)
    .set({
      state: value('state'),
      errorClass: value('errorClass'),
      errorText: value('errorText'),
      errorAtMs: value('errorAtMs'),
      confirmedAtMs: value('confirmedAtMs'),
    })
    .where(and(byId, waitsForPerson))
    .prepare(),
);

/** Writes what a second look at a document that waits for a person showed; false when it waits for one no more. */
export function applyRecheck(
  tx: WriteTx,
  found: {
    readonly documentId: string;
    readonly state: 'confirmed' | 'rejected' | 'diverged';
    readonly errorClass: string | null;
    readonly errorText: string | null;
    readonly errorAtMs: number | null;
    readonly confirmedAtMs: number | null;
  },
): boolean {
  return recheck(tx).run(found).changes === 1;
}

/** A confirmed document, with the place from which the next older ones are read. */
export type ConfirmedDocument = DueDocument & { readonly confirmedAtMs: number; readonly naturalKey: string };

const lastConfirmed = readStatement((orm) =>
  orm
    .select({
      ...OUTGOING_FIELDS,
      naturalKey: outbox.naturalKey,
      confirmedAtMs: sql<number>`${outbox.confirmedAtMs}`,
    })
    .from(outbox)
    .leftJoin(...ofSameSale)
    .where(
      and(
        // The words of the partial index.
        sql.raw(`"outbox"."state" = 'confirmed'`),
        sql`(${outbox.confirmedAtMs}, ${outbox.documentId}) < (${sql.placeholder('beforeMs')}, ${sql.placeholder('beforeId')})`,
        inArray(outbox.kind, ['sale', 'cancellation']),
        sql`${outbox.payload} ->> 'purged' IS NULL`,
      ),
    )
    .orderBy(desc(outbox.confirmedAtMs), desc(outbox.documentId))
    .limit(sql.placeholder('limit'))
    .prepare(),
);

/** Confirmed documents whose payload is still here, the last confirmed first, older than `before`. */
export function listLastConfirmed(
  db: ReadDb,
  page: { readonly beforeMs: number; readonly beforeId: string; readonly limit: number },
): ConfirmedDocument[] {
  return lastConfirmed(db).all(page);
}

const highestConfirmed = readStatement((orm) =>
  orm
    .select({ naturalKey: outbox.naturalKey })
    .from(outbox)
    .where(and(eq(outbox.kind, 'sale'), eq(outbox.state, 'confirmed')))
    .orderBy(desc(outbox.naturalKey))
    .limit(1)
    .prepare(),
);

/** The highest number of a sale that the ERP confirmed, or null. */
export function findHighestConfirmed(db: ReadDb): string | null {
  return highestConfirmed(db).get()?.naturalKey ?? null;
}

const backToPending = writeStatement((orm) =>
  orm
    .update(outbox)
    .set({ state: 'pending', confirmedAtMs: null })
    .where(
      and(
        eq(outbox.state, 'confirmed'),
        sql`${outbox.payload} ->> 'purged' IS NULL`,
        sql`${outbox.documentId} IN (
          SELECT ${sql.placeholder('documentId')}
          UNION SELECT d.parent_id FROM outbox_dependencies d WHERE d.child_id = ${sql.placeholder('documentId')}
          UNION SELECT d.child_id FROM outbox_dependencies d WHERE d.parent_id = ${sql.placeholder('documentId')})`,
      ),
    )
    .prepare(),
);

/**
 * The ERP lost a confirmed document: it waits to be sent again, with what it depends on and what depends on it. Each is
 * looked up by its key before anything is sent, so that what is there after all is not doubled. Answers how many.
 */
export function requeueLost(tx: WriteTx, documentId: string): number {
  return backToPending(tx).run({ documentId }).changes;
}
