import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SaleDocument } from '../../../core/connectors/connector.ts';
import { findDifference } from '../../../core/connectors/millennium/compare-order.ts';
import { encodeDelivery, encodeSale, encodeSaleMoney } from '../../../core/connectors/millennium/encode-sale.ts';
import { MillenniumOrder } from '../../../core/connectors/millennium/decode-order.ts';
import { prorate } from '../../../contract/money.ts';
import { saleDocument } from '../sync/support.ts';

type Body = {
  total: number;
  v_acerto: number;
  quantidade: number;
  produtos: { sku: string; quantidade: number; preco: number; desconto: number }[];
  lancamentos: {
    tipo_pgto: number;
    numparc: number;
    parcela: number;
    valor_inicial: number;
    data_vencimento: string;
  }[];
};

const line = fc.record({
  sku: fc.stringMatching(/^\d{3}_\d{2}_0_[PMG]$/),
  quantityMilli: fc.oneof(
    fc.integer({ min: 1, max: 50 }).map((pieces) => pieces * 1000),
    fc.integer({ min: 1, max: 99_999 }),
  ),
  grossCents: fc.integer({ min: 0, max: 5_000_000 }),
  discountShare: fc.integer({ min: 0, max: 100 }),
});

const tender = fc.record({
  weight: fc.integer({ min: 1, max: 100 }),
  installments: fc.integer({ min: 1, max: 48 }),
  paymentTypeId: fc.integer({ min: 1, max: 9 }),
});

/** Any sale of a till: lines with discounts, tenders that add up to the total. */
const sales = fc
  .record({
    lines: fc.array(line, { minLength: 1, maxLength: 30 }),
    tenders: fc.array(tender, { minLength: 1, maxLength: 4 }),
    day: fc.date({ min: new Date('2026-01-01'), max: new Date('2030-12-31'), noInvalidDate: true }),
  })
  .map(({ lines, tenders, day }): SaleDocument => {
    const items = lines.map(({ sku, quantityMilli, grossCents, discountShare }, index) => ({
      position: index + 1,
      sku,
      barcode: '7899000001017',
      quantityMilli,
      grossCents,
      netCents: grossCents - Math.floor((grossCents * discountShare) / 100),
      salespersonId: 24,
    }));
    const totalCents = items.reduce((sum, item) => sum + item.netCents, 0);
    const amounts = prorate(
      totalCents,
      tenders.map(({ weight }) => weight),
    );
    return saleDocument(1, {
      items,
      totalCents,
      businessDay: day.toISOString().slice(0, 10),
      tenders: tenders.flatMap(({ installments, paymentTypeId }, index) => {
        const amountCents = amounts[index] ?? 0;
        return amountCents === 0 ? [] : [{ paymentTypeId, cardBrandId: 1, acquirerId: 2, installments, amountCents }];
      }),
    });
  });

/** Cents of a number in the body, by its decimal text: what a server of decimals reads. */
function cents(amount: number): number {
  expect(String(amount)).toMatch(/^-?\d+(\.\d{1,2})?$/);
  return Math.round(Number(amount.toFixed(2)) * 100);
}

/** Thousandths of a quantity in the body: decimals, as a binary fraction may fall on the other side of half a cent. */
function milli(quantity: number): number {
  return Math.round(quantity * 1000);
}

function encoded(sale: SaleDocument): Body {
  return JSON.parse(JSON.stringify(encodeSale(sale))) as Body;
}

/** The order that a server would give back for what was sent. */
function echo(sale: SaleDocument, changes: object = {}) {
  const body = encoded(sale);
  return MillenniumOrder.parse({
    ...body,
    cod_pedidov: sale.number,
    n_pedido_cliente: sale.documentId,
    status: '3',
    cancelado: 'F',
    trans_id: '7',
    ...changes,
  });
}

