import { and, asc, eq, sql } from 'drizzle-orm';
import type { ReadDb, WriteTx } from './database-types.ts';
import { cashCounts, cashMovements, papers, type saleTenders } from './schema-sale.ts';
import { financialReasons } from './schema-setup.ts';
import { readStatement, writeStatement } from './statement.ts';

/** A supply or withdrawal as stored. */
export type CashMovementRecord = typeof cashMovements.$inferSelect;
/** A blind count as stored; `denominations` and `lines` are JSON. */
export type CashCountRecord = typeof cashCounts.$inferSelect;
/** A financial reason as the ERP registered it. */
export type FinancialReasonRecord = typeof financialReasons.$inferSelect;

const insertMovement = writeStatement((orm) =>
  orm
    .insert(cashMovements)
    .values({
      movementId: sql.placeholder('movementId'),
      cashSessionId: sql.placeholder('cashSessionId'),
      number: sql.placeholder('number'),
      kind: sql.placeholder('kind'),
      financialReasonId: sql.placeholder('financialReasonId'),
      reason: sql.placeholder('reason'),
      amountCents: sql.placeholder('amountCents'),
      note: sql.placeholder('note'),
      operatorCode: sql.placeholder('operatorCode'),
      approvedBy: sql.placeholder('approvedBy'),
      movedAtMs: sql.placeholder('movedAtMs'),
      businessDay: sql.placeholder('businessDay'),
      tick: sql.placeholder('tick'),
    })
    .prepare(),
);

/** Writes a supply or a withdrawal; it never changes. */
export function insertCashMovement(tx: WriteTx, movement: CashMovementRecord): void {
  insertMovement(tx).run(movement);
}

const movementById = readStatement((orm) =>
  orm
    .select()
    .from(cashMovements)
    .where(eq(cashMovements.movementId, sql.placeholder('id')))
    .prepare(),
);

/** The movement with this id, or null. */
export function findCashMovement(db: ReadDb, id: string): CashMovementRecord | null {
  return movementById(db).get({ id }) ?? null;
}

const movementsOf = readStatement((orm) =>
  orm
    .select()
    .from(cashMovements)
    .where(eq(cashMovements.cashSessionId, sql.placeholder('id')))
    .orderBy(asc(cashMovements.tick))
    .prepare(),
);

/** The movements of a session in the order in which they happened. */
export function listCashMovements(db: ReadDb, cashSessionId: string): CashMovementRecord[] {
  return movementsOf(db).all({ id: cashSessionId });
}

const insertCountRow = writeStatement((orm) =>
  orm
    .insert(cashCounts)
    .values({
      countId: sql.placeholder('countId'),
      cashSessionId: sql.placeholder('cashSessionId'),
      attempt: sql.placeholder('attempt'),
      operatorCode: sql.placeholder('operatorCode'),
      approvedBy: sql.placeholder('approvedBy'),
      countedAtMs: sql.placeholder('countedAtMs'),
      denominations: sql.placeholder('denominations'),
      lines: sql.placeholder('lines'),
    })
    .prepare(),
);

/** Writes a confirmed count; it never changes. */
export function insertCashCount(tx: WriteTx, count: CashCountRecord): void {
  insertCountRow(tx).run(count);
}

const countsOf = readStatement((orm) =>
  orm
    .select()
    .from(cashCounts)
    .where(eq(cashCounts.cashSessionId, sql.placeholder('id')))
    .orderBy(asc(cashCounts.attempt))
    .prepare(),
);

/** The counts of a session, the first one first; at most two. */
export function listCashCounts(db: ReadDb, cashSessionId: string): CashCountRecord[] {
  return countsOf(db).all({ id: cashSessionId });
}

const activeReasons = readStatement((orm) =>
  orm
    .select()
    .from(financialReasons)
    .where(eq(financialReasons.isActive, true))
    .orderBy(asc(financialReasons.code))
    .prepare(),
);

/** The financial reasons that may be chosen, by code. */
export function listFinancialReasons(db: ReadDb): FinancialReasonRecord[] {
  return activeReasons(db).all();
}

const reasonById = readStatement((orm) =>
  orm
    .select()
    .from(financialReasons)
    .where(and(eq(financialReasons.financialReasonId, sql.placeholder('id')), eq(financialReasons.isActive, true)))
    .prepare(),
);

