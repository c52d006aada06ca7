import type { RefusalOf } from '../../contract/refusals.ts';
import { ok, type Result } from '../../contract/result.ts';
import type { MethodName } from '../../contract/station-api.ts';
import { findLastBusinessDay, isDayUncounted } from '../../db/cash-session-queries.ts';
import type { ReadDb } from '../../db/database-types.ts';
import type { Caller } from '../caller.ts';
import { approvalOf } from './administer.ts';
import { maySeeExpected, type AuthorityRefusal } from './authorise.ts';

/** What answers with the sum of a day; the day's summary asks for leave itself, whoever calls. */
const SUMS: ReadonlySet<MethodName> = new Set<MethodName>(['reconcile.day', 'reconcile.view']);

/**
 * Whether the window may be told the sum of a day: before its drawer was counted only with the permission to see what is
 * expected. The command line is the machine's own account, which compares days whoever is at the till.
 */
export function mayBeTold(
  db: ReadDb,
  method: MethodName,
  input: unknown,
  caller: Caller | null,
  nowMs: number,
): Result<null, RefusalOf<'login_required'> | AuthorityRefusal> {
  if (caller?.isWindow !== true || !SUMS.has(method)) return ok(null);
  const businessDay = dayOf(input) ?? findLastBusinessDay(db);
  if (businessDay === null || !isDayUncounted(db, businessDay)) return ok(null);
  return maySeeExpected(db, approvalOf(input), nowMs);
}

function dayOf(input: unknown): string | null {
  const given = typeof input === 'object' && input !== null && 'businessDay' in input ? input.businessDay : null;
  return typeof given === 'string' ? given : null;
}