describe('the money of a sale', () => {
  test('closes to the cent for any lines, discounts and instalments', () => {
    fc.assert(
      fc.property(sales, (sale) => {
        const body = encoded(sale);
        const lines = body.produtos.reduce(
          (sum, item) => sum + Math.round((cents(item.preco) * milli(item.quantidade)) / 1000),
          0,
        );
        expect(lines + cents(body.v_acerto)).toBe(sale.totalCents);
        expect(cents(body.total)).toBe(sale.totalCents);
        expect(body.lancamentos.reduce((sum, payment) => sum + cents(payment.valor_inicial), 0)).toBe(sale.totalCents);
        expect(body.produtos.every((item) => item.desconto === 0 && item.preco >= 0)).toBe(true);
        expect(body.lancamentos.every((payment) => payment.valor_inicial > 0)).toBe(true);
        // The residue is what does not divide: at most half a cent for each piece, and half for each line.
        const pieces = sale.items.reduce((sum, item) => sum + item.quantityMilli / 1000, 0);
        expect(Math.abs(cents(body.v_acerto))).toBeLessThanOrEqual(pieces / 2 + sale.items.length / 2 + 1);
      }),
      { numRuns: 400 },
    );
  });

  test('is equal to itself when it is read back, and unequal after any change of a cent, a piece or a payment', () => {
    fc.assert(
      fc.property(sales, fc.nat(), (sale, pick) => {
        expect(findDifference(sale, echo(sale))).toBeNull();
        const body = encoded(sale);
        const reversed = { produtos: body.produtos.toReversed(), lancamentos: body.lancamentos.toReversed() };
        expect(findDifference(sale, echo(sale, reversed))).toBeNull();
        const index = pick % body.produtos.length;
        const changed = (change: (item: Body['produtos'][number]) => object) => ({
          produtos: body.produtos.map((item, at) => (at === index ? { ...item, ...change(item) } : item)),
        });
        const differences = [
          { total: body.total + 0.01 },
          changed((item) => ({ preco: item.preco + 0.01 })),
          changed((item) => ({ quantidade: item.quantidade + 0.001 })),
          changed(() => ({ sku: 'another' })),
          { produtos: body.produtos.slice(1) },
          { produtos: [...body.produtos, ...body.produtos.slice(0, 1)] },
          ...(body.lancamentos.length === 0
            ? []
            : [
                { lancamentos: body.lancamentos.slice(1) },
                { lancamentos: [...body.lancamentos, ...body.lancamentos.slice(0, 1)] },
                { lancamentos: body.lancamentos.map((payment) => ({ ...payment, tipo_pgto: 99 })) },
                { lancamentos: body.lancamentos.map((payment) => ({ ...payment, bandeira: 9 })) },
                {
                  lancamentos: body.lancamentos.map((payment) => ({
                    ...payment,
                    valor_inicial: payment.valor_inicial + 0.01,
                  })),
                },
              ]),
        ];
        for (const difference of differences) expect(findDifference(sale, echo(sale, difference))).not.toBeNull();
      }),
      { numRuns: 100 },
    );
  });

  test('is equal to an order that tells nothing of the card', () => {
    const sale = saleDocument(1, {
      tenders: [{ paymentTypeId: 3, cardBrandId: 1, acquirerId: 2, installments: 1, amountCents: 8990 }],
    });
    const lancamentos = [{ tipo_pgto: 3, bandeira: 0, valor_inicial: '89.90' }];
    expect(findDifference(sale, echo(sale, { lancamentos }))).toBeNull();
  });

  test.each([
    [10_001, 3, [3335, 3333, 3333]],
    [100, 3, [34, 33, 33]],
    [2, 3, [1, 1]],
    [8990, 1, [8990]],
  ])('splits %i cents into %i with the odd cents in the first one', (amountCents, installments, parts) => {
    const tenders = [{ paymentTypeId: 3, cardBrandId: 1, acquirerId: 2, installments, amountCents }];
    const { payments } = encodeSaleMoney(saleDocument(1, { totalCents: amountCents, tenders }));
    expect(payments.map((payment) => payment.amountCents)).toEqual(parts);
    expect(payments.every((payment) => payment.installments === parts.length)).toBe(true);
  });

  test.each([
    ['2026-09-13', 2, ['2026-10-13', '2026-11-13']],
    ['2026-12-31', 3, ['2027-01-31', '2027-02-28', '2027-03-31']],
    ['2028-01-30', 2, ['2028-02-29', '2028-03-30']],
    ['2026-09-13', 1, ['2026-09-13']],
  ])('of %s in %i falls due monthly, at most on the last day', (businessDay, installments, days) => {
    const tenders = [{ paymentTypeId: 3, cardBrandId: 1, acquirerId: 2, installments, amountCents: 8990 }];
    const { payments } = encodeSaleMoney(saleDocument(1, { businessDay, tenders }));
    expect(payments.map((payment) => payment.dueDay)).toEqual(days);
  });

  test('carries its term and its drawer, and no term where the ERP registers none', () => {
    expect(encodeSale(saleDocument(1))).toMatchObject({ cod_condicoes_pgto: '1' });
    expect(encodeDelivery(saleDocument(1, { cashRegisterCode: 4 }), 3)).toMatchObject({ nota: [{ cod_caixa: 4 }] });
    expect(encodeSale(saleDocument(1, { paymentTermCode: '' }))).not.toHaveProperty('cod_condicoes_pgto');
  });

  test('names nobody when the sale has no salesperson', () => {
    const [item] = saleDocument(1).items;
    const sale = saleDocument(1, {
      salespersonCode: '',
      items: item === undefined ? [] : [{ ...item, salespersonId: 0 }],
    });
    const text = JSON.stringify(encodeSale(sale));
    expect(text).not.toContain('cod_vendedor');
    expect(text).not.toContain('vendedor_item');
  });
});
