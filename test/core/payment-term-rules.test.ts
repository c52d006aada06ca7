import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { choosePaymentTerm, type PaymentTerm } from '../../core/sale/payment-term-rules.ts';

function term(paymentTermId: number, ...days: number[]): PaymentTerm {
  return { paymentTermId, code: `T${paymentTermId}`, installments: days.map((day) => ({ days: day })) };
}

function choose(terms: readonly PaymentTerm[], ...installments: number[]): string {
  return choosePaymentTerm(
    terms,
    installments.map((count) => ({ installments: count })),
  );
}

const SHOP = [term(1, 0), term(2, 30, 60), term(3, 30, 60, 90), term(5, 30), term(6, 30, 60, 90, 120, 150, 180)];

describe('the payment term of a sale', () => {
  test.each([
    ['cash', [1], 'T1'],
    ['a card in three', [3], 'T3'],
    ['cash and a card in two', [1, 2], 'T2'],
    ['four, which nobody registered', [4], 'T3'],
    ['more than any term has', [48], 'T6'],
    ['no tender at all (a sale of nothing)', [], 'T1'],
  ] as const)('for %s', (_name, installments, code) => {
    expect(choose(SHOP, ...installments)).toBe(code);
  });

  test('that falls due first wins, then the oldest, whatever the order of the register', () => {
    expect(choose([term(9, 30), term(8, 0), term(7, 0)], 1)).toBe('T7');
    expect(choose([term(4, 45, 75), term(2, 30, 60)], 2)).toBe('T2');
  });

  test('without instalments is paid at once; the shortest serves where all are longer', () => {
    expect(choose([term(5, 30), term(4)], 1)).toBe('T4');
    expect(choose([term(5, 30, 60, 90), term(4, 30, 60)], 1)).toBe('T4');
  });

  test('is none where none is registered, and never another one for the same tenders in another order', () => {
    expect(choose([], 3)).toBe('');
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 48 }), { maxLength: 5 }), (counts) => {
        expect(choose(SHOP, ...counts)).toBe(choose([...SHOP].toReversed(), ...counts.toReversed()));
      }),
    );
  });
});
