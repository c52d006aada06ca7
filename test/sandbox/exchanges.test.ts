import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  errorText,
  INCLUDE,
  item,
  payment,
  rows,
  sale,
  SHIRT,
  startSandbox,
  STATUS,
  statusBatch,
  temporaryFolder,
  type Answer,
  type Row,
  type Sandbox,
} from './support.ts';

const EXCHANGE = '/api/millenium_eco/troca_devolucao';
const INVOICES = '/api/millenium_eco/pedido_venda/listafaturamentos';
const folder = temporaryFolder();
let erp: Sandbox;
let lastNumber = 0;
beforeAll(async () => {
  erp = await startSandbox(folder.path);
});
afterEach(async () => {
  await erp.post('/admin/dialect', {});
});
afterAll(async () => {
  await erp.end('SIGTERM');
  folder.remove();
});

/** A delivered sale of two shirts; gives its code. */
async function deliveredSale(): Promise<string> {
  const code = `E01${String((lastNumber += 1)).padStart(9, '0')}`;
  const two = {
    quantidade: 2,
    total: 179.8,
    produtos: [item({ quantidade: 2 })],
    lancamentos: [payment({ valor_inicial: 179.8 })],
  };
  expect((await erp.post(INCLUDE, sale(code, { ...two, cliente: 1001 }))).status).toBe(200);
  await erp.post(STATUS, statusBatch(3, [code]));
  return code;
}

function give(code: string, document: string, changes: Row = {}): Promise<Answer> {
  const produtos = [{ barra: SHIRT.barra, quantidade: 1, preco: 89.9 }];
  const body = {
    vitrine: 2,
    faturar: 'A',
    tipo_autorizacao_troca: 3,
    cod_filial: '00010',
    produtos,
    tipo_pgto_credito: 6,
  };
  return erp.post(`${EXCHANGE}/inclui`, { ...body, n_pedido_cliente: document, cod_pedidov_origem: code, ...changes });
}

async function balanceOf(numero: unknown): Promise<unknown> {
  return rows(await erp.get(`${EXCHANGE}/consultacredito?numero_credito=${String(numero)}`))[0]?.['saldo'];
}

async function stockOfShirt(): Promise<number> {
  const stocks = rows(await erp.get('/api/millenium_eco/produtos/saldodeestoque?filial=8&produto=30200001'));
  return Number(stocks.find((row) => row['sku'] === SHIRT.sku)?.['saldo']);
}

