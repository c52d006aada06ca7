import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { MillenniumPerson } from '../../../core/connectors/millennium/decode-customer.ts';
import {
  MillenniumPrice,
  MillenniumProduct,
  MillenniumStock,
} from '../../../core/connectors/millennium/decode-catalog.ts';
import {
  decodeList,
  decodeObject,
  decodeReadableRows,
  decodeRows,
  transIdsOf,
} from '../../../core/connectors/millennium/decode-list.ts';
import { MillenniumActions, MillenniumOrder } from '../../../core/connectors/millennium/decode-order.ts';
import { MillenniumHeartbeat } from '../../../core/connectors/millennium/decode-heartbeat.ts';
import {
  MillenniumCardBrand,
  MillenniumOperator,
  MillenniumPaymentType,
  MillenniumSalesperson,
  MillenniumStation,
  MillenniumVersion,
} from '../../../core/connectors/millennium/decode-registers.ts';
import { parseJson } from '../../../core/connectors/millennium/parse-json.ts';

const product = {
  produto: '30200001',
  cod_produto: '100001',
  descricao1: ' Saia  Evasê\u200B   Coração\u0007 ',
  referencia: null,
  ncm: 61_091_000,
  unidade_uso: 'PC',
  ativo: 'T',
  excluido: '0',
  bloqueado: false,
  desc_marca: 'Maré Alta',
  trans_id: '7',
  sku: [
    {
      sku: '30200001_1_0_P',
      cod_cor: '001',
      desc_cor: 'Preto',
      cod_est: '',
      tamanho: 'P',
      barra: '789',
      barra13: '789',
      barra_ref: 'X-P',
      ativo: '1',
    },
  ],
};
const price = { sku: '30200001_1_0_P', preco1: '89,90', preco2: 1.005, bloqueado_preco: 'F', trans_id: 9 };
const stock = { sku: '30200001_1_0_P', cod_filial: '00010', saldo: '-3.5', trans_id: 9 };
const order = {
  cod_pedidov: 'E01000000001',
  n_pedido_cliente: 'UUID',
  status: '3',
  cancelado: 'F',
  total: '89.90',
  trans_id: 1,
  produtos: [{ sku: 'a', quantidade: '1.0', preco: 89.9 }],
  lancamentos: [{ tipo_pgto: '1', parcela: 1, valor_inicial: 89.9 }],
};
const employee = { FUNCIONARIO: 21, COD_FUNCIONARIO: '000021', NOME: 'Ana', CARGO: 'VENDEDOR', INATIVO: 'F' };

async function decode(schema: z.ZodType, row: unknown): Promise<unknown> {
  const rows = await decodeRows([row], schema, 'm');
  return rows.ok ? rows.value[0] : rows.failure;
}

