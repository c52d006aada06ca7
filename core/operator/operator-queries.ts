import type { Policies } from '../../contract/policies.ts';
import { ok } from '../../contract/result.ts';
import type { OperatorView } from '../../contract/station-views.ts';
import type { ReadDb } from '../../db/database-types.ts';
import { findOperator, listOperators, listSalespeople, type OperatorRecord } from '../../db/operator-queries.ts';
import type { QueryHandler } from '../handlers.ts';
import { discountLimitOf } from './operator-rules.ts';

/** The largest discount the operator, or the superior who approved it, may give. */
export function discountLimitFor(
  db: ReadDb,
  operator: OperatorRecord,
  approvedBy: readonly (string | null)[],
  policies: Policies,
): number {
  const limits = approvedBy.map((code) => {
    const approver = code === null ? null : findOperator(db, code);
    return approver === null ? 0 : discountLimitOf(approver.profile, policies);
  });
  return Math.max(discountLimitOf(operator.profile, policies), ...limits);
}

/** What screens show of an operator: never the hash. */
export function operatorView(operator: OperatorRecord): OperatorView {
  return { code: operator.operatorCode, name: operator.name, profile: operator.profile };
}

export const operatorQueries: {
  readonly 'operator.list': QueryHandler<'operator.list'>;
  readonly 'salesperson.list': QueryHandler<'salesperson.list'>;
} = {
  'operator.list': (db) => ok(listOperators(db).map(operatorView)),
  'salesperson.list': (db) => ok(listSalespeople(db)),
};