/** The active financial reason with this id, or null. */
export function findFinancialReason(db: ReadDb, id: number): FinancialReasonRecord | null {
  return reasonById(db).get({ id }) ?? null;
}

/** What a session took by one payment type and acquirer; what cancellations of the session gave back is taken off. */
export type TakenRow = {
  readonly paymentTypeId: number;
  readonly acquirerId: number | null;
  readonly acquirer: string | null;
  readonly description: string;
  readonly kind: (typeof saleTenders.$inferSelect)['kind'];
  readonly amountCents: number;
};

const connection = readStatement((orm) => orm);

/** Everything but cash, by payment type, of cards by acquirer. Change comes out of cash alone. Units: cents. */
export function listTakenByType(db: ReadDb, cashSessionId: string): TakenRow[] {
  return connection(db).all<TakenRow>(
    sql`SELECT m.payment_type_id AS paymentTypeId, m.acquirer_id AS acquirerId, a.description AS acquirer,
          m.description AS description, m.kind AS kind, sum(m.cents) AS amountCents
        FROM (
          SELECT t.payment_type_id, iif(t.kind IN ('credit_card', 'debit_card'), t.acquirer_id, NULL) AS acquirer_id,
            t.description, t.kind, t.amount_cents AS cents
          FROM sales s JOIN sale_tenders t ON t.sale_id = s.sale_id
          WHERE s.cash_session_id = ${cashSessionId} AND s.state = 'completed' AND t.kind <> 'cash'
            AND t.removed_at_ms IS NULL
          UNION ALL
          SELECT t.payment_type_id, iif(t.kind IN ('credit_card', 'debit_card'), t.acquirer_id, NULL),
            t.description, t.kind, -t.amount_cents
          FROM cancellations c JOIN sale_tenders t ON t.sale_id = c.sale_id
          WHERE c.cash_session_id = ${cashSessionId} AND t.kind <> 'cash' AND t.removed_at_ms IS NULL
        ) m LEFT JOIN acquirers a ON a.acquirer_id = m.acquirer_id
        GROUP BY m.payment_type_id, m.acquirer_id ORDER BY m.payment_type_id, m.acquirer_id`,
  );
}

/** Cancellations of a session that the ERP did not confirm yet. */
export function countPendingCancellations(db: ReadDb, cashSessionId: string): number {
  const [row] = connection(db).all<{ documents: number }>(
    sql`SELECT count(*) AS documents FROM cancellations c JOIN outbox o ON o.document_id = c.cancellation_id
        WHERE c.cash_session_id = ${cashSessionId} AND o.state NOT IN ('confirmed', 'annulled', 'discarded')`,
  );
  return row?.documents ?? 0;
}

const drawerPapers = readStatement((orm) =>
  orm
    .select()
    .from(papers)
    .where(sql`kind NOT IN ('sale', 'cancellation')`)
    .orderBy(sql`created_at_ms DESC, rowid DESC`)
    .limit(sql.placeholder('limit'))
    .prepare(),
);

/** The papers of the drawer, of this session and of those before, the newest first. */
export function listCashPapers(db: ReadDb, limit: number): (typeof papers.$inferSelect)[] {
  return drawerPapers(db).all({ limit });
}

/** Sales named at most: who looks for more finds them in the list of movements. */
const NAMED_SALES = 20;

/** Card payments of a session without the number of the terminal, and the sales that have them; cancelled ones apart. */
export function listCardsWithoutNsu(
  db: ReadDb,
  cashSessionId: string,
): { readonly count: number; readonly sales: string[] } {
  const rows = connection(db).all<{ number: string; tenders: number }>(
    sql`SELECT s.number, count(*) AS tenders FROM sales s JOIN sale_tenders t ON t.sale_id = s.sale_id
        WHERE s.cash_session_id = ${cashSessionId} AND s.state = 'completed' AND t.removed_at_ms IS NULL
          AND t.kind IN ('credit_card', 'debit_card') AND coalesce(t.nsu, '') = ''
          AND NOT EXISTS (SELECT 1 FROM cancellations c WHERE c.sale_id = s.sale_id)
        GROUP BY s.sale_id ORDER BY s.sequence`,
  );
  return {
    count: rows.reduce((sum, { tenders }) => sum + tenders, 0),
    sales: rows.slice(0, NAMED_SALES).map(({ number }) => number),
  };
}
