import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDiscount } from '../../renderer/screens/discount-entry.ts';
import { quickAmounts } from '../../renderer/screens/quick-amounts.ts';
import { parseQuantity, readEntered, readTyped } from '../../renderer/screens/till-entry.ts';

describe('what is typed at the till', () => {
  it.each([
    ['3*', { kind: 'multiply', quantityMilli: 3000, rest: '' }],
    ['12*', { kind: 'multiply', quantityMilli: 12_000, rest: '' }],
    ['1,5*', { kind: 'multiply', quantityMilli: 1500, rest: '' }],
    ['3*789', { kind: 'multiply', quantityMilli: 3000, rest: '789' }],
    ['*', { kind: 'command', command: 'quantity' }],
    ['+', { kind: 'command', command: 'pay' }],
    ['-', { kind: 'command', command: 'discount' }],
    ['?', { kind: 'command', command: 'help' }],
    ['VE-101', { kind: 'text', text: 'VE-101' }],
    ['0*', { kind: 'text', text: '0*' }],
    ['a*', { kind: 'text', text: 'a*' }],
    ['', { kind: 'text', text: '' }],
  ])('reads %j while it is typed', (text, expected) => {
    expect(readTyped(text)).toEqual(expected);
  });

  it.each([
    ['', { kind: 'nothing' }],
    ['/24', { kind: 'salesperson', code: '24', scope: 'next' }],
    ['//24', { kind: 'salesperson', code: '24', scope: 'sale' }],
    ['/', { kind: 'salesperson', code: '', scope: 'next' }],
    [' 7891234567895 ', { kind: 'item', code: '7891234567895' }],
    ['VE/101', { kind: 'item', code: 'VE/101' }],
  ])('reads %j at Enter', (text, expected) => {
    expect(readEntered(text)).toEqual(expected);
  });

  it('reads quantities and refuses nonsense', () => {
    expect(['2', '1,5', '0,250', '1.5', '0', '', '-1', '2x', '1,2345'].map(parseQuantity)).toEqual([
      2000,
      1500,
      250,
      1500,
      null,
      null,
      null,
      null,
      null,
    ]);
  });

  it.each([
    ['10%', 'value', { kind: 'percent', rateBp: 1000 }],
    ['12,5', 'percent', { kind: 'percent', rateBp: 1250 }],
    ['25,00', 'value', { kind: 'value', amountCents: 2500 }],
    ['=200', 'percent', { kind: 'total', totalCents: 20_000 }],
    ['200', 'total', { kind: 'total', totalCents: 20_000 }],
    ['101%', 'percent', null],
    ['=10%', 'percent', null],
    ['abc', 'value', null],
    ['', 'value', null],
  ] as const)('reads the discount %j (%s)', (text, kind, expected) => {
    expect(readDiscount(text, kind)).toEqual(expected);
  });

  it('offers only amounts above what is due, ascending', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000_000 }), (dueCents) => {
        const amounts = quickAmounts(dueCents);
        expect(amounts.every((cents) => cents > dueCents)).toBe(true);
        expect([...amounts].sort((a, b) => a - b)).toEqual(amounts);
      }),
    );
    expect(quickAmounts(44_970)).toEqual([45_000, 46_000, 50_000]);
  });
});
