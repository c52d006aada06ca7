import { aliasedTable, and, asc, desc, eq, inArray, isNotNull, ne, or, sql } from 'drizzle-orm';
import type { ReadDb, WriteTx } from './database-types.ts';
import { outbox, outboxDependencies } from './schema-sync.ts';
import { bulkStatement, readStatement, writeStatement } from './statement.ts';

/** Where a document is on its way. */
export type OutboxState = (typeof outbox.$inferSelect)['state'];
type DocumentKind = (typeof outbox.$inferSelect)['kind'];

/**
 * A document as it enters the outbox, in the transaction that makes it. `payload` is its JSON text, fixed for ever;
 * `payloadHash` its SHA-256, of a customer the salted commitment to the personal data that the payload leaves out.
 */
export type NewOutboxDocument = {
  readonly documentId: string;
  readonly kind: DocumentKind;
  /** The number of the sale this document is or cancels: the ERP's own key. Of a customer a number of our own. */
  readonly naturalKey: string;
  readonly payload: string;
  readonly payloadHash: string;
  readonly amountCents: number;
  readonly createdAtMs: number;
  /** The day it counts to: of the cash session in which it was made. */
  readonly businessDay: string;
  /** The sequence of the audit row of the same transaction: the causal order. */
  readonly tick: number;
};

/** A document that may go out now, with what the same sale's other document says. */
export type DueDocument = {
  readonly documentId: string;
  readonly kind: DocumentKind;
  readonly payload: string;
  readonly payloadHash: string;
  readonly state: OutboxState;
  readonly attempts: number;
  /** Of a sale: its cancellation; of a cancellation: its sale. */
  readonly otherPayload: string | null;
  readonly otherState: OutboxState | null;
  readonly otherAttempts: number | null;
};

/** A document as stored. */
export type OutboxDocument = typeof outbox.$inferSelect;

/** A document that waits for a person, or for the refused document with the number `waitsFor`. */
export type OutboxError = OutboxDocument & { readonly waitsFor: string | null };

// The very words of the partial index: SQLite takes it only when the query says the same.
const inQueue = sql.raw(`"outbox"."state" NOT IN ('confirmed', 'annulled', 'discarded')`);

/** Under which name it is kept that the server has no method for cash documents. */
export const CASH_METHOD = 'cash_documents';
// Where the server has no method for them they wait for a server that has, and count as nothing that is on its way.
const mayArrive = sql.raw(
  `("outbox"."kind" <> 'cash' OR NOT EXISTS (SELECT 1 FROM missing_registers WHERE register = '${CASH_METHOD}'))`,
);

const insertDocument = bulkStatement((orm) =>
  orm.insert(outbox).values({
    documentId: sql.placeholder('documentId'),
    kind: sql.placeholder('kind'),
    naturalKey: sql.placeholder('naturalKey'),
    payload: sql.placeholder('payload'),
    payloadHash: sql.placeholder('payloadHash'),
    amountCents: sql.placeholder('amountCents'),
    state: 'pending',
    createdAtMs: sql.placeholder('createdAtMs'),
    businessDay: sql.placeholder('businessDay'),
    tick: sql.placeholder('tick'),
  }),
);

const insertDependency = writeStatement((orm) =>
  orm
    .insert(outboxDependencies)
    .values({ childId: sql.placeholder('childId'), parentId: sql.placeholder('parentId') })
    .prepare(),
);

const annulCancellation = writeStatement((orm) =>
  orm
    .update(outbox)
    .set({ state: 'annulled' })
    .where(
      and(
        eq(outbox.documentId, sql.placeholder('documentId')),
        eq(outbox.kind, 'cancellation'),
        sql`EXISTS (SELECT 1 FROM outbox p WHERE p.document_id = ${sql.placeholder('parentId')} AND p.state = 'discarded')`,
      ),
    )
    .prepare(),
);

