import { and, desc, eq, gte, inArray, isNotNull, isNull, ne, or, sql } from 'drizzle-orm';
import type { ReadDb, WriteTx } from './database-types.ts';
import { people } from './schema-sale.ts';
import { idMap, outbox, outboxDependencies } from './schema-sync.ts';
import { readStatement, writeStatement } from './statement.ts';

// Customers after the ERP went back in time: what it called them may be nobody there now, or somebody else.

const knownThere = and(
  eq(idMap.kind, 'customer'),
  eq(idMap.connector, sql.placeholder('connector')),
  eq(idMap.localId, people.personId),
);

const doubtful = readStatement((orm) =>
  orm
    .select({ personId: people.personId })
    .from(people)
    .innerJoin(idMap, knownThere)
    .leftJoin(outbox, eq(outbox.documentId, people.documentId))
    .where(
      or(
        gte(people.erasedAtMs, sql.placeholder('sinceMs')),
        and(
          isNotNull(people.registeredAtMs),
          isNull(people.erasedAtMs),
          or(
            and(isNull(people.documentId), gte(people.registeredAtMs, sql.placeholder('sinceMs'))),
            gte(outbox.confirmedAtMs, sql.placeholder('sinceMs')),
            ne(outbox.state, 'confirmed'),
          ),
        ),
      ),
    )
    .prepare(),
);

/**
 * Persons whom the ERP knows by an id of which it told, or was told, since `sinceMs` (epoch ms): registered or fetched,
 * changed, or erased since. One whose change is not confirmed counts whenever it was made.
 */
export function listRecentCustomers(
  db: ReadDb,
  since: { readonly connector: string; readonly sinceMs: number },
): { readonly personId: string }[] {
  return doubtful(db).all(since);
}

const toDoubt = writeStatement((orm) =>
  orm
    .update(idMap)
    .set({ isCertain: false })
    .where(and(eq(idMap.kind, 'customer'), eq(idMap.localId, sql.placeholder('personId'))))
    .prepare(),
);
const toPending = writeStatement((orm) =>
  orm
    .update(outbox)
    .set({ state: 'pending', errorClass: null, errorText: null, errorAtMs: null, confirmedAtMs: null })
    .where(
      and(
        eq(outbox.documentId, sql.placeholder('documentId')),
        eq(outbox.kind, 'customer'),
        inArray(outbox.state, ['confirmed', 'rejected', 'diverged']),
      ),
    )
    .prepare(),
);

// Named in full: the builder drops the tables' names inside a subquery.
const isSaleOfPerson = sql`"outbox"."kind" = 'sale' AND "outbox"."document_id" IN (
  SELECT s.sale_id FROM sales s WHERE s.customer_person_id = ${sql.placeholder('personId')}
    AND NOT EXISTS (SELECT 1 FROM customer_detachments c WHERE c.sale_id = s.sale_id))`;
const isQueued = sql`"outbox"."state" IN ('pending', 'sending', 'unknown', 'sent', 'rejected')`;
const isConfirmedSince = sql`("outbox"."state" = 'confirmed' AND "outbox"."confirmed_at_ms" >= ${sql.placeholder('sinceMs')}
  AND "outbox"."payload" ->> 'purged' IS NULL)`;

const makeWait = writeStatement((orm) =>
  orm
    .insert(outboxDependencies)
    .select(
      orm
        .select({
          childId: sql`"outbox"."document_id"`.as('child_id'),
          parentId: sql`${sql.placeholder('documentId')}`.as('parent_id'),
        })
        .from(outbox)
        .where(and(isSaleOfPerson, or(isQueued, isConfirmedSince))),
    )
    .onConflictDoNothing()
    .prepare(),
);
const lookUpAgain = writeStatement((orm) =>
  orm
    .update(outbox)
    .set({ state: 'pending', confirmedAtMs: null })
    .where(and(isSaleOfPerson, isConfirmedSince))
    .prepare(),
);

/**
 * What the ERP calls a person is in doubt: the document that tells of the person (`documentId`) is looked up and sent
 * again, and the person's sales wait for it: those on their way, and those confirmed since `sinceMs` (epoch ms), which
 * the ERP may have written to somebody else.
 */
export function doubtServerCustomer(
  tx: WriteTx,
  doubt: { readonly personId: string; readonly documentId: string; readonly sinceMs: number },
): void {
  toDoubt(tx).run(doubt);
  toPending(tx).run(doubt);
  makeWait(tx).run(doubt);
  lookUpAgain(tx).run(doubt);
}

const kept = readStatement((orm) =>
  orm
    .select({ number: outbox.naturalKey, text: sql<string>`${outbox.errorText}` })
    .from(people)
    .innerJoin(outbox, eq(outbox.documentId, people.documentId))
    .where(and(eq(outbox.state, 'confirmed'), isNotNull(outbox.errorText)))
    .orderBy(desc(outbox.errorAtMs))
    .prepare(),
);

/** Customers whose last word at this till the ERP holds otherwise and keeps: the document's number and the fields, newest first. */
export function listKeptCustomers(db: ReadDb): { readonly number: string; readonly text: string }[] {
  return kept(db).all();
}
