import type { RefusalOf } from '../../contract/refusals.ts';
import type { ReadDb } from '../../db/database-types.ts';
import type { OperatorRecord } from '../../db/operator-queries.ts';
import { discountLimitFor } from '../operator/operator-queries.ts';
import { readPolicies } from '../setup/read-policies.ts';
import { discountRateBp, isWithinLimit } from './sale-rules.ts';
import type { LoadedSale } from './sale-view.ts';

/**
 * The first line whose discounts together pass the authority of the operator and of those who approved them, or null.
 *
 * Asked again at completion: removing an item makes a fixed discount weigh more on what is left.
 */
export function findDiscountAboveLimit(
  db: ReadDb,
  operator: OperatorRecord,
  { sale, items, sums }: LoadedSale,
): RefusalOf<'discount_above_limit'> | null {
  if (sums.itemDiscountCents + sums.saleDiscountCents === 0) return null;
  const policies = readPolicies(db);
  for (const [index, line] of sums.lines.entries()) {
    const approvedBy = [sale.discountApprovedBy, items[index]?.discountApprovedBy ?? null];
    const limitBp = discountLimitFor(db, operator, approvedBy, policies);
    if (!isWithinLimit(line, limitBp)) {
      const requestedBp = discountRateBp(line.grossCents, line.itemDiscountCents + line.saleDiscountCents);
      return { code: 'discount_above_limit', requestedBp, limitBp };
    }
  }
  return null;
}
