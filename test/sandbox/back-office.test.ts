import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  errorText,
  rows,
  SHIRT,
  startSandbox,
  temporaryFolder,
  type Answer,
  type Row,
  type Sandbox,
} from './support.ts';

const PRODUCTS = '/api/millenium_eco/produtos';
const folder = temporaryFolder();
let erp: Sandbox;
beforeAll(async () => {
  erp = await startSandbox(folder.path);
});
afterAll(async () => {
  await erp.end('SIGTERM');
  folder.remove();
});

const write = (method: string, body: Row): Promise<Answer> =>
  erp.post(`${PRODUCTS}/${method}`, { vitrine: 2, ...body });
const actionsOf = (answer: Answer): readonly Row[] => answer.body['acoes'] as Row[];

async function product(code: string): Promise<Row & { sku: Row[] }> {
  return rows(await erp.get(`${PRODUCTS}/listavitrine?vitrine=2&cod_produto=${code}`))[0] as Row & { sku: Row[] };
}

const JACKET = {
  cod_produto: 'JAQ-1',
  descricao1: 'Jaqueta Puffer',
  ncm: '62019300',
  desc_marca: 'Maré Alta',
  sku: [
    { desc_cor: 'Preto', tamanho: 'M', barra: '7890000000017' },
    { cod_cor: 'X9', desc_cor: 'Verde Neon', tamanho: 'M', barra: '7890000000024' },
  ],
};

describe('products from a back office', () => {
  test('are included once, changed by what is said, and left alone by the same again', async () => {
    expect(actionsOf(await write('atualiza', { produtos: [JACKET] }))).toEqual([
      { cod_produto: 'JAQ-1', acao: 1, trans_id: 41, erro: null },
    ]);
    expect(await product('JAQ-1')).toMatchObject({
      produto: 30_200_041,
      descricao1: 'Jaqueta Puffer',
      unidade_uso: 'PC',
      ativo: 'T',
      sku: [
        { sku: '30200041_30110000_0_M', cod_cor: '001', barra13: '7890000000017' },
        { sku: '30200041_30150001_0_M', cod_cor: 'X9', desc_cor: 'Verde Neon' },
      ],
    });
    expect(actionsOf(await write('atualiza', { produtos: [JACKET] }))).toMatchObject([{ acao: 0, trans_id: 41 }]);
    const change = {
      cod_produto: 'JAQ-1',
      bloqueado: true,
      sku: [{ desc_cor: 'Preto', tamanho: 'G', barra: '7890000000031' }],
    };
    expect(actionsOf(await write('atualiza', { produtos: [change] }))).toMatchObject([{ acao: 2, trans_id: 42 }]);
    const changed = await product('JAQ-1');
    expect(changed).toMatchObject({ descricao1: 'Jaqueta Puffer', bloqueado: true });
    expect(changed.sku.map((sku) => sku['tamanho'])).toEqual(['M', 'M', 'G']);
  });

  test.each([
    ['no description', { cod_produto: 'N1', sku: [] }, 'Descrição não informada'],
    ['a tax code of seven digits', { cod_produto: 'N2', descricao1: 'x', ncm: '6201930' }, 'NCM inválido'],
    [
      'a SKU without a barcode',
      { cod_produto: 'N3', descricao1: 'x', sku: [{ tamanho: 'M' }] },
      'Código de barras não',
    ],
    [
      'the barcode of another product',
      { cod_produto: 'N4', descricao1: 'x', sku: [{ tamanho: 'M', barra: SHIRT.barra }] },
      'já usado no produto 100001',
    ],
    [
      'a SKU of its own invention',
      { cod_produto: 'N5', descricao1: 'x', sku: [{ sku: '1_2_3_M', tamanho: 'M' }] },
      'SKU não',
    ],
  ])('with %s are refused one by one; the others of the batch go on', async (_what, bad, text) => {
    const code = `OK-${bad.cod_produto}`;
    const good = { ...JACKET, cod_produto: code, sku: [] };
    const acoes = actionsOf(await write('atualiza', { produtos: [bad, good] }));
    expect(acoes).toMatchObject([
      { cod_produto: bad.cod_produto, acao: 100, trans_id: null, erro: expect.stringContaining(text) as unknown },
      { cod_produto: code, acao: 1, erro: null },
    ]);
    expect(await product(bad.cod_produto)).toBeUndefined();
  });
});

