import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCpf } from '../../core/sale/cpf-rules.ts';
import { formatSaleNumber } from '../../core/sale/number-rules.ts';
import { computePayment, maximumInstallments, netOfChange, type GivenTender } from '../../core/sale/tender-rules.ts';

const cash = (amountCents: number): GivenTender => ({ kind: 'cash', amountCents });
const card = (amountCents: number): GivenTender => ({ kind: 'credit_card', amountCents });

describe('payment', () => {
  it.each([
    { total: 10_000, tenders: [cash(20_000)], due: 0, change: 10_000 },
    { total: 10_000, tenders: [card(4000)], due: 6000, change: 0 },
    { total: 10_000, tenders: [card(4000), cash(6050)], due: 0, change: 50 },
    { total: 0, tenders: [], due: 0, change: 0 },
  ])('of $total cents leaves $due due and $change of change', ({ total, tenders, due, change }) => {
    expect(computePayment(total, tenders)).toMatchObject({ dueCents: due, changeCents: change });
  });

  it('tells the ERP what stayed: the change comes off the cash', () => {
    expect(netOfChange([card(4000), cash(5000), cash(5000)], 4000)).toEqual([card(4000), cash(5000), cash(1000)]);
    expect(netOfChange([cash(5000), cash(5000)], 5000)).toEqual([cash(5000)]);
    expect(() => netOfChange([card(5000)], 1)).toThrow('more than the cash');
  });

  it('adds up to the total after the change, whatever was given', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 1_000_000 }), { minLength: 1 }),
        fc.nat(1_000_000),
        (amounts, off) => {
          const tenders = amounts.map(cash);
          const tendered = amounts.reduce((a, b) => a + b, 0);
          const total = Math.max(0, tendered - off);
          const { changeCents } = computePayment(total, tenders);
          const net = netOfChange(tenders, changeCents);
          expect(net.reduce((a, t) => a + t.amountCents, 0)).toBe(total);
          expect(net.every((t) => t.amountCents > 0)).toBe(true);
        },
      ),
    );
  });

  it('keeps every instalment above the minimum', () => {
    expect(maximumInstallments(30_000, 5000, 'credit_card')).toBe(6);
    expect(maximumInstallments(4000, 5000, 'credit_card')).toBe(1);
    expect(maximumInstallments(1_000_000, 5000, 'credit_card')).toBe(12);
    expect(maximumInstallments(1_000_000, 5000, 'cash')).toBe(1);
  });
});

describe('CPF', () => {
  it.each(['529.982.247-25', '52998224725', '111.444.777-35'])('accepts %s', (cpf) => {
    expect(parseCpf(cpf)).toBe(cpf.replaceAll(/\D/g, ''));
  });
  it.each(['529.982.247-26', '111.111.111-11', '5299822472', 'abc', ''])('refuses %s', (cpf) => {
    expect(parseCpf(cpf)).toBeNull();
  });
});

describe('number of a sale', () => {
  it('is the station and nine digits', () => {
    expect(formatSaleNumber('E01', 123)).toBe('E01000000123');
    expect(() => formatSaleNumber('E01', 1_000_000_000)).toThrow('out of range');
  });
});
