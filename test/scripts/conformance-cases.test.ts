import { describe, expect, it } from 'vitest';
import { findDifferences } from '../conformance/compare-order.ts';
import { NothingToCheck, runCases, type Case } from '../conformance/run-cases.ts';
import type { SoldSale } from '../conformance/till.ts';

/* The suite itself must be able to fail: what it compares, and what becomes of cases that cannot run. */

const passes = (): Promise<void> => Promise.resolve();
const fails = (text: string) => (): Promise<void> => Promise.reject(new Error(text));
const make = (name: string, run: () => Promise<void>, ...needs: string[]): Case => ({
  name,
  needs,
  timeoutMs: 50,
  run,
});

describe('cases', () => {
  it('one that fails, hangs or has nothing to look at does not stop the others', async () => {
    const seen: string[] = [];
    const results = await runCases(
      [
        make('a', passes),
        make('b', fails('HTTP 500')),
        make('c', passes, 'a', 'b'),
        make('d', () => new Promise(() => undefined)),
        make('e', () => Promise.reject(new NothingToCheck('no card'))),
        make('f', passes, 'e'),
        make('g', passes, 'a'),
      ],
      { budgetMs: 5_000, onResult: ({ name }) => seen.push(name) },
    );
    expect(results.map(({ name, state, text }) => [name, state, text])).toEqual([
      ['a', 'passed', ''],
      ['b', 'failed', 'HTTP 500'],
      ['c', 'failed', 'it needs "b", which failed'],
      ['d', 'failed', 'not done in 0 s'],
      ['e', 'skipped', 'no card'],
      ['f', 'skipped', 'follows "e"'],
      ['g', 'passed', ''],
    ]);
    expect(seen.join('')).toBe('abcdefg');
  });

  it('the whole run is bounded: what is left fails', async () => {
    const hangs = (): Promise<void> => new Promise(() => undefined);
    const results = await runCases([make('a', hangs), make('b', passes)], { budgetMs: 20, onResult: () => undefined });
    expect(results).toMatchObject([
      { state: 'failed' },
      { state: 'failed', text: 'the time for the whole run was over before it' },
    ]);
  });
});

const LINE = { sku: 's', quantityMilli: 3000, netCents: 1999 };
const SOLD = {
  what: 'x',
  isCancelled: false,
  sale: {
    saleId: 'id-1',
    totalCents: 1999,
    changeCents: 1,
    lines: [LINE],
    tenders: [
      { paymentTypeId: 8, kind: 'credit_card', amountCents: 1000, installments: 2 },
      { paymentTypeId: 1, kind: 'cash', amountCents: 1000, installments: 1 },
    ],
  },
} as unknown as SoldSale;
const ORDER = {
  n_pedido_cliente: 'ID-1',
  status: '3',
  total: 19.99,
  v_acerto: '0.01',
  produtos: [{ sku: 's', quantidade: 3, preco: 6.66 }],
  lancamentos: [
    { tipo_pgto: 8, valor_inicial: 5 },
    { tipo_pgto: 8, valor_inicial: 5 },
    { tipo_pgto: 1, valor_inicial: 9.99 },
  ],
};

describe('an order is compared with what was sold', () => {
  it('one that is equal has no difference', () => {
    expect(findDifferences(SOLD, ORDER)).toEqual([]);
    expect(findDifferences({ ...SOLD, isCancelled: true }, { ...ORDER, status: 3, cancelado: 'T' })).toEqual([]);
  });

  it.each([
    ['the state', { status: 1 }, /status 1, should be delivered/],
    ['a cancellation', { cancelado: true }, /status 5, should be delivered/],
    ['the document', { n_pedido_cliente: 'other' }, /n_pedido_cliente other/],
    ['the total', { total: 20 }, /total 2000 cents, should be 1999/],
    ['the adjustment', { v_acerto: 0 }, /are not its total/],
    ['a price', { produtos: [{ sku: 's', quantidade: 3, preco: 6.5 }], v_acerto: 0.49 }, /no line s x 3/],
    ['a line too many', { produtos: [...ORDER.produtos, { sku: 't', quantidade: 1, preco: 0 }] }, /was not sold: t/],
    ['a payment', { lancamentos: ORDER.lancamentos.slice(1) }, /payments are 1499/],
    [
      'an instalment',
      { lancamentos: [{ tipo_pgto: 8, valor_inicial: 10 }, ORDER.lancamentos[2]] },
      /has 1 parts, should have 2/,
    ],
  ])('%s', (_name, change, words) => {
    expect(findDifferences(SOLD, { ...ORDER, ...change }).join('; ')).toMatch(words);
  });
});
