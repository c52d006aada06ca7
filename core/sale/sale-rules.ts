import { priceOfQuantity, prorate, rateOf } from '../../contract/money.ts';

/** A discount as it was asked for: basis points for a percent, cents for a value, the resulting total in cents. */
export type Discount = { readonly kind: 'none' | 'percent' | 'value' | 'total'; readonly value: number };

/** What a line of a sale is computed from. */
export type PricedLine = {
  readonly lineId: string;
  readonly quantityMilli: number;
  readonly unitPriceCents: number;
  readonly discount: Discount;
};

/** The sums of a line: net = gross - item discount - its share of the sale's discount. */
export type LineSums = {
  readonly lineId: string;
  readonly grossCents: number;
  readonly itemDiscountCents: number;
  readonly saleDiscountCents: number;
  readonly netCents: number;
};

/** The sums of a sale; every one is the sum of its lines to the cent. */
export type SaleSums = {
  readonly lines: readonly LineSums[];
  readonly piecesMilli: number;
  readonly grossCents: number;
  readonly itemDiscountCents: number;
  readonly saleDiscountCents: number;
  readonly totalCents: number;
};

/**
 * Computes a sale from its lines and the discount on the whole of it.
 *
 * The sale's discount applies to what is left after the discounts of the items and is spread over the lines by
 * what each still costs, so that line sums add up to the total exactly.
 * Units: integer cents and thousandths. Source: docs/decisions/0002-rounding.md
 */
export function computeSale(lines: readonly PricedLine[], saleDiscount: Discount): SaleSums {
  const priced = lines.map((line) => {
    const grossCents = priceOfQuantity(line.unitPriceCents, line.quantityMilli);
    return { line, grossCents, itemDiscountCents: discountOn(grossCents, line.discount) };
  });
  const leftOver = priced.map((line) => line.grossCents - line.itemDiscountCents);
  const saleDiscountCents = discountOn(sum(leftOver), saleDiscount);
  const shares = prorate(saleDiscountCents, leftOver);
  const sums = priced.map(({ line, grossCents, itemDiscountCents }, index) => {
    const share = shares[index] ?? 0;
    return {
      lineId: line.lineId,
      grossCents,
      itemDiscountCents,
      saleDiscountCents: share,
      netCents: grossCents - itemDiscountCents - share,
    };
  });
  return {
    lines: sums,
    piecesMilli: sum(lines.map((line) => line.quantityMilli)),
    grossCents: sum(sums.map((line) => line.grossCents)),
    itemDiscountCents: sum(sums.map((line) => line.itemDiscountCents)),
    saleDiscountCents,
    totalCents: sum(sums.map((line) => line.netCents)),
  };
}

/**
 * What a discount takes off `amountCents`, never more than all of it: lines may have been removed since a fixed
 * value was agreed. A `total` above the amount takes nothing off.
 */
export function discountOn(amountCents: number, discount: Discount): number {
  switch (discount.kind) {
    case 'none':
      return 0;
    case 'percent':
      return rateOf(amountCents, discount.value);
    case 'value':
      return Math.min(discount.value, amountCents);
    case 'total':
      return Math.max(0, amountCents - discount.value);
  }
}

/** The rate a discount amounts to, in basis points, rounded up: R$ 1 off R$ 3 is 3334. */
export function discountRateBp(grossCents: number, discountCents: number): number {
  if (grossCents === 0) return 0;
  return Math.ceil((discountCents * 10_000) / grossCents);
}

/**
 * Whether the discounts of a line, the item's and its share of the sale's together, stay within `limitBp`.
 *
 * One cent more is let through: spreading a discount may round a line up by it.
 */
export function isWithinLimit(line: Omit<LineSums, 'lineId'>, limitBp: number): boolean {
  return line.itemDiscountCents + line.saleDiscountCents <= rateOf(line.grossCents, limitBp) + 1;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0);
}
