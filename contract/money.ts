import { z } from 'zod';

/** Largest amount a single field may hold, in cents: R$ 10.000.000,00. Above it a typing error is certain. */
export const MAX_AMOUNT_CENTS = 1_000_000_000;

/** Amount in integer cents, never negative. */
export const Cents = z.int().min(0).max(MAX_AMOUNT_CENTS);

/** Amount in integer cents that may be negative (a difference, an adjustment). */
export const SignedCents = z.int().min(-MAX_AMOUNT_CENTS).max(MAX_AMOUNT_CENTS);

/** Sum of amounts in integer cents, never negative: a day or a drawer may hold more than a single field. */
export const CentsSum = z.int().min(0);

/** Sum or difference of sums in integer cents, negative where it is one. */
export const SignedCentsSum = z.int();

/** Quantity in integer thousandths of a piece: 1 piece is 1000. */
export const QuantityMilli = z.int().positive();

/** Rate in basis points: 1 % is 100, all of it is 10000. */
export const RateBp = z.int().min(0).max(10_000);

/**
 * Price of `quantityMilli` thousandths of a piece at `unitCents` a piece, rounded half up to the cent.
 *
 * Units: integer cents, integer thousandths.
 * Source: docs/decisions/0002-rounding.md
 */
export function priceOfQuantity(unitCents: number, quantityMilli: number): number {
  return divideHalfUp(unitCents * quantityMilli, 1000);
}

/**
 * `rateBp` of `amountCents`, rounded half up to the cent: 10 % of R$ 0,05 is R$ 0,01.
 *
 * Units: integer cents, basis points.
 */
export function rateOf(amountCents: number, rateBp: number): number {
  return divideHalfUp(amountCents * rateBp, 10_000);
}

/**
 * Spreads `totalCents` over `weights` so that the parts add up to it exactly.
 *
 * Shape: one part per weight, same order; weights are integers >= 0, at least one > 0 unless the total is 0.
 * Units: integer cents; left-over cents go to the largest remainders, the first one wins a tie.
 * Source: docs/decisions/0002-rounding.md
 */
export function prorate(totalCents: number, weights: readonly number[]): number[] {
  if (totalCents === 0) return weights.map(() => 0);
  const sum = weights.reduce((a, b) => a + b, 0);
  if (sum === 0) throw new Error(`cannot spread ${totalCents} cents over weights that are all zero`);
  // BigInt because cents times a weight in cents may pass 2^53.
  const shares = weights.map((weight, index) => {
    const product = BigInt(totalCents) * BigInt(weight);
    return { index, cents: Number(product / BigInt(sum)), remainder: product % BigInt(sum) };
  });
  const parts = shares.map((share) => share.cents);
  let left = totalCents - parts.reduce((a, b) => a + b, 0);
  const byRemainder = shares.toSorted((a, b) =>
    a.remainder === b.remainder ? a.index - b.index : a.remainder < b.remainder ? 1 : -1,
  );
  for (const share of byRemainder) {
    if (left === 0) break;
    parts[share.index] = (parts[share.index] ?? 0) + 1;
    left -= 1;
  }
  return parts;
}

/** `dividend / divisor` of non-negative integers, halves away from zero. */
function divideHalfUp(dividend: number, divisor: number): number {
  if (!Number.isSafeInteger(dividend) || dividend < 0) throw new Error(`amount out of range: ${dividend} / ${divisor}`);
  return Math.floor((dividend + divisor / 2) / divisor);
}
