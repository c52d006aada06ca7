import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isPinRight } from '../../core/operator/pin.ts';
import { ean13 } from '../../sandbox/seed/ean13.ts';
import { catalogue } from '../../sandbox/seed/create-erp-file.ts';
import { PIN_HASHES } from '../../sandbox/seed/seed-stations.ts';
import { cnpj, isCpf } from '../../sandbox/seed/tax-numbers.ts';
import { errorText, rows, SHIRT, startSandbox, temporaryFolder, type Row, type Sandbox } from './support.ts';

const PRODUCTS = '/api/millenium_eco/produtos/listavitrine?vitrine=2';
const PRICES = '/api/millenium_eco/produtos/precodetabela?vitrine=2';
const STOCKS = '/api/millenium_eco/produtos/saldodeestoque?filial=8';

const folder = temporaryFolder();
let erp: Sandbox;
beforeAll(async () => {
  erp = await startSandbox(folder.path);
});
afterAll(async () => {
  await erp.end('SIGTERM');
  folder.remove();
});

async function product(code: string): Promise<Row & { sku: Row[] }> {
  const [row] = rows(await erp.get(`${PRODUCTS}&cod_produto=${code}&lista_preco=true`));
  return row as Row & { sku: Row[] };
}

describe('the catalogue', () => {
  test('is the same for the same seed, whatever its size, and another for another seed', () => {
    const small = [...catalogue({ products: 60, seed: 7 }, 2)];
    expect([...catalogue({ products: 300, seed: 7 }, 2)].slice(0, 60)).toEqual(small);
    expect([...catalogue({ products: 60, seed: 8 }, 2)].slice(20)).not.toEqual(small.slice(20));
  });

  test('has one barcode for each SKU, all of them valid EAN-13 of Brazil, except where it is awkward on purpose', () => {
    const skus = [...catalogue({ products: 2000, seed: 1 }, 2)].flatMap((each) => each.skus);
    const codes = skus.map((sku) => sku.barra13);
    expect(new Set(codes).size).toBe(codes.length);
    for (const code of codes) expect(code).toBe(ean13(code.slice(0, 12)));
    expect(codes.every((code) => code.startsWith('789'))).toBe(true);
    expect(skus.length / 2000).toBeGreaterThan(5);
    expect(skus.length / 2000).toBeLessThan(7);
  });

  test('knows the check digit of a real barcode, a real CNPJ and a real CPF', () => {
    expect(ean13('789100031550')).toBe('7891000315507');
    expect(cnpj('112223330001')).toBe('11.222.333/0001-81');
    expect([isCpf('529.982.247-25'), isCpf('529.982.247-26'), isCpf('111.111.111-11')]).toEqual([true, false, false]);
  });

  test('never asks more for an offer than for the full price, and all tags end in 90', () => {
    for (const { prices } of catalogue({ products: 500, seed: 3 }, 2)) {
      if (prices === null) continue;
      expect(prices.preco2Cents).toBeLessThanOrEqual(prices.preco1Cents);
      expect([prices.preco1Cents % 100, prices.preco2Cents % 100, prices.preco2Cents > 0]).toEqual([90, 90, true]);
    }
  });

  test('has the awkward products that the README lists', async () => {
    expect(await product('100006')).toMatchObject({ bloqueado: true, ativo: 'T' });
    expect(await product('100007')).toMatchObject({ bloqueado: false, ativo: 'F' });
    expect((await product('100008')).sku[0]).toMatchObject({ preco1: null });
    expect(rows(await erp.get(`${PRICES}&produto=30200008`))).toEqual([]);
    expect(rows(await erp.get(`${STOCKS}&produto=30200009`)).map((row) => row['saldo'])).toEqual(
      expect.arrayContaining([null, -3, 0]),
    );
    expect((await product('100010'))['descricao1']).toBe('Saia  Evasê   Coração & Laço\u200B ');
    expect((await product('100011')).sku[0]?.['barra']).toBe((await product('100012')).sku[0]?.['barra']);
    expect((await product('100013')).sku[0]).toMatchObject({ barra: 'LEN131', barra13: '7899000013010' });
  });
});