describe('goods that come back', () => {
  test('go to stock once, become a credit, are found by their document and among the invoices as an entry', async () => {
    const code = await deliveredSale();
    const before = await stockOfShirt();
    const { body } = await give(code, 'doc-1');
    expect(body).toMatchObject({ numero_credito: String(body['saida']), n_pedido_cliente: 'doc-1' });
    const again = await give(code, 'doc-1');
    expect([again.status, errorText(again)]).toEqual([400, 'Troca já cadastrada: doc-1']);
    expect(await stockOfShirt()).toBe(before + 1);
    expect(await balanceOf(body['numero_credito'])).toBe(89.9);
    expect(rows(await erp.get(`${EXCHANGE}/lista?n_pedido_cliente=doc-1`))).toMatchObject([
      { saida: body['saida'], cod_pedidov_origem: code, total: 89.9, cancelado: false, produtos: [{ sku: SHIRT.sku }] },
    ]);
    const [exit, entry] = rows(await erp.get(INVOICES));
    expect([exit, entry]).toMatchObject([
      { tipo_operacao: 'S', cod_pedidov: code, total: 179.8 },
      { tipo_operacao: 'E', cod_pedidov: null, total: 89.9, quantidade: 1 },
    ]);
    expect(rows(await erp.get(`${INVOICES}?trans_id=${Number(exit?.['trans_id'])}&$top=1`))).toEqual([entry]);
    const received = (await erp.get('/admin/received')).body;
    expect(received['exchanges']).toMatchObject([{ n_pedido_cliente: 'doc-1' }]);
    expect((received['everIncluded'] as Row[]).at(-1)).toMatchObject({
      kind: 'exchange',
      document: 'doc-1',
      inHand: true,
    });
  });

  test.each([
    [
      'more pieces than were sold',
      { produtos: [{ barra: SHIRT.barra, quantidade: 3, preco: 89.9 }] },
      'maior que a vendida',
    ],
    [
      'a price above what was paid',
      { produtos: [{ barra: SHIRT.barra, quantidade: 1, preco: 99.9 }] },
      'maior que o pago',
    ],
    [
      'goods of another sale',
      { produtos: [{ barra: '7899000002014', quantidade: 1, preco: 9 }] },
      'maior que a vendida',
    ],
    ['an unknown barcode', { produtos: [{ barra: 'nada', quantidade: 1, preco: 9 }] }, 'SKU não cadastrado'],
    ['an unknown sale', { cod_pedidov_origem: 'E01999999999' }, 'Pedido de origem não cadastrado'],
    ['no goods', { produtos: [] }, 'sem produtos'],
  ])('are refused with %s', async (what, changes, text) => {
    const answer = await give(await deliveredSale(), what, changes);
    expect([answer.status, errorText(answer)]).toEqual([400, expect.stringContaining(text)]);
    expect(rows(await erp.get(`${EXCHANGE}/lista?n_pedido_cliente=${encodeURIComponent(what)}`))).toEqual([]);
  });

  test('are refused from a sale that was not delivered, or was cancelled', async () => {
    const code = await deliveredSale();
    await erp.post(STATUS, statusBatch(5, [code]));
    expect(errorText(await give(code, 'doc-cancelled'))).toContain('não está faturado');
  });

  test('cannot come back twice, until the exchange is cancelled', async () => {
    const code = await deliveredSale();
    const both = { produtos: [{ barra: SHIRT.barra, quantidade: 2, preco: 89.9 }] };
    expect((await give(code, 'doc-2', both)).status).toBe(200);
    expect(errorText(await give(code, 'doc-3'))).toContain('maior que a vendida');
    const before = await stockOfShirt();
    const cancel = { n_pedido_cliente: 'doc-2', motivo: 'engano' };
    for (let time = 0; time < 2; time++) {
      expect((await erp.post(`${EXCHANGE}/cancela`, cancel)).body).toMatchObject({ cancelado: true });
    }
    expect(await stockOfShirt()).toBe(before - 2);
    expect(rows(await erp.get(`${EXCHANGE}/lista?n_pedido_cliente=doc-2`))).toMatchObject([
      { status: 5, motivo_canc: 'engano' },
    ]);
    expect((await give(code, 'doc-3')).status).toBe(200);
    expect(errorText(await erp.post(`${EXCHANGE}/cancela`, { n_pedido_cliente: 'none' }))).toContain(
      'Troca não cadastrado',
    );
  });

  test('are found by the customer, the sale and what was sold, never by a barcode alone', async () => {
    const code = await deliveredSale();
    await give(code, 'doc-4');
    const list = (query: string): Promise<Answer> => erp.get(`${EXCHANGE}/listaparatrocadevolucao?${query}`);
    expect(rows(await list(`cpf=52998224725&barra=${SHIRT.barra}&numero_dias=3650`))[0]).toMatchObject({
      pedido: code,
      produtos: [{ sku: SHIRT.sku, quantidade: 2, quantidade_dev: 1, preco: 89.9 }],
    });
    expect(rows(await list(`pedido=${code}&cpf=111`))).toEqual([]);
    expect((await list(`barra=${SHIRT.barra}`)).status).toBe(400);
  });

  test('are not looked up by document where the server does not know how', async () => {
    const path = `${EXCHANGE}/lista?n_pedido_cliente=doc-1`;
    expect((await erp.get(path)).status).toBe(200);
    await erp.post('/admin/dialect', { noExchangeLookup: true });
    expect(errorText(await erp.get(path))).toContain('Parameter n_pedido_cliente not found');
  });
});

describe('a credit', () => {
  test('is spent by a sale, not beyond its balance, and is free again when the sale is cancelled', async () => {
    const credit = (await give(await deliveredSale(), 'doc-5')).body;
    const paid = (numero: unknown): Row => ({
      protocolo_troca_dev: credit['protocolo'],
      lancamentos: [payment({ tipo_pgto: 6, numero_credito: numero })],
    });
    expect(errorText(await erp.post(INCLUDE, sale('E01000000801', paid('999999'))))).toContain(
      'Crédito não cadastrado',
    );
    expect(errorText(await erp.post(INCLUDE, sale('E01000000801', { protocolo_troca_dev: 'T99999999' })))).toContain(
      'Protocolo',
    );
    expect((await erp.post(INCLUDE, sale('E01000000801', paid(credit['numero_credito'])))).status).toBe(200);
    expect(await balanceOf(credit['numero_credito'])).toBe(0);
    expect(errorText(await erp.post(INCLUDE, sale('E01000000802', paid(credit['numero_credito']))))).toContain(
      'sem saldo',
    );
    expect(errorText(await erp.post(`${EXCHANGE}/cancela`, { n_pedido_cliente: 'doc-5' }))).toContain('já utilizado');
    await erp.post(STATUS, statusBatch(5, ['E01000000801']));
    expect(await balanceOf(credit['numero_credito'])).toBe(89.9);
  });

  test('is reserved for one document, which may spend it, and by no other', async () => {
    const credit = (await give(await deliveredSale(), 'doc-6')).body['numero_credito'];
    const reserve = (document: string, valor: number): Promise<Answer> =>
      erp.post(`${EXCHANGE}/reservacredito`, { numero_credito: credit, n_pedido_cliente: document, valor });
    expect((await reserve('uuid-E01000000810', 89.9)).body).toMatchObject({ reservado: 89.9, saldo: 0 });
    expect((await reserve('uuid-E01000000810', 89.9)).body).toMatchObject({ saldo: 0 });
    expect(errorText(await reserve('other', 0.01))).toContain('sem saldo');
    const paid = { lancamentos: [payment({ tipo_pgto: 6, numero_credito: credit })] };
    expect((await erp.post(INCLUDE, sale('E01000000810', paid))).status).toBe(200);
    expect(await balanceOf(credit)).toBe(0);
  });
});