/** Puts a document in the queue; it is not sent before all its `parents` (document ids already in the outbox) arrived. */
export function insertOutboxDocument(
  tx: WriteTx,
  { document, parents }: { readonly document: NewOutboxDocument; readonly parents: readonly string[] },
): void {
  insertDocument(tx)(document);
  for (const parentId of parents) {
    insertDependency(tx).run({ childId: document.documentId, parentId });
    // What was given up is not at the ERP: there is nothing to cancel there.
    annulCancellation(tx).run({ documentId: document.documentId, parentId });
  }
}

// A parent that is on its way again (the ERP lost it) lets a child through that was tried already: the child's own
// state is the one that the ERP must end with, and nothing raises the parent once the child was tried.
const isDue = and(
  inQueue,
  sql.raw(`"outbox"."state" IN ('pending', 'unknown', 'sent')`),
  // What happened to the drawer has its own way out (core/sync/cash-delivery.ts).
  sql.raw(`"outbox"."kind" <> 'cash'`),
  sql.raw(`NOT EXISTS (
    SELECT 1 FROM outbox_dependencies d JOIN outbox p ON p.document_id = d.parent_id
    WHERE d.child_id = "outbox"."document_id" AND p.state <> 'confirmed'
      AND NOT (p.state = 'sent' AND "outbox"."attempts" > 0))`),
);

const anyDue = readStatement((orm) =>
  orm.select({ documentId: outbox.documentId }).from(outbox).where(isDue).limit(1).prepare(),
);

/** Whether any document may go out now. */
export function hasDueDocument(db: ReadDb): boolean {
  return anyDue(db).get() !== undefined;
}

const other = aliasedTable(outbox, 'other');
/** What goes out of a row, with what the same sale's other document says; joined with `ofSameSale`. */
export const OUTGOING_FIELDS = {
  documentId: outbox.documentId,
  kind: outbox.kind,
  payload: outbox.payload,
  payloadHash: outbox.payloadHash,
  state: outbox.state,
  attempts: outbox.attempts,
  otherPayload: other.payload,
  otherState: other.state,
  otherAttempts: other.attempts,
};
export const ofSameSale = [other, and(eq(other.naturalKey, outbox.naturalKey), ne(other.kind, outbox.kind))] as const;

/** In one state each, so that the index gives them in their order: sorting 20,000 that wait took a scan's time and more. */
const DUE_STATES = ['pending', 'unknown', 'sent'] as const satisfies readonly OutboxState[];
const dueOf = (compare: '<' | '>=') =>
  readStatement((orm) =>
    orm
      .select({ ...OUTGOING_FIELDS, tick: outbox.tick })
      .from(outbox)
      .leftJoin(...ofSameSale)
      .where(
        and(
          isDue,
          eq(outbox.state, sql.placeholder('state')),
          sql`"outbox"."attempts" ${sql.raw(compare)} ${sql.placeholder('lateAfter')}`,
        ),
      )
      .orderBy(asc(outbox.tick))
      .limit(sql.placeholder('limit'))
      .prepare(),
  );
const dueEarly = dueOf('<');
const dueLate = dueOf('>=');

/**
 * The next documents in causal order. A document whose parents did not arrive is passed over and holds nobody else up;
 * those that were tried `lateAfter` times go behind the others, so that a few stuck ones never fill every batch.
 */
export function listDueDocuments(db: ReadDb, limit: number, lateAfter: number): DueDocument[] {
  const next = (statement: typeof dueEarly, most: number): DueDocument[] =>
    DUE_STATES.flatMap((state): (DueDocument & { readonly tick: number })[] =>
      statement(db).all({ state, lateAfter, limit: most }),
    )
      .toSorted((a, b) => a.tick - b.tick)
      .slice(0, most);
  const early = next(dueEarly, limit);
  return early.length === limit ? early : [...early, ...next(dueLate, limit - early.length)];
}

const countsByState = readStatement((orm) =>
  orm
    .select({ state: outbox.state, documents: sql<number>`count(*)` })
    .from(outbox)
    .where(and(inQueue, mayArrive))
    .groupBy(outbox.state)
    .prepare(),
);

/** How many documents are in each state that is not an end. */
export function countQueue(db: ReadDb): ReadonlyMap<OutboxState, number> {
  return new Map(
    countsByState(db)
      .all()
      .map((row) => [row.state, row.documents]),
  );
}

