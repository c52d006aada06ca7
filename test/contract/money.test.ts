import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { priceOfQuantity, prorate, rateOf } from '../../contract/money.ts';

describe('money', () => {
  it.each([
    { unitCents: 1990, quantityMilli: 1000, cents: 1990 },
    { unitCents: 1990, quantityMilli: 3000, cents: 5970 },
    { unitCents: 333, quantityMilli: 1500, cents: 500 },
    { unitCents: 1, quantityMilli: 499, cents: 0 },
    { unitCents: 1, quantityMilli: 500, cents: 1 },
    { unitCents: 0, quantityMilli: 999_000, cents: 0 },
  ])('prices $quantityMilli thousandths at $unitCents cents as $cents', ({ unitCents, quantityMilli, cents }) => {
    expect(priceOfQuantity(unitCents, quantityMilli)).toBe(cents);
  });

  it.each([
    { cents: 5, rateBp: 1000, off: 1 },
    { cents: 4, rateBp: 1000, off: 0 },
    { cents: 9999, rateBp: 3333, off: 3333 },
    { cents: 12_345, rateBp: 10_000, off: 12_345 },
    { cents: 12_345, rateBp: 0, off: 0 },
  ])('takes $rateBp basis points of $cents cents as $off', ({ cents, rateBp, off }) => {
    expect(rateOf(cents, rateBp)).toBe(off);
  });

  it('gives the odd cents of a split to the largest remainders, the first one on a tie', () => {
    expect(prorate(100, [1, 1, 1])).toEqual([34, 33, 33]);
    expect(prorate(1, [1, 2])).toEqual([0, 1]);
    expect(prorate(10, [3, 0, 7])).toEqual([3, 0, 7]);
    expect(prorate(0, [0, 0])).toEqual([0, 0]);
  });

  it('never loses or makes a cent when spreading an amount', () => {
    fc.assert(
      fc.property(
        fc.nat(1_000_000_000),
        fc
          .array(fc.nat(1_000_000_000), { minLength: 1, maxLength: 100 })
          .filter((weights) => weights.some((w) => w > 0)),
        (total, weights) => {
          const parts = prorate(total, weights);
          expect(parts.reduce((a, b) => a + b, 0)).toBe(total);
          const sum = weights.reduce((a, b) => a + b, 0);
          for (const [index, part] of parts.entries()) {
            const exact = (total * (weights[index] ?? 0)) / sum;
            expect(Math.abs(part - exact)).toBeLessThan(1 + 1e-6);
          }
        },
      ),
    );
  });

  it('refuses to spread money over nothing', () => {
    expect(() => prorate(1, [0, 0])).toThrow('cannot spread 1 cents');
  });
});