describe('a row', () => {
  test('of products is read whatever its flags and numbers are written as', async () => {
    expect(await decode(MillenniumProduct, product)).toEqual({
      productId: 30_200_001,
      productCode: '100001',
      reference: '',
      description: 'Saia Evasê Coração',
      unit: 'PC',
      ncm: '61091000',
      brand: 'Maré Alta',
      collection: '',
      productGroup: '',
      department: '',
      isActive: true,
      isBlocked: false,
      transId: 7,
      skus: [
        {
          sku: '30200001_1_0_P',
          colorCode: '001',
          color: 'Preto',
          printCode: '',
          print: '',
          size: 'P',
          isActive: true,
          barcodes: ['789', 'X-P'],
        },
      ],
    });
  });

  test.each([
    [{ ativo: 'F' }, false],
    [{ excluido: 'T' }, false],
    [{ web: 'E' }, false],
    [{ ativo: null }, true],
  ])('of products that carries %o is active: %s', async (change, isActive) => {
    expect(await decode(MillenniumProduct, { ...product, ...change })).toMatchObject({ isActive });
  });

  test('of prices keeps cents exactly, and has no price where there is none', async () => {
    expect(await decode(MillenniumPrice, price)).toMatchObject({ price1Cents: 8990, price2Cents: 101 });
    expect(await decode(MillenniumPrice, { ...price, preco1: null, preco2: -1 })).toMatchObject({
      price1Cents: null,
      price2Cents: null,
    });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000_000 }), (cents) => {
        const read = MillenniumPrice.parse({ ...price, preco1: cents / 100, preco2: (cents / 100).toFixed(2) });
        expect([read.price1Cents, read.price2Cents]).toEqual([cents, cents]);
      }),
    );
  });

  test('of stock may be unknown, which is not zero, or negative', async () => {
    expect(await decode(MillenniumStock, stock)).toMatchObject({ quantityMilli: -3500, branchCode: '00010' });
    expect(await decode(MillenniumStock, { ...stock, saldo: null })).toMatchObject({ quantityMilli: null });
    expect(await decode(MillenniumStock, { ...stock, saldo: 0 })).toMatchObject({ quantityMilli: 0 });
  });

  test('in capitals is the same row', async () => {
    expect(await decode(MillenniumSalesperson, employee)).toEqual({
      salespersonId: 21,
      salespersonCode: '000021',
      name: 'Ana',
      isActive: true,
    });
  });

  test.each([
    ['DINHEIRO', 'cash'],
    ['Cartão de Débito', 'debit_card'],
    ['CARTAO_CREDITO', 'credit_card'],
    ['PIX', 'pix'],
    ['CREDITO_LOJA', 'store_credit'],
    ['CARTAO_LOJA', 'other'],
    ['CREDIARIO', 'other'],
    ['', 'cash'],
  ])('of payment types with %s is %s', async (especie, kind) => {
    const row = { tipo_pgto: 1, cod_tipo_pgto: '01', desc_tipo: 'Dinheiro', especie };
    expect(await decode(MillenniumPaymentType, row)).toMatchObject({ kind });
  });

  test('of orders counts as cancelled by its flag too', async () => {
    expect(await decode(MillenniumOrder, { ...order, cancelado: 'T' })).toMatchObject({
      status: 5,
      documentId: 'uuid',
    });
  });

  test('of a date is the instant of its number, whatever the suffix says', () => {
    const read = (data_hora: unknown) => MillenniumVersion.parse({ versao: '1', data_hora }).serverAt;
    expect(read('/Date(1789268400000-180)/')).toBe(new Date(1_789_268_400_000).toISOString());
    expect(read('2026-09-13T10:00:00-03:00')).toBe('2026-09-13T13:00:00.000Z');
    expect(read(null)).toBeNull();
    expect(MillenniumVersion.safeParse({ versao: '1', data_hora: 'ontem' }).success).toBe(false);
  });

  test.each([
    [MillenniumProduct, { ...product, trans_id: 'x' }, 'row 0: trans_id is not an integer'],
    [MillenniumProduct, { ...product, ativo: 'talvez' }, 'row 0: ativo is not a flag'],
    [MillenniumProduct, { ...product, sku: [{ sku: '' }] }, 'row 0: sku.0.sku is not a key'],
    [MillenniumPrice, { ...price, preco1: 'grátis' }, 'row 0: preco1 is not an amount'],
    [MillenniumStock, { ...stock, saldo: {} }, 'row 0: saldo is not a quantity'],
  ])('that cannot be read fails with the name of its field (%#)', async (schema, row, text) => {
    expect(await decode(schema, row)).toEqual({ class: 'refused', text, method: 'm' });
  });

  test('that was mutated anyhow is read or refused, and never crashes', async () => {
    const schemas = [
      [MillenniumProduct, product],
      [MillenniumPrice, price],
      [MillenniumStock, stock],
      [MillenniumOrder, order],
      [MillenniumSalesperson, employee],
      [MillenniumStation, { estacao: 1, codigo: 'E01', grupo: 1, filial: 8 }],
      [MillenniumOperator, { operador: 1, codigo: '1', perfil: 'CAIXA', permissoes: {}, trans_id: 1 }],
      [
        MillenniumHeartbeat,
        { ultimo_numero: 1, data_hora: '/Date(1-180)/', estacoes: [{ estacao: 'E02', resumo: {} }] },
      ],
      [MillenniumActions, { acoes: [{ cod_pedidov: 'E01', acao: '2', erro: null }] }],
    ] as const;
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: schemas.length - 1 }),
        fc.nat(),
        fc.oneof(
          fc.jsonValue(),
          fc.constantFrom('T', '1', '', 'NaN', '1e400', '9'.repeat(400), '\u0000', -0, 1e308),
          // Read from JSON, an object may carry what the language itself calls.
          fc.constantFrom('toString', 'valueOf', 'then', 'length').map((key) => ({ [key]: '' })),
        ),
        fc.string(),
        async (which, place, value, name) => {
          const [schema, row] = schemas[which] ?? schemas[0];
          const text = JSON.stringify(row);
          const names = Object.keys(row);
          const mutations = [
            { ...row, [names[place % names.length] ?? name]: value },
            { ...row, [name]: value },
            value,
            parseJson(text.slice(0, place % text.length) + name + text.slice(place % text.length)),
          ];
          for (const mutated of mutations) {
            const rows = await decodeRows([mutated], schema as z.ZodType, 'm');
            if (!rows.ok) expect(rows.failure.text).toMatch(/^row 0: /);
            decodeObject(mutated, schema as z.ZodType, 'm');
            decodeList(mutated, 'm', 0);
          }
        },
      ),
      { numRuns: 600 },
    );
  });
});

describe('a customer', () => {
  test('whose consent cannot be read is told by its field, not thrown', () => {
    const person = { cliente: 7, nome: 'Maria', cpf: '52998224725', endereco: [] };
    expect(MillenniumPerson.safeParse({ ...person, maladireta: '' }).data?.consents.mail).toBe(null);
    for (const flag of ['talvez', 2, {}, { toString: 1 }, []]) {
      const parsed = MillenniumPerson.safeParse({ ...person, maladireta: flag });
      expect(parsed.error?.issues).toMatchObject([{ path: ['maladireta'] }]);
    }
  });
});