describe('prices and balances from a back office', () => {
  test('change what listing them gives', async () => {
    const precos = [
      { sku: SHIRT.sku, preco1: 79.9 },
      { sku: 'nada', preco1: 1 },
      { sku: SHIRT.sku, preco1: 0 },
    ];
    expect(actionsOf(await write('atualizaprecodetabela', { tabela: 1, precos }))).toEqual([
      { sku: SHIRT.sku, acao: 2, trans_id: 41, erro: null },
      { sku: 'nada', acao: 100, trans_id: null, erro: 'SKU não cadastrado: nada' },
      { sku: SHIRT.sku, acao: 100, trans_id: null, erro: expect.stringContaining('Preço inválido') as unknown },
    ]);
    expect(rows(await erp.get(`${PRODUCTS}/precodetabela?vitrine=2&trans_id=40`))).toMatchObject([
      { sku: SHIRT.sku, preco1: 79.9, preco2: 79.9 },
    ]);

    const estoques = [
      { sku: SHIRT.sku, cod_filial: '00010', saldo: 33 },
      { sku: SHIRT.sku, cod_filial: '00011', saldo: 4 },
      { sku: SHIRT.sku, cod_filial: '00099', saldo: 4 },
    ];
    expect(actionsOf(await write('atualizasaldodeestoque', { estoques }))).toMatchObject([
      { sku: SHIRT.sku, cod_filial: '00010', acao: 2 },
      { sku: SHIRT.sku, cod_filial: '00011', acao: 0 },
      { acao: 100, erro: 'Filial não cadastrado(a): 00099' },
    ]);
    expect(rows(await erp.get(`${PRODUCTS}/saldodeestoque?filial=8&trans_id=40`))).toMatchObject([
      { sku: SHIRT.sku, saldo: 33 },
    ]);
  });

  test('are refused as a whole for another table or shop window, and over the limit of a batch', async () => {
    const precos = [{ sku: SHIRT.sku, preco1: 1 }];
    expect(errorText(await write('atualizaprecodetabela', { tabela: 2, precos }))).toContain('Tabela de preço');
    expect(errorText(await write('atualizaprecodetabela', { vitrine: 3, tabela: 1, precos }))).toContain('Vitrine');
    const many = Array.from({ length: 51 }, () => ({ sku: SHIRT.sku, cod_filial: '00010', saldo: 1 }));
    expect(errorText(await write('atualizasaldodeestoque', { estoques: many }))).toContain('o máximo é 50');
  });
});

describe('cash movements', () => {
  const path = '/api/millenium!storemanager/caixa/inclui';
  const withdrawal = {
    id: 'c-1',
    tipo: 'SANGRIA',
    estacao: 'E01',
    turno: 17,
    responsavel: '9',
    operador: '1',
    data_movimento: '2026-09-13',
    data_hora: '2026-09-13T18:00:00-03:00',
    motivo: 20,
    valores: [{ tipo_pgto: 1, sistema: 300, contado: 300 }],
    cedulas: [{ valor: 50, quantidade: 6 }],
    malote: 'M1',
    lacre: 'L1',
  };
  const send = async (...registros: readonly Row[]): Promise<readonly Row[]> =>
    actionsOf(await erp.post(path, { registros }));

  test('are kept once, however often and in whatever order of fields they come', async () => {
    expect(await send(withdrawal)).toMatchObject([{ id: 'c-1', acao: 1, erro: null }]);
    const reordered = Object.fromEntries(Object.entries(withdrawal).toReversed());
    expect(await send(reordered)).toMatchObject([{ id: 'c-1', acao: 0 }]);
    expect(await send({ ...withdrawal, turno: 18 })).toMatchObject([
      { acao: 100, erro: expect.stringContaining('com outros dados') as unknown },
    ]);
    const { body } = await erp.get('/admin/received');
    expect(body['cashRecords']).toMatchObject([{ id: 'c-1', turno: 17, received_from: 'e01' }]);
  });

  test.each([
    [{ tipo: 'ROUBO' }, 'Tipo de movimento inválido'],
    [{ estacao: 'X01' }, 'Estação não cadastrado'],
    [{ motivo: 99 }, 'Motivo financeiro não cadastrado'],
    [{ valores: [{ tipo_pgto: 99 }] }, 'Tipo de pagamento não cadastrado'],
  ])('are refused one by one: %o', async (changes, text) => {
    const acoes = await send({ ...withdrawal, id: 'c-bad', ...changes }, { ...withdrawal, id: `c-${text}` });
    expect(acoes).toMatchObject([
      { id: 'c-bad', acao: 100, erro: expect.stringContaining(text) as unknown },
      { acao: 1 },
    ]);
  });
});

test('help names every method and what it takes, for people and for programs', async () => {
  const help = await erp.get('/api/millenium_eco/$help?$format=json');
  const methods = help.body['methods'] as { path: string; verb: string; parameters: Row }[];
  const text = (await erp.get('/api/millenium_eco/$help')).text;
  for (const { path } of methods) expect(text).toContain(path);
  const included = methods.find(({ path }) => path === '/api/millenium_eco/pedido_venda/inclui');
  expect(included).toMatchObject({
    verb: 'POST',
    parameters: { cod_pedidov: { kind: 'string', max: 12, required: true }, produtos: { kind: 'list' } },
  });
  expect(methods.find(({ path }) => path.endsWith('listavitrine'))?.parameters).toMatchObject({ trans_id: 'integer' });
});
