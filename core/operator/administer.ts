import { Id } from '../../contract/ids.ts';
import type { RefusalOf } from '../../contract/refusals.ts';
import { ok, type Result } from '../../contract/result.ts';
import type { MethodName } from '../../contract/station-api.ts';
import type { WriteTx } from '../../db/database-types.ts';
import { appendAudit } from '../audit/audit.ts';
import type { Caller } from '../caller.ts';
import { authorise, requireOperator, type AuthorityRefusal } from './authorise.ts';

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

/** Whether a method changes what the station is, and is asked for from where anybody may sit. */
export function needsAdministrator(method: MethodName, caller: Caller | null): boolean {
  return caller?.isWindow === true && ADMINISTRATION.has(method);
}

/**
 * Lets the operator at the window do what is otherwise done with the machine's own account, by right or with a
 * superior's leave. The leave is spent although what follows may be refused: that asks a server, which takes its time.
 */
export function authoriseAdministration(
  tx: WriteTx,
  method: MethodName,
  input: unknown,
  nowMs: number,
): Result<null, RefusalOf<'login_required'> | AuthorityRefusal> {
  const operator = requireOperator(tx);
  if (!operator.ok) return operator;
  const leave = authorise(tx, operator.value, 'administer_station', approvalOf(input), nowMs);
  if (!leave.ok) return leave;
  appendAudit(tx, {
    atMs: nowMs,
    operatorCode: operator.value.operatorCode,
    approvedBy: leave.value.approvedBy,
    action: 'administer',
    subjectId: method,
  });
  return ok(null);
}

/** The leave that came with a call, before its own handler reads it. */
export function approvalOf(input: unknown): string | null {
  const given = typeof input === 'object' && input !== null && 'approvalId' in input ? input.approvalId : null;
  const parsed = Id.nullable().safeParse(given);
  return parsed.success ? parsed.data : null;
}
