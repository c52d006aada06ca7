import type { Permission } from '../../contract/policies.ts';
import type { RefusalOf } from '../../contract/refusals.ts';
import { ok, refuse, type Result } from '../../contract/result.ts';
import type { ReadDb, WriteTx } from '../../db/database-types.ts';
import { findCurrentOperator, findApproval, spendApproval, type OperatorRecord } from '../../db/operator-queries.ts';
import { grantOf, lowestProfileFor } from './operator-rules.ts';

/** The operator at the till, or why nothing can be done without one. */
export function requireOperator(db: ReadDb): Result<OperatorRecord, RefusalOf<'login_required'>> {
  const operator = findCurrentOperator(db);
  return operator === null ? refuse({ code: 'login_required' }) : ok(operator);
}

/** What the ERP grants this operator. */
export function grantFor(operator: OperatorRecord, permission: Permission): 'yes' | 'no' | 'ask' {
  return grantOf(operator.profile, JSON.parse(operator.permissions) as Record<string, unknown>, permission);
}

/** Why an operator may not do something, and what would help. */
export type AuthorityRefusal = RefusalOf<'permission_required' | 'permission_denied' | 'approval_invalid'>;

/**
 * Whether an operator may do something, by right or with a superior's leave, which stays unspent.
 *
 * Answers who approved it (null by own right). Refuses without the right and without a valid, unspent approval
 * that was given to this operator for this permission.
 */
export function findAuthority(
  db: ReadDb,
  operator: OperatorRecord,
  permission: Permission,
  approvalId: string | null,
  nowMs: number,
): Result<{ readonly approvedBy: string | null }, AuthorityRefusal> {
  const grant = grantFor(operator, permission);
  // A plain no of the ERP is not for a superior on the spot to turn into a yes.
  if (grant === 'no') return refuse({ code: 'permission_denied', permission });
  if (approvalId === null) {
    return grant === 'yes'
      ? ok({ approvedBy: null })
      : refuse({ code: 'permission_required', permission, profile: lowestProfileFor(permission) });
  }
  const approval = findApproval(db, approvalId);
  return approval !== null && isLeaveFor(approval, operator, permission, nowMs)
    ? ok({ approvedBy: approval.operatorCode })
    : refuse({ code: 'approval_invalid', permission });
}

/** The same in the transaction of what is allowed by it: the leave is spent here, and with it or not at all. */
export function authorise(
  tx: WriteTx,
  operator: OperatorRecord,
  permission: Permission,
  approvalId: string | null,
  nowMs: number,
): Result<{ readonly approvedBy: string | null }, AuthorityRefusal> {
  const authority = findAuthority(tx, operator, permission, approvalId, nowMs);
  if (authority.ok && approvalId !== null) spendApproval(tx, approvalId, nowMs);
  return authority;
}

/**
 * Whether the operator at the till may see what is expected in the drawer, by right or with a superior's leave. A look is
 * no act: the leave is not spent by it and ends with its time.
 */
export function maySeeExpected(
  db: ReadDb,
  approvalId: string | null,
  nowMs: number,
): Result<null, AuthorityRefusal | RefusalOf<'login_required'>> {
  const operator = requireOperator(db);
  if (!operator.ok) return operator;
  const permission = 'see_expected';
  // Who sees it by right needs no leave, whatever was sent along.
  const needed = grantFor(operator.value, permission) === 'yes' ? null : approvalId;
  const authority = findAuthority(db, operator.value, permission, needed, nowMs);
  return authority.ok ? ok(null) : authority;
}

function isLeaveFor(
  approval: NonNullable<ReturnType<typeof findApproval>>,
  operator: OperatorRecord,
  permission: Permission,
  nowMs: number,
): boolean {
  return (
    approval.permission === permission &&
    approval.requestedBy === operator.operatorCode &&
    approval.usedAtMs === null &&
    approval.expiresAtMs > nowMs
  );
}
