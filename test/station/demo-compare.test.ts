import { describe, expect, it } from 'vitest';
import { compare, type JournalSale, type ReceivedOrder } from '../../scripts/demo/compare.ts';

/* The comparator of the demo must be able to fail: each thing it looks for is put into data that was right. */

const sale: JournalSale = {
  saleId: 'a',
  number: 'E01000000001',
  businessDay: '2026-09-13',
  salespersonCode: '000024',
  // Three pieces for 100,00 have no price a piece: 33,33 and an adjustment of one cent.
  totalCents: 18_990,
  lines: [
    { sku: 'x', quantityMilli: 3000, netCents: 10_000 },
    { sku: 'y', quantityMilli: 1000, netCents: 8990 },
  ],
  tenders: [
    { paymentTypeId: 1, cardBrandId: null, acquirerId: null, installments: 1, amountCents: 8990 },
    { paymentTypeId: 3, cardBrandId: 2, acquirerId: 4, installments: 3, amountCents: 10_000 },
  ],
  cancelled: false,
};
const card = { tipo_pgto: 3, bandeira: 2, operadora: 4, numparc: 3 };
const order: ReceivedOrder = {
  cod_pedidov: 'E01000000001',
  n_pedido_cliente: 'a',
  cod_vendedor: '000024',
  data_emissao: '2026-09-13',
  total: 189.9,
  v_acerto: 0.01,
  status: 3,
  inclusions: 1,
  produtos: [
    { sku: 'y', quantidade: 1, preco: 89.9 },
    { sku: 'x', quantidade: 3, preco: 33.33 },
  ],
  lancamentos: [
    { tipo_pgto: 1, bandeira: null, operadora: null, numparc: 1, parcela: 1, valor_inicial: 89.9 },
    { ...card, parcela: 1, valor_inicial: 33.34 },
    { ...card, parcela: 2, valor_inicial: 33.33 },
    { ...card, parcela: 3, valor_inicial: 33.33 },
  ],
};
const clean = { lost: [], doubled: [], unequal: [], strangers: [], gaps: [] };

/** Kinds with findings. */
function found(journal: readonly JournalSale[], orders: readonly ReceivedOrder[]): string[] {
  return Object.entries(compare(journal, orders)).flatMap(([kind, findings]) => (findings.length > 0 ? [kind] : []));
}
const payments = (changes: (index: number) => object): ReceivedOrder['lancamentos'] =>
  order.lancamentos.map((payment, index) => Object.assign({}, payment, changes(index)));

describe('the comparator', () => {
  it('finds nothing when the ERP holds what was sold, in whatever order of lines', () => {
    expect(compare([sale], [order])).toEqual(clean);
  });

  it('finds nothing when a cancelled sale is cancelled there', () => {
    expect(compare([{ ...sale, cancelled: true }], [{ ...order, status: 5 }])).toEqual(clean);
  });

  it('finds a sale that is not there', () => {
    expect(compare([sale], []).lost).toEqual(['E01000000001: not at the ERP']);
  });

  it.each([0, 1, 3])('finds a cancellation that did not arrive: status %i', (status) => {
    expect(found([{ ...sale, cancelled: true }], [{ ...order, status }])).toEqual(['lost']);
  });

  it('finds two orders for one sale', () => {
    expect(found([sale], [order, { ...order, cod_pedidov: 'E01000000002' }])).toContain('doubled');
  });

  it('finds one number for two orders', () => {
    expect(found([sale], [order, { ...order, n_pedido_cliente: 'b' }])).toEqual(['doubled', 'strangers']);
  });

  it('finds an order that was taken twice', () => {
    expect(found([sale], [{ ...order, inclusions: 2 }])).toEqual(['doubled']);
  });

  it('finds an order that nobody here was told of', () => {
    expect(found([sale], [order, { ...order, cod_pedidov: 'E01000000002', n_pedido_cliente: 'b' }])).toEqual([
      'strangers',
    ]);
  });

  it('finds a hole in the numbers', () => {
    const third = { ...sale, saleId: 'c', number: 'E01000000003' };
    const theirs = { ...order, n_pedido_cliente: 'c', cod_pedidov: 'E01000000003' };
    expect(found([sale, third], [order, theirs])).toEqual(['gaps']);
  });

  const unequal: readonly (readonly [string, Partial<ReceivedOrder>])[] = [
    ['the number', { cod_pedidov: 'E01000000009' }],
    ['the day', { data_emissao: '2026-09-14' }],
    ['the salesperson', { cod_vendedor: '000021' }],
    ['no salesperson', { cod_vendedor: null }],
    ['the status', { status: 1 }],
    ['a cancelled status that nobody asked for', { status: 5 }],
    ['the total by a cent', { total: 189.91 }],
    ['the adjustment by a cent', { v_acerto: 0 }],
    ['a line that is missing', { produtos: order.produtos.slice(1) }],
    ['a line too many', { produtos: [...order.produtos, { sku: 'z', quantidade: 1, preco: 0 }] }],
    ['a SKU', { produtos: order.produtos.map((line) => ({ ...line, sku: `${line.sku}2` })) }],
    ['a quantity', { produtos: order.produtos.map((line) => ({ ...line, quantidade: line.quantidade + 1 })) }],
    [
      'a price by a cent',
      { v_acerto: 0, produtos: order.produtos.map((line) => (line.sku === 'y' ? { ...line, preco: 89.91 } : line)) },
    ],
    ['a payment by a cent', { lancamentos: payments((index) => (index === 0 ? { valor_inicial: 89.91 } : {})) }],
    [
      'money moved between payments',
      { lancamentos: payments((index) => ({ valor_inicial: [99.9, 30, 30, 30][index] })) },
    ],
    ['a type of payment', { lancamentos: payments((index) => (index === 0 ? { tipo_pgto: 2 } : {})) }],
    ['a card brand', { lancamentos: payments((index) => (index > 0 ? { bandeira: 1 } : {})) }],
    ['the number of instalments', { lancamentos: payments((index) => (index > 0 ? { numparc: 2 } : {})) }],
    ['an instalment twice', { lancamentos: payments((index) => (index === 3 ? { parcela: 2 } : {})) }],
  ];
  it.each(unequal)('finds a difference in %s', (_what, change) => {
    expect(found([sale], [{ ...order, ...change }])).toEqual(['unequal']);
  });
});
