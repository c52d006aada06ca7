import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  computeSale,
  discountRateBp,
  isWithinLimit,
  type Discount,
  type PricedLine,
} from '../../core/sale/sale-rules.ts';

const line = (
  lineId: string,
  unitPriceCents: number,
  quantityMilli = 1000,
  discount: Discount = { kind: 'none', value: 0 },
): PricedLine => ({
  lineId,
  unitPriceCents,
  quantityMilli,
  discount,
});
const NONE: Discount = { kind: 'none', value: 0 };

const anyDiscount: fc.Arbitrary<Discount> = fc.oneof(
  fc.constant(NONE),
  fc.record({ kind: fc.constant('percent' as const), value: fc.nat(10_000) }),
  fc.record({ kind: fc.constantFrom('value' as const, 'total' as const), value: fc.nat(1_000_000) }),
);
const anyLine: fc.Arbitrary<PricedLine> = fc.record({
  lineId: fc.uuid(),
  unitPriceCents: fc.nat(500_000),
  quantityMilli: fc.integer({ min: 1, max: 99_000 }),
  discount: anyDiscount,
});

describe('sums of a sale', () => {
  it('adds up three items', () => {
    const sums = computeSale([line('a', 8990), line('b', 12_990, 2000), line('c', 1)], NONE);
    expect(sums).toMatchObject({
      piecesMilli: 4000,
      grossCents: 34_971,
      itemDiscountCents: 0,
      saleDiscountCents: 0,
      totalCents: 34_971,
    });
  });

  it('takes the discount of the sale off what the discounts of the items left', () => {
    const sums = computeSale([line('a', 10_000, 1000, { kind: 'percent', value: 1000 }), line('b', 10_000)], {
      kind: 'percent',
      value: 1000,
    });
    expect(sums).toMatchObject({
      grossCents: 20_000,
      itemDiscountCents: 1000,
      saleDiscountCents: 1900,
      totalCents: 17_100,
    });
    expect(sums.lines.map((l) => l.netCents)).toEqual([8100, 9000]);
  });

  it('makes a sale cost exactly the total that was agreed', () => {
    expect(
      computeSale([line('a', 3333), line('b', 3333), line('c', 3334)], { kind: 'total', value: 9000 }).totalCents,
    ).toBe(9000);
  });

  it('takes nothing off when the agreed total is above what is left after removing items', () => {
    expect(computeSale([line('a', 5000)], { kind: 'total', value: 9000 })).toMatchObject({
      saleDiscountCents: 0,
      totalCents: 5000,
    });
  });

  it('never takes off more than the price', () => {
    expect(computeSale([line('a', 500)], { kind: 'value', value: 900 }).totalCents).toBe(0);
  });

  it('is the sum of its lines to the cent, whatever the discounts', () => {
    fc.assert(
      fc.property(fc.array(anyLine, { maxLength: 40 }), anyDiscount, (lines, discount) => {
        const sums = computeSale(lines, discount);
        const add = (pick: (l: (typeof sums.lines)[number]) => number): number =>
          sums.lines.reduce((a, l) => a + pick(l), 0);
        expect(add((l) => l.grossCents)).toBe(sums.grossCents);
        expect(add((l) => l.itemDiscountCents)).toBe(sums.itemDiscountCents);
        expect(add((l) => l.saleDiscountCents)).toBe(sums.saleDiscountCents);
        expect(add((l) => l.netCents)).toBe(sums.totalCents);
        expect(sums.totalCents).toBe(sums.grossCents - sums.itemDiscountCents - sums.saleDiscountCents);
        for (const l of sums.lines) {
          expect(l.netCents).toBeGreaterThanOrEqual(0);
          expect(l.itemDiscountCents).toBeGreaterThanOrEqual(0);
          expect(l.saleDiscountCents).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });

  it('tells the rate of a discount rounded up', () => {
    expect(discountRateBp(300, 100)).toBe(3334);
    expect(discountRateBp(0, 0)).toBe(0);
  });

  it('lets one cent of rounding through the limit, and not two', () => {
    const sums = { grossCents: 1000, itemDiscountCents: 50, saleDiscountCents: 1, netCents: 949 };
    expect(isWithinLimit(sums, 500)).toBe(true);
    expect(isWithinLimit({ ...sums, saleDiscountCents: 2 }, 500)).toBe(false);
  });
});