describe('a list', () => {
  const list = (count: unknown, rows: number, top: number): string => {
    const reply = decodeList({ 'odata.count': count, value: Array.from({ length: rows }, () => ({})) }, 'm', top);
    return reply.ok ? `${reply.value.length} rows` : `${reply.failure.class}: ${reply.failure.text}`;
  };

  test('whose count contradicts its rows was torn on the way', () => {
    expect(list(3, 2, 0)).toBe('transient: torn list: 2 rows of 3');
    expect(list(3, 2, 500)).toBe('transient: torn list: 2 rows of 3');
    expect(list(1, 2, 0)).toBe('transient: torn list: 2 rows of 1');
  });

  test('that was cut by its limit may count all there are', () => {
    expect(list(9000, 500, 500)).toBe('500 rows');
    expect(list('2', 2, 500)).toBe('2 rows');
    expect(list(undefined, 2, 0)).toBe('2 rows');
  });

  test('whose count is no number is not used, whatever it is', () => {
    for (const count of ['muitos', {}, { toString: 1 }, [[]], true]) {
      expect(list(count, 2, 0)).toBe('transient: a list with a count that is no number');
    }
  });

  test('that is something else is not taken for an empty one', () => {
    expect(decodeList({ message: 'hello' }, 'm', 0)).toMatchObject({ ok: false, failure: { class: 'transient' } });
    expect(decodeList([], 'm', 0)).toMatchObject({ ok: false });
  });
});

test('a giant list of rows that cannot be read is given up early', async () => {
  const skipped: unknown[] = [];
  const rows = Array.from({ length: 300_000 }, (_row, index) => (index === 0 ? { tipo_pgto: 1 } : {}));
  const reply = await decodeReadableRows(rows, MillenniumCardBrand, 'm', {
    onSkipped: (row) => void skipped.push(row),
  });
  expect(reply).toMatchObject({ ok: false, failure: { class: 'refused' } });
  expect(skipped.length).toBeLessThanOrEqual(1_000);
});

describe('JSON', () => {
  test('of nothing but brackets is not read when there are more of them than any answer has', () => {
    expect(parseJson(`{"value":[${'{},'.repeat(4_000_000)}{}]}`)).toEqual({ ok: false });
    expect(parseJson(`{"value":${'['.repeat(9_000_000)}`)).toEqual({ ok: false });
    expect(parseJson(`{"value":["${'x'.repeat(9_000_000)}"]}`)).toMatchObject({ ok: true });
  });

  test('with raw control characters in its strings loses them alone', () => {
    expect(parseJson('{"a":"x\u0001\u001Fy","b":"linha 1\nlinha 2","c":"\\u0041\\n"}')).toEqual({
      ok: true,
      value: { a: 'xy', b: 'linha 1 linha 2', c: 'A\n' },
    });
  });

  test('that is cut or none at all is told as such', () => {
    for (const text of ['', '{"a":', '<html>', 'null{}']) expect(parseJson(text)).toEqual({ ok: false });
  });
});

describe('a list', () => {
  test('that is the answer of another call is not used', () => {
    const call = 'millenium_eco/pedido_venda/listapedidos';
    const list = (name: string) => ({ 'odata.metadata': `http://erp/api/$metadata#${name}`, value: [] });
    expect(decodeList(list('MILLENIUM_ECO.PEDIDO_VENDA.LISTAPEDIDOS'), call, 0).ok).toBe(true);
    expect(decodeList(list('Millenium_eco/produtos/ListaVitrine'), call, 0)).toMatchObject({
      failure: { class: 'transient', text: 'the answer is that of millenium_eco.produtos.listavitrine' },
    });
    // What this connector never asks for may be how a server names things.
    expect(decodeList(list('Pedidos'), call, 0).ok).toBe(true);
  });

  test('keeps the rows that can be read, tells the others, and fails when none can be', async () => {
    const skipped: string[] = [];
    const onSkipped = (_row: unknown, text: string): number => skipped.push(text);
    const rows = [price, { ...price, sku: null }, { ...price, trans_id: 'x' }, { ...price, sku: 'b', campo_novo: [] }];
    const read = await decodeReadableRows(rows, MillenniumPrice, 'm', { onSkipped });
    expect(read.ok && read.value.map(({ sku }) => sku)).toEqual([price.sku, 'b']);
    expect(skipped).toEqual(['row 1: sku is not a key', 'row 2: trans_id is not an integer']);
    expect(transIdsOf(rows)).toEqual([9, 9, 9]);
    expect(await decodeReadableRows(rows.slice(1, 3), MillenniumPrice, 'm', { onSkipped })).toMatchObject({
      failure: { class: 'refused' },
    });
  });

  test('is read whatever the case of its names, down to what a row holds', async () => {
    const upper = (row: object): object =>
      Object.fromEntries(Object.entries(row).map(([name, value]) => [name.toUpperCase(), value]));
    const read = await decode(MillenniumProduct, upper({ ...product, sku: product.sku.map(upper) }));
    expect(read).toEqual(await decode(MillenniumProduct, product));
  });
});

test.each([
  [MillenniumHeartbeat, { vitrine: 7 }],
  [MillenniumVersion, { vitrine: 7 }],
])('an answer that says nothing of what was asked is none (%#)', (schema, row) => {
  expect(schema.safeParse(row).success).toBe(false);
});
