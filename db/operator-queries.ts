import { and, eq, getTableColumns, isNull, sql } from 'drizzle-orm';
import type { ReadDb, WriteTx } from './database-types.ts';
import { approvals, logins, operatorLockouts, operators, salespeople } from './schema-setup.ts';
import { readStatement, writeStatement } from './statement.ts';

/** An operator as the ERP registered it. `permissions` is JSON in the ERP's own words. */
export type OperatorRecord = typeof operators.$inferSelect;

const byCode = readStatement((orm) =>
  orm
    .select()
    .from(operators)
    .where(and(eq(operators.operatorCode, sql.placeholder('code')), eq(operators.isActive, true)))
    .prepare(),
);

/** The active operator with this code, or null. */
export function findOperator(db: ReadDb, code: string): OperatorRecord | null {
  return byCode(db).get({ code }) ?? null;
}

const active = readStatement((orm) =>
  orm.select().from(operators).where(eq(operators.isActive, true)).orderBy(operators.name).prepare(),
);

/** Every operator who may log in, by name. */
export function listOperators(db: ReadDb): OperatorRecord[] {
  return active(db).all();
}

const loggedIn = readStatement((orm) =>
  orm
    .select(getTableColumns(operators))
    .from(logins)
    .innerJoin(operators, eq(operators.operatorCode, logins.operatorCode))
    .where(eq(operators.isActive, true))
    .prepare(),
);

/**
 * Who is at the till, or null; kept in the database so that a crash logs nobody out. One who was made inactive meanwhile
 * is nobody.
 */
export function findCurrentOperator(db: ReadDb): OperatorRecord | null {
  return loggedIn(db).get() ?? null;
}

const deleteLogin = writeStatement((orm) => orm.delete(logins).prepare());
const insertLogin = writeStatement((orm) =>
  orm
    .insert(logins)
    .values({ id: 1, operatorCode: sql.placeholder('code'), loggedInAtMs: sql.placeholder('atMs') })
    .prepare(),
);

/** Puts `code` at the till, or nobody. */
export function setLogin(tx: WriteTx, code: string | null, atMs: number): void {
  deleteLogin(tx).run();
  if (code !== null) insertLogin(tx).run({ code, atMs });
}

const lockout = readStatement((orm) =>
  orm
    .select({ failures: operatorLockouts.failures, lockedUntilMs: operatorLockouts.lockedUntilMs })
    .from(operatorLockouts)
    .where(eq(operatorLockouts.operatorCode, sql.placeholder('code')))
    .prepare(),
);

/** Wrong PINs in a row, and until when the operator is locked. Survives a restart. */
export function findLockout(
  db: ReadDb,
  code: string,
): { readonly failures: number; readonly lockedUntilMs: number | null } {
  return lockout(db).get({ code }) ?? { failures: 0, lockedUntilMs: null };
}

const upsertLockout = writeStatement((orm) =>
  orm
    .insert(operatorLockouts)
    .values({
      operatorCode: sql.placeholder('code'),
      failures: sql.placeholder('failures'),
      lockedUntilMs: sql.placeholder('lockedUntilMs'),
    })
    .onConflictDoUpdate({
      target: operatorLockouts.operatorCode,
      set: { failures: sql`excluded.failures`, lockedUntilMs: sql`excluded.locked_until_ms` },
    })
    .prepare(),
);

/** Counts a wrong PIN, or forgets them after a right one. */
export function setLockout(tx: WriteTx, code: string, failures: number, lockedUntilMs: number | null): void {
  upsertLockout(tx).run({ code, failures, lockedUntilMs });
}

/** A superior's leave, single use. */
export type Approval = typeof approvals.$inferSelect;

const insertApprovalRow = writeStatement((orm) =>
  orm
    .insert(approvals)
    .values({
      approvalId: sql.placeholder('approvalId'),
      permission: sql.placeholder('permission'),
      operatorCode: sql.placeholder('operatorCode'),
      requestedBy: sql.placeholder('requestedBy'),
      grantedAtMs: sql.placeholder('grantedAtMs'),
      expiresAtMs: sql.placeholder('expiresAtMs'),
    })
    .prepare(),
);

/** Records a superior's leave. */
export function insertApproval(tx: WriteTx, approval: Omit<Approval, 'usedAtMs'>): void {
  insertApprovalRow(tx).run(approval);
}

const approvalById = readStatement((orm) =>
  orm
    .select()
    .from(approvals)
    .where(eq(approvals.approvalId, sql.placeholder('approvalId')))
    .prepare(),
);

/** The approval with this id, used or not, or null. */
export function findApproval(db: ReadDb, approvalId: string): Approval | null {
  return approvalById(db).get({ approvalId }) ?? null;
}

const useApprovalRow = writeStatement((orm) =>
  orm
    .update(approvals)
    .set({ usedAtMs: sql`${sql.placeholder('atMs')}` })
    .where(and(eq(approvals.approvalId, sql.placeholder('approvalId')), isNull(approvals.usedAtMs)))
    .prepare(),
);

/** Spends an approval; false when it was spent before. */
export function spendApproval(tx: WriteTx, approvalId: string, atMs: number): boolean {
  return useApprovalRow(tx).run({ approvalId, atMs }).changes === 1;
}

const activeSalespeople = readStatement((orm) =>
  orm
    .select({ code: salespeople.salespersonCode, name: salespeople.name })
    .from(salespeople)
    .where(eq(salespeople.isActive, true))
    .orderBy(salespeople.name)
    .prepare(),
);

/** Salespeople who may be named on a sale, by name. */
export function listSalespeople(db: ReadDb): { code: string; name: string }[] {
  return activeSalespeople(db).all();
}

const salespersonByCode = readStatement((orm) =>
  orm
    .select({
      id: salespeople.salespersonId,
      code: salespeople.salespersonCode,
      name: salespeople.name,
      isActive: salespeople.isActive,
    })
    .from(salespeople)
    .where(eq(salespeople.salespersonCode, sql.placeholder('code')))
    .prepare(),
);

/** The salesperson with exactly this code, active or not: old sales keep naming who left. */
export function findSalesperson(
  db: ReadDb,
  code: string,
): { id: number; code: string; name: string; isActive: boolean } | null {
  return salespersonByCode(db).get({ code }) ?? null;
}
