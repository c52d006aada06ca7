import type { DiscountInput } from '../../contract/sale-views.ts';
import type { RefusalOf } from '../../contract/refusals.ts';
import { ok, refuse, type Result } from '../../contract/result.ts';
import type { WriteTx } from '../../db/database-types.ts';
import { setItemDiscount, setLastLine, setSaleDiscount, type DiscountRecord } from '../../db/sale-writes.ts';
import { appendAudit } from '../audit/audit.ts';
import { refId, type CommandHandler } from '../handlers.ts';
import { authorise, type AuthorityRefusal } from '../operator/authorise.ts';
import { readPolicies } from '../setup/read-policies.ts';
import { requireUnpaidSale, type Till } from './at-the-till.ts';
import { findDiscountAboveLimit } from './discount-limit.ts';
import { discountOn } from './sale-rules.ts';
import { getLoadedSale, getSaleView } from './sale-view.ts';

type DiscountRefusal =
  | AuthorityRefusal
  | RefusalOf<'discount_above_price' | 'discount_above_limit' | 'discount_reason_required'>;
/** What is kept of a discount, and who gave leave for it here and now (null: the operator's own right). */
type GivenDiscount = { readonly record: DiscountRecord; readonly leaveBy: string | null };
const NO_DISCOUNT: GivenDiscount = {
  record: { kind: 'none', value: 0, reason: null, approvedBy: null },
  leaveBy: null,
};
type DiscountAsked = {
  readonly discount: DiscountInput;
  readonly reason: string | null;
  readonly approvalId: string | null;
};

/** Discounts on one item and on the whole sale, within the authority of the operator or of whoever approved them. */
export const discountCommands: {
  readonly 'sale.discountItem': CommandHandler<'sale.discountItem'>;
  readonly 'sale.discount': CommandHandler<'sale.discount'>;
} = {
  'sale.discountItem': {
    decide: (tx, input, { nowMs }) => {
      const sale = requireUnpaidSale(tx, input.saleId);
      if (!sale.ok) return sale;
      const line = sale.value.sums.lines.find(({ lineId }) => lineId === input.lineId);
      if (line === undefined) return refuse({ code: 'line_not_found', lineId: input.lineId });
      const given = allowDiscount(tx, input, line.grossCents, sale.value, nowMs);
      if (!given.ok) return given;
      setItemDiscount(tx, input.lineId, given.value.record);
      setLastLine(tx, input.saleId, input.lineId);
      return checkAndAudit(tx, { saleId: input.saleId, lineId: input.lineId }, sale.value, given.value, nowMs);
    },
    view: (db, ref) => getSaleView(db, refId(ref, 'saleId')),
  },

  'sale.discount': {
    decide: (tx, input, { nowMs }) => {
      const sale = requireUnpaidSale(tx, input.saleId);
      if (!sale.ok) return sale;
      if (sale.value.items.length === 0) return refuse({ code: 'sale_empty', saleId: input.saleId });
      const { grossCents, itemDiscountCents } = sale.value.sums;
      const given = allowDiscount(tx, input, grossCents - itemDiscountCents, sale.value, nowMs);
      if (!given.ok) return given;
      setSaleDiscount(tx, input.saleId, given.value.record);
      return checkAndAudit(tx, { saleId: input.saleId, lineId: null }, sale.value, given.value, nowMs);
    },
    view: (db, ref) => getSaleView(db, refId(ref, 'saleId')),
  },
};

function allowDiscount(
  tx: WriteTx,
  { discount, reason, approvalId }: DiscountAsked,
  priceCents: number,
  { operator }: Till,
  nowMs: number,
): Result<GivenDiscount, DiscountRefusal> {
  const value = discountValue(discount);
  const isAbove = (discount.kind === 'value' || discount.kind === 'total') && value > priceCents;
  if (isAbove) return refuse({ code: 'discount_above_price', requestedCents: value, priceCents });
  if (discount.kind === 'none') return ok(NO_DISCOUNT);
  // Before a leave is spent on it: what nobody can explain later is not given.
  if (reason === null) return refuse({ code: 'discount_reason_required' });
  const leave = authorise(tx, operator, 'discount', approvalId, nowMs);
  if (!leave.ok) return leave;
  // A total equal to the price takes nothing off; keeping it would bind the sale to a sum it may outgrow.
  if (discountOn(priceCents, { kind: discount.kind, value }) === 0) return ok(NO_DISCOUNT);
  const leaveBy = leave.value.approvedBy;
  // Whoever completes the sale may have less authority than who gave the discount: the giver answers for it.
  return ok({ record: { kind: discount.kind, value, reason, approvedBy: leaveBy ?? operator.operatorCode }, leaveBy });
}

function discountValue(discount: DiscountInput): number {
  switch (discount.kind) {
    case 'none':
      return 0;
    case 'percent':
      return discount.rateBp;
    case 'value':
      return discount.amountCents;
    case 'total':
      return discount.totalCents;
  }
}

/** Authority is cumulative: what the items and the sale take off together is checked with the new discount in place. */
function checkAndAudit(
  tx: WriteTx,
  { saleId, lineId }: { readonly saleId: string; readonly lineId: string | null },
  { operator }: Till,
  { record, leaveBy }: GivenDiscount,
  nowMs: number,
): Result<{ readonly saleId: string }, DiscountRefusal> {
  const after = getLoadedSale(tx, saleId);
  const above =
    record.kind === 'none'
      ? null
      : findDiscountAboveLimit(tx, operator, after, { approvedBy: leaveBy, lineId }, readPolicies(tx));
  if (above !== null) return refuse(above);
  appendAudit(tx, {
    atMs: nowMs,
    operatorCode: operator.operatorCode,
    approvedBy: leaveBy,
    action: 'discount',
    subjectId: saleId,
    detail: { kind: record.kind, value: record.value, reason: record.reason, totalCents: after.sums.totalCents },
  });
  return ok({ saleId });
}
