import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatAmount,
  formatCents,
  formatCnpj,
  formatCpf,
  formatDay,
  formatInstant,
  formatPercent,
  formatQuantity,
  maskCpf,
  parseCents,
  parseRateBp,
} from '../../contract/format.ts';
import { MAX_AMOUNT_CENTS } from '../../contract/money.ts';

describe('Brazilian formats', () => {
  it('writes money, quantities, rates and documents', () => {
    expect(formatCents(123_456)).toBe('R$\u00A01.234,56');
    expect(formatCents(-500)).toBe('-R$\u00A05,00');
    expect(formatQuantity(1500)).toBe('1,5');
    expect(formatQuantity(1_200_000)).toBe('1.200');
    expect(formatPercent(1250)).toBe('12,5%');
    expect(formatCpf('12345678909')).toBe('123.456.789-09');
    expect(maskCpf('123.456.789-09')).toBe('***.456.789-**');
    expect(formatCnpj('12ABC34501DE35')).toBe('12.ABC.345/01DE-35');
  });

  it('writes times in the zone of the branch', () => {
    expect(formatInstant('2026-11-22T01:30:00.000Z')).toBe('21/11/2026 22:30');
    expect(formatInstant('2026-11-22T01:30:00.000Z', 'en')).toBe('21 Nov 2026 22:30');
    expect(formatInstant('2026-11-22T01:30:00.000Z', 'pt-BR', 'America/Rio_Branco')).toBe('21/11/2026 20:30');
    expect(formatDay('2026-01-05')).toBe('05/01/2026');
  });

  it.each([
    ['1.234,56', 123_456],
    ['12,5', 1250],
    ['12', 1200],
    ['R$ 9,90', 990],
    ['12.50', 1250],
    ['1.234', 123_400],
    ['0', 0],
  ])('reads %j', (text, cents) => {
    expect(parseCents(text)).toBe(cents);
  });

  it.each(['', ' ', 'abc', '1,234', '12.34.5', '-1', ',5', '1,', '1e3', '99999999999', 'R$'])('refuses %j', (text) => {
    expect(parseCents(text)).toBeNull();
  });

  it('reads back every amount it writes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: MAX_AMOUNT_CENTS }), (cents) => {
        expect(parseCents(formatAmount(cents))).toBe(cents);
        expect(parseCents(formatCents(cents).replace('\u00A0', ' '))).toBe(cents);
      }),
    );
  });

  it('reads rates up to all of it', () => {
    expect(['10', '12,5%', '100 %', '100,01', '-1'].map(parseRateBp)).toEqual([1000, 1250, 10_000, null, null]);
  });
});
