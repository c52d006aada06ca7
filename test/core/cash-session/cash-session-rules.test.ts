import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sumDenominations } from '../../../contract/cash-sums.ts';
import { DENOMINATIONS_CENTS, type CountPlace } from '../../../contract/cash-views.ts';
import {
  canWithdraw,
  compareCount,
  expectedCash,
  listPlaces,
  type TakenByType,
} from '../../../core/cash-session/cash-session-rules.ts';

const cents = fc.integer({ min: 0, max: 10_000_000 });
const denominations = fc.array(
  fc.record({ valueCents: fc.constantFrom(...DENOMINATIONS_CENTS), quantity: fc.integer({ min: 0, max: 999 }) }),
);
const types = [
  { paymentTypeId: 1, description: 'Dinheiro', kind: 'cash' },
  { paymentTypeId: 2, description: 'Débito', kind: 'debit_card' },
  { paymentTypeId: 3, description: 'Crédito', kind: 'credit_card' },
] as const;

describe('a drawer', () => {
  type Step = { readonly kind: 'sale' | 'supply' | 'withdrawal'; readonly amountCents: number };
  const steps = fc.array(
    fc.record({ kind: fc.constantFrom<Step['kind']>('sale', 'supply', 'withdrawal'), amountCents: cents }),
  );

  it('is never below nothing, whatever is put in and asked out', () => {
    fc.assert(
      fc.property(cents, steps, (floatCents, asked) => {
        const moved = { takenCents: 0, changeCents: 0, returnedCents: 0, suppliedCents: 0, withdrawnCents: 0 };
        let byHand = floatCents;
        for (const { kind, amountCents } of asked) {
          if (kind === 'withdrawal') {
            if (!canWithdraw(expectedCash(floatCents, moved), amountCents)) {
              expect(amountCents).toBeGreaterThan(byHand);
              continue;
            }
            moved.withdrawnCents += amountCents;
            byHand -= amountCents;
          } else {
            moved[kind === 'sale' ? 'takenCents' : 'suppliedCents'] += amountCents;
            byHand += amountCents;
          }
          expect(expectedCash(floatCents, moved)).toBe(byHand);
          expect(byHand).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });

  it('lets exactly all of it go, and not a cent more', () => {
    expect([canWithdraw(10_000, 10_000), canWithdraw(10_000, 10_001), canWithdraw(-1, 1)]).toEqual([
      true,
      false,
      false,
    ]);
  });
});

describe('a count', () => {
  it('of notes and coins is the same in whatever order they are typed, and however they are split', () => {
    fc.assert(
      fc.property(denominations, denominations, (some, others) => {
        expect(sumDenominations([...some, ...others])).toBe(sumDenominations(some) + sumDenominations(others));
        expect(sumDenominations(some.toReversed())).toBe(sumDenominations(some));
      }),
    );
    expect(
      sumDenominations([
        { valueCents: 20_000, quantity: 2 },
        { valueCents: 5, quantity: 3 },
      ]),
    ).toBe(40_015);
  });

  const taken = fc.array(
    fc.record({
      paymentTypeId: fc.constantFrom(2, 3),
      acquirerId: fc.constantFrom(null, 1, 2),
      amountCents: fc.integer({ min: -100_000, max: 1_000_000 }),
    }),
  );
  const amounts = fc.array(
    fc.record({ paymentTypeId: fc.constantFrom(2, 3), acquirerId: fc.constantFrom(null, 1, 2), countedCents: cents }),
  );
  const toTaken = (row: { paymentTypeId: number; acquirerId: number | null; amountCents: number }): TakenByType => ({
    ...row,
    acquirer: row.acquirerId === null ? null : `Adquirente ${row.acquirerId}`,
    description: `Cartão ${row.paymentTypeId}`,
    kind: 'credit_card',
  });

  it('loses nothing: what was expected, counted and different adds up over its lines', () => {
    fc.assert(
      fc.property(cents, cents, taken, amounts, (expectedCashCents, countedCashCents, rows, counted) => {
        const all: CountPlace[] = [
          { paymentTypeId: 1, acquirerId: null, description: 'Dinheiro', kind: 'cash' },
          ...[2, 3].flatMap((paymentTypeId) =>
            [null, 1, 2].map((acquirerId) => ({
              paymentTypeId,
              acquirerId,
              description: 'x',
              kind: 'credit_card' as const,
            })),
          ),
        ];
        const lines = compareCount({
          places: all,
          expectedCashCents,
          countedCashCents,
          taken: rows.map(toTaken),
          amounts: counted,
        });
        const sum = (of: (line: (typeof lines)[number]) => number): number =>
          lines.reduce((total, line) => total + of(line), 0);
        expect(sum((line) => line.expectedCents)).toBe(
          expectedCashCents + rows.reduce((total, row) => total + row.amountCents, 0),
        );
        expect(sum((line) => line.countedCents)).toBe(
          countedCashCents + counted.reduce((total, row) => total + row.countedCents, 0),
        );
        expect(sum((line) => line.differenceCents)).toBe(sum((line) => line.countedCents - line.expectedCents));
      }),
    );
  });

  it('asks for cash, then for each card by the acquirers that were used, and says nothing of how much', () => {
    const used = [
      toTaken({ paymentTypeId: 3, acquirerId: 2, amountCents: 500 }),
      toTaken({ paymentTypeId: 3, acquirerId: 1, amountCents: 100 }),
    ];
    expect(listPlaces(types, used)).toEqual([
      { paymentTypeId: 1, acquirerId: null, description: 'Dinheiro', kind: 'cash' },
      { paymentTypeId: 2, acquirerId: null, description: 'Débito', kind: 'debit_card' },
      { paymentTypeId: 3, acquirerId: 1, description: 'Cartão 3 · Adquirente 1', kind: 'credit_card' },
      { paymentTypeId: 3, acquirerId: 2, description: 'Cartão 3 · Adquirente 2', kind: 'credit_card' },
    ]);
    expect(listPlaces([], []).map(({ description }) => description)).toEqual(['Dinheiro']);
  });
});