describe('reading changes', () => {
  test('gives pages by the last trans_id seen until nothing is left', async () => {
    const seen: unknown[] = [];
    let after = 0;
    for (;;) {
      const page = rows(await erp.get(`${PRODUCTS}&trans_id=${after}&$top=15`));
      seen.push(...page.map((row) => row['cod_produto']));
      if (page.length === 0) break;
      after = Math.max(...page.map((row) => Number(row['trans_id'])));
    }
    expect(seen).toHaveLength(40);
    expect(new Set(seen).size).toBe(40);
  });

  test('gives everything for top 0 and cuts silently for less', async () => {
    expect(rows(await erp.get(`${PRODUCTS}&trans_id=0&$top=0`))).toHaveLength(40);
    expect(rows(await erp.get(`${PRODUCTS}&trans_id=0&$top=3`))).toHaveLength(3);
  });

  test('keeps the columns of prices, stock and texts apart: a change moves one sequence only', async () => {
    await erp.post('/admin/prices', { cod_produto: '100001', preco1: 79.9, preco2: 69.9 });
    await erp.post('/admin/stock', { sku: SHIRT.sku, cod_filial: '00010', saldo: 77 });
    await erp.post('/admin/products', { cod_produto: '100002', descricao1: 'Vestido remarcado', bloqueado: true });

    const prices = rows(await erp.get(`${PRICES}&trans_id=40`));
    expect(prices).toHaveLength(15);
    expect(prices[0]).toMatchObject({ produto: 30200001, preco1: 79.9, preco2: 69.9, trans_id: 41 });
    expect(rows(await erp.get(`${STOCKS}&trans_id=40`))).toMatchObject([
      { sku: SHIRT.sku, saldo: 77, cod_filial: '00010', trans_id: 41 },
    ]);
    expect(rows(await erp.get(`${PRODUCTS}&trans_id=40`))).toMatchObject([
      { cod_produto: '100002', descricao1: 'Vestido remarcado', bloqueado: true },
    ]);
  });

  test.each([
    [1, '1111'],
    [2, '2222'],
    [3, '3333'],
    [9, '9999'],
    [99, '9090'],
  ] as const)('knows operator %s by the PIN that the README tells', async (code, pin) => {
    expect(await isPinRight(pin, PIN_HASHES[code])).toBe(true);
  });

  test('brings a changed operator again, with a hash instead of the PIN', async () => {
    await erp.post('/admin/registers', { register: 'operadores', id: 2, row: { ativo: false } });
    const [operator] = rows(await erp.get('/api/millenium!storemanager/operadores/lista?trans_id=5'));
    expect(operator).toMatchObject({ codigo: '2', nome: 'Bruno Lima', perfil: 'CAIXA', ativo: false, trans_id: 6 });
    expect(operator?.['pin_hash']).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
    expect(errorText(await erp.post('/admin/registers', { register: 'orders', id: 1, row: {} }))).toContain(
      'no such register',
    );
  });

  test('answers every register a station needs', async () => {
    const names = [
      'millenium_eco/pedido_venda/listatipospgto',
      'millenium_eco/pedido_venda/listabandeiras',
      'millenium_eco/pedido_venda/listaoperadoras',
      'millenium/condicoes_pgto/lista',
      'millenium_eco/clientes/lista',
      'millenium!storemanager/grupos_estacoes/lista',
      'millenium!storemanager/motivos_financeiros/lista',
      'millenium!storemanager/versao/consulta',
    ];
    for (const name of names) expect(rows(await erp.get(`/api/${name}`)).length, name).toBeGreaterThan(0);
    const promotions = rows(await erp.get('/api/millenium!storemanager/promocoes/lista?trans_id=0&$dateformat=iso'));
    expect(promotions).toHaveLength(7);
    expect(promotions[4]).toMatchObject({ codigo: 'BOLSA', dias_semana: [2], filiais: [8], fim: '2027-12-31' });
    expect(rows(await erp.get('/api/millenium_eco/clientes/lista?cliente=302'))).toMatchObject([
      { nome: 'CONSUMIDOR FINAL' },
    ]);
  });

  test('gives the boundary row again when it is told to', async () => {
    const other = temporaryFolder();
    const inclusive = await startSandbox(other.path, ['--cursor', 'inclusive']);
    expect(rows(await inclusive.get(`${PRODUCTS}&trans_id=40`))).toHaveLength(1);
    expect(rows(await erp.get(`${PRODUCTS}&trans_id=41`))).toHaveLength(0);
    await inclusive.end('SIGTERM');
    other.remove();
  });
});