const newestPending = readStatement((orm) =>
  orm
    .select({ tick: sql<number | null>`max(${outbox.tick})` })
    .from(outbox)
    .where(and(inQueue, sql.raw(`"outbox"."state" = 'pending'`)))
    .prepare(),
);

/** The tick of the newest document that nobody tried to send yet, null when there is none: one step in the index. */
export function findNewestPending(db: ReadDb): number | null {
  return newestPending(db).get()?.tick ?? null;
}

const waitingTotals = readStatement((orm) =>
  orm
    .select({
      cents: sql<number>`coalesce(sum(${outbox.amountCents}), 0)`,
      oldestAtMs: sql<number | null>`min(${outbox.createdAtMs})`,
    })
    .from(outbox)
    .where(and(inQueue, sql.raw(`"outbox"."state" IN ('pending', 'sending', 'unknown', 'sent')`), mayArrive))
    .prepare(),
);

/** What still has to arrive: its amount and the time of the oldest document, null when there is none. */
export function sumWaiting(db: ReadDb): { readonly cents: number; readonly oldestAtMs: number | null } {
  return waitingTotals(db).get() ?? { cents: 0, oldestAtMs: null };
}

const lastConfirmed = readStatement((orm) =>
  orm
    .select({ atMs: outbox.confirmedAtMs })
    .from(outbox)
    .where(isNotNull(outbox.confirmedAtMs))
    .orderBy(desc(sql`rowid`))
    .limit(1)
    .prepare(),
);

/** When the newest confirmed document was confirmed; read once at start, as nothing indexes it. */
export function findLastConfirmedAt(db: ReadDb): number | null {
  return lastConfirmed(db).get()?.atMs ?? null;
}

// Named in full: the builder drops the tables' names inside a subquery.
const refusedParent = sql<string | null>`(
  SELECT p.natural_key FROM outbox_dependencies d JOIN outbox p ON p.document_id = d.parent_id
  WHERE d.child_id = "outbox"."document_id" AND p.state IN ('rejected', 'diverged')
    AND "outbox"."state" NOT IN ('rejected', 'diverged') LIMIT 1)`;
// Read once for the whole list: thousands may wait, and few were refused.
const isChildOfRefused = sql`"outbox"."document_id" IN (
  SELECT d.child_id FROM outbox p JOIN outbox_dependencies d ON d.parent_id = p.document_id
  WHERE p.state NOT IN ('confirmed', 'annulled', 'discarded') AND p.state IN ('rejected', 'diverged'))`;
const errors = readStatement((orm) =>
  orm
    .select({ document: outbox, waitsFor: refusedParent })
    .from(outbox)
    .where(and(inQueue, or(inArray(outbox.state, ['rejected', 'diverged']), isChildOfRefused)))
    .orderBy(desc(outbox.tick))
    .limit(sql.placeholder('limit'))
    .prepare(),
);

/** Documents that wait for a person, and those that wait for one of these, the newest first. */
export function listOutboxErrors(db: ReadDb, limit: number): OutboxError[] {
  return errors(db)
    .all({ limit })
    .map(({ document, waitsFor }) => ({ ...document, waitsFor }));
}

const refusedParentOf = readStatement((orm) =>
  orm
    .select({ number: refusedParent })
    .from(outbox)
    .where(eq(outbox.documentId, sql.placeholder('documentId')))
    .prepare(),
);

/** The number of the refused document that this one waits for, or null. */
export function findRefusedParent(db: ReadDb, documentId: string): string | null {
  return refusedParentOf(db).get({ documentId })?.number ?? null;
}

const byId = readStatement((orm) =>
  orm
    .select()
    .from(outbox)
    .where(eq(outbox.documentId, sql.placeholder('documentId')))
    .prepare(),
);

/** The outbox row of a document, or null. */
export function findOutboxDocument(db: ReadDb, documentId: string): OutboxDocument | null {
  return byId(db).get({ documentId }) ?? null;
}
