import type { RefusalOf } from '../../contract/refusals.ts';
import { ok, refuse, type Result } from '../../contract/result.ts';
import type { MethodName } from '../../contract/station-api.ts';
import type { ReadDb, WriteTx } from '../../db/database-types.ts';
import { spendApproval } from '../../db/operator-queries.ts';
import { appendAudit } from '../audit/audit.ts';
import type { Caller } from '../caller.ts';
import { findAuthority, requireOperator, type AuthorityRefusal } from './authorise.ts';

/** What changes the station itself, or the ERP's registers through it. */
const ADMINISTRATION: ReadonlySet<MethodName> = new Set<MethodName>([
  'setup.setServer',
  'setup.mapPaymentTypes',
  'sync.setIntegration',
  'backOffice.target',
  'backOffice.begin',
  'backOffice.write',
  'backOffice.findSkus',
  'backOffice.invoices',
]);

/**
 * Leave to do what a method does. `use` belongs into the transaction of the method's write, where a superior's leave is
 * spent and audited with it; a method that asks a server first writes when it has its answer. `release` after the call,
 * however it ended.
 */
export type Leave = {
  readonly use: (tx: WriteTx, atMs: number) => void;
  readonly isUsed: () => boolean;
  readonly release: () => void;
};

/** Asked for by the machine's own account, or what anybody may do. */
export const NO_LEAVE_NEEDED: Leave = { use: () => undefined, isUsed: () => true, release: () => undefined };

/** Decides who may change what the station is. Leaves of calls that are still running are held back from others. */
export function createAdministration(): {
  readonly ask: (
    db: ReadDb,
    call: {
      readonly method: MethodName;
      readonly input: unknown;
      readonly caller: Caller | null;
      readonly nowMs: number;
    },
  ) => Result<Leave, RefusalOf<'login_required'> | AuthorityRefusal>;
} {
  const held = new Set<string>();
  return {
    ask: (db, { method, input, caller, nowMs }) => {
      // Only the window is where anybody may sit.
      if (caller?.isWindow !== true || !ADMINISTRATION.has(method)) return ok(NO_LEAVE_NEEDED);
      const operator = requireOperator(db);
      if (!operator.ok) return operator;
      const { operatorCode } = operator.value;
      const approvalId = approvalOf(input);
      const permission = 'administer_station';
      const authority = findAuthority(db, operator.value, permission, approvalId, nowMs);
      if (!authority.ok) return authority;
      if (approvalId !== null && held.has(approvalId)) return refuse({ code: 'approval_invalid', permission });
      if (approvalId !== null) held.add(approvalId);
      const { approvedBy } = authority.value;
      let isUsed = false;
      return ok({
        use: (tx, atMs) => {
          if (approvalId !== null) spendApproval(tx, approvalId, atMs);
          appendAudit(tx, { atMs, operatorCode, approvedBy, action: 'administer', subjectId: method });
          isUsed = true;
        },
        isUsed: () => isUsed,
        release: () => {
          if (approvalId !== null) held.delete(approvalId);
        },
      });
    },
  };
}

/** The leave that came with a call, before its own handler reads it. */
export function approvalOf(input: unknown): string | null {
  const given = typeof input === 'object' && input !== null && 'approvalId' in input ? input.approvalId : null;
  return typeof given === 'string' ? given : null;
}
