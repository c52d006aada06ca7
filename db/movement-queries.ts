import { eq, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import type { ReadDb } from './database-types.ts';
import type { OutboxState } from './outbox-queries.ts';
import { audit, cancellations, cashMovements, cashSessions, sales } from './schema-sale.ts';
import { operators } from './schema-setup.ts';
import { outbox } from './schema-sync.ts';
import { readStatement } from './statement.ts';

/**
 * Which movements: all that is given must fit. `search`: a number that begins with `prefix` or is one of `numbers`, or an
 * amount. `isCancelled`: sales that were cancelled.
 */
export type MovementQuery = {
  readonly states: readonly OutboxState[] | null;
  readonly isCancelled: boolean;
  readonly kind: string | null;
  readonly businessDay: string | null;
  readonly search: {
    readonly prefix: string | null;
    readonly numbers: readonly string[];
    readonly cents: number | null;
  } | null;
};

// Read in this order from this index alone: the planner's own choice would be to sort, or to look into the rows.
const movements = sql`outbox INDEXED BY outbox_movements`;
const given = (name: string) => sql`${sql.placeholder(name)}`;
const fits = sql`
  business_day >= ${given('fromDay')} AND business_day <= ${given('toDay')}
  AND (${given('anyKind')} OR kind = ${given('kind')})
  AND (${given('anyState')} OR state IN (${given('state1')}, ${given('state2')}, ${given('state3')}, ${given('state4')}))
  AND (${given('anySale')} OR (kind = 'sale' AND natural_key IN (
    SELECT c.natural_key FROM outbox c INDEXED BY outbox_movements WHERE c.kind = 'cancellation')))
  AND (${given('anyText')}
    OR (natural_key >= ${given('prefix')} AND natural_key < ${given('prefixEnd')})
    OR natural_key IN (${given('number1')}, ${given('number2')})
    OR amount_cents = ${given('cents')}
    OR natural_key IN (SELECT m.number FROM cash_movements m WHERE m.amount_cents = ${given('cents')}))`;

const FIRST_DAY = '0000-00-00';
const LAST_DAY = '9999-99-99';
/** Above every character of a number. */
const AFTER_ALL = '~';
const NO_AMOUNT = -1;

function parametersOf({ states, isCancelled, kind, businessDay, search }: MovementQuery): Record<string, unknown> {
  const [state1 = null, state2 = null, state3 = null, state4 = null] = states ?? [];
  const [number1 = null, number2 = null] = search?.numbers ?? [];
  const prefix = search?.prefix ?? null;
  return {
    fromDay: businessDay ?? FIRST_DAY,
    toDay: businessDay ?? LAST_DAY,
    anyKind: Number(kind === null),
    kind,
    anyState: Number(states === null),
    state1,
    state2,
    state3,
    state4,
    anySale: Number(!isCancelled),
    anyText: Number(search === null),
    prefix,
    prefixEnd: prefix === null ? null : prefix + AFTER_ALL,
    number1,
    number2,
    cents: search?.cents ?? NO_AMOUNT,
  };
}

const count = readStatement((orm) =>
  orm
    .select({ movements: sql<number>`count(*)` })
    .from(movements)
    .where(fits)
    .prepare(),
);

const total = readStatement((orm) =>
  orm
    .select({ movements: sql<number>`coalesce(max("rowid"), 0)` })
    .from(outbox)
    .prepare(),
);

/** How many movements fit. */
export function countMovements(db: ReadDb, query: MovementQuery): number {
  const { states, isCancelled, kind, businessDay, search } = query;
  const isWhole = states === null && !isCancelled && kind === null && businessDay === null && search === null;
  // A document never leaves (a trigger refuses it), so that the last row's number is how many there are.
  if (isWhole) return total(db).get()?.movements ?? 0;
  return count(db).get(parametersOf(query))?.movements ?? 0;
}

const page = readStatement((orm) =>
  orm
    .select({ documentId: sql<string>`document_id` })
    .from(movements)
    .where(fits)
    .orderBy(sql`business_day DESC, tick DESC`)
    .limit(sql.placeholder('limit'))
    .offset(sql.placeholder('from'))
    .prepare(),
);

/** The ids of `limit` movements that fit, from place `from` on, the newest first. */
export function listMovementIds(
  db: ReadDb,
  query: MovementQuery,
  { from, limit }: { readonly from: number; readonly limit: number },
): string[] {
  return page(db)
    .all({ ...parametersOf(query), from, limit })
    .map(({ documentId }) => documentId);
}

const countAbove = readStatement((orm) =>
  orm
    .select({ movements: sql<number>`count(*)` })
    .from(movements)
    .where(sql`(business_day, tick) > (${given('businessDay')}, ${given('tick')})`)
    .prepare(),
);

/** Where in the order of the list something is. */
export type MovementMark = { readonly businessDay: string; readonly tick: number };

/** How many movements are newer than the one at a mark: its place. */
export function countNewerMovements(db: ReadDb, mark: MovementMark): number {
  return countAbove(db).get(mark)?.movements ?? 0;
}

const newestOfDay = readStatement((orm) =>
  orm
    .select({ businessDay: sql<string>`business_day`, tick: sql<number>`tick` })
    .from(movements)
    .where(sql`business_day <= ${given('businessDay')}`)
    .orderBy(sql`business_day DESC, tick DESC`)
    .limit(1)
    .prepare(),
);

/** Where the newest movement of a day is, or of the day before it that has one; null when there is none. */
export function findNewestMark(db: ReadDb, businessDay: string): MovementMark | null {
  return newestOfDay(db).get({ businessDay }) ?? null;
}

const byNumber = readStatement((orm) =>
  orm
    .select({ businessDay: outbox.businessDay, tick: outbox.tick })
    .from(outbox)
    .where(eq(outbox.naturalKey, sql.placeholder('number')))
    // The sale before its cancellation.
    .orderBy(sql`"outbox"."kind" DESC`)
    .limit(1)
    .prepare(),
);

/** Where the movement with a number is, of a sale and its cancellation the sale; null when there is none. */
export function findMovementMark(db: ReadDb, number: string): MovementMark | null {
  return byNumber(db).get({ number }) ?? null;
}

const operatorOf = {
  sale: alias(operators, 'sale_operator'),
  cancellation: alias(operators, 'cancel_operator'),
  cash: alias(operators, 'cash_operator'),
};
const undone = alias(cancellations, 'undone');

const details = readStatement((orm) =>
  orm
    .select({
      documentId: outbox.documentId,
      kind: outbox.kind,
      number: outbox.naturalKey,
      businessDay: outbox.businessDay,
      createdAtMs: outbox.createdAtMs,
      state: outbox.state,
      attempts: outbox.attempts,
      errorClass: outbox.errorClass,
      errorText: outbox.errorText,
      errorAtMs: outbox.errorAtMs,
      remoteRef: outbox.remoteRef,
      confirmedAtMs: outbox.confirmedAtMs,
      // Only a cash document says in its text alone what it is, and keeps that text for ever.
      cashAction: sql<string | null>`iif("outbox"."kind" = 'cash', "outbox"."payload" ->> 'action', NULL)`,
      saleId: sales.saleId,
      soldBy: sql<string | null>`coalesce("sale_operator"."name", "sales"."operator_code")`,
      saleCents: sales.totalCents,
      piecesMilli: sales.piecesMilli,
      undoneBy: cancellations.cancellationId,
      undoneSaleId: undone.saleId,
      undoneCents: undone.totalCents,
      undoneReason: undone.reason,
      undoneByOperator: sql<string | null>`coalesce("cancel_operator"."name", "undone"."operator_code")`,
      undoneApprovedBy: undone.approvedBy,
      movedCents: cashMovements.amountCents,
      movedReason: cashMovements.reason,
      movedApprovedBy: cashMovements.approvedBy,
      floatCents: cashSessions.floatCents,
      cashBy: sql<string | null>`coalesce("cash_operator"."name", "outbox"."payload" ->> 'operatorCode')`,
    })
    .from(outbox)
    .leftJoin(sales, eq(sales.saleId, outbox.documentId))
    .leftJoin(operatorOf.sale, eq(operatorOf.sale.operatorCode, sales.operatorCode))
    .leftJoin(cancellations, eq(cancellations.saleId, outbox.documentId))
    .leftJoin(undone, eq(undone.cancellationId, outbox.documentId))
    .leftJoin(operatorOf.cancellation, eq(operatorOf.cancellation.operatorCode, undone.operatorCode))
    .leftJoin(cashMovements, eq(cashMovements.movementId, outbox.documentId))
    .leftJoin(cashSessions, eq(cashSessions.cashSessionId, outbox.documentId))
    .leftJoin(
      operatorOf.cash,
      sql`"outbox"."kind" = 'cash' AND "cash_operator"."operator_code" = "outbox"."payload" ->> 'operatorCode'`,
    )
    .where(eq(outbox.documentId, sql.placeholder('documentId')))
    .prepare(),
);

/** A movement with what its own table says of it. */
export type MovementRecord = NonNullable<ReturnType<ReturnType<typeof details>['get']>>;

/** The movement of a document, or null. */
export function findMovement(db: ReadDb, documentId: string): MovementRecord | null {
  return details(db).get({ documentId }) ?? null;
}

const acts = readStatement((orm) =>
  orm
    .select({
      action: audit.action,
      atMs: audit.atMs,
      operatorCode: audit.operatorCode,
      approvedBy: audit.approvedBy,
      detail: audit.detail,
    })
    .from(audit)
    .where(
      // The words of the partial index.
      sql`${audit.subjectId} = ${given('documentId')} AND ${sql.raw(
        `"audit"."action" IN ('document_resend', 'document_recheck', 'document_discard', 'customer_detach')`,
      )}`,
    )
    .orderBy(audit.sequence)
    .prepare(),
);

/** What people did to a document, the oldest first: sent it again, looked again, gave it up, took its customer away. */
export function listDocumentActs(
  db: ReadDb,
  documentId: string,
): Pick<typeof audit.$inferSelect, 'action' | 'atMs' | 'operatorCode' | 'approvedBy' | 'detail'>[] {
  return acts(db).all({ documentId });
}
