import type { Policies } from '../../contract/policies.ts';
import type { RefusalOf } from '../../contract/refusals.ts';
import type { ReadDb } from '../../db/database-types.ts';
import type { OperatorRecord } from '../../db/operator-queries.ts';
import { discountLimitFor } from '../operator/operator-queries.ts';
import { discountRateBp, isWithinLimit } from './sale-rules.ts';
import type { LoadedSale } from './sale-view.ts';

/** A discount that is being given: by whom it was approved, and on which line (null: on all of them). */
export type NewDiscount = { readonly approvedBy: string | null; readonly lineId: string | null };

/**
 * The first line whose discounts together pass the authority behind them, or null.
 *
 * Giving a discount, the lines it touches are judged by the operator and by who approves this one: an earlier leave
 * for another discount is spent. Other lines, and all of them at completion, are judged by the operator and by those
 * who answer for the discounts they carry. Asked again at completion because removing an item makes a fixed discount
 * weigh more on what is left.
 */
export function findDiscountAboveLimit(
  db: ReadDb,
  operator: OperatorRecord,
  { sale, items, sums }: LoadedSale,
  given: NewDiscount | null,
  policies: Policies,
): RefusalOf<'discount_above_limit'> | null {
  if (sums.itemDiscountCents + sums.saleDiscountCents === 0) return null;
  for (const [index, line] of sums.lines.entries()) {
    const isTouched = given !== null && (given.lineId === null || given.lineId === line.lineId);
    const answering = isTouched
      ? [given.approvedBy]
      : [sale.discountApprovedBy, items[index]?.discountApprovedBy ?? null];
    const limitBp = discountLimitFor(db, operator, answering, policies);
    if (!isWithinLimit(line, limitBp)) {
      const requestedBp = discountRateBp(line.grossCents, line.itemDiscountCents + line.saleDiscountCents);
      return { code: 'discount_above_limit', requestedBp, limitBp };
    }
  }
  return null;
}
