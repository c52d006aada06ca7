import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  errorText,
  INCLUDE,
  item,
  payment,
  receivedOrder,
  rows,
  sale,
  SHIRT,
  startSandbox,
  STATUS,
  statusBatch,
  temporaryFolder,
  type Row,
  type Sandbox,
} from './support.ts';

const ORDERS = '/api/millenium_eco/pedido_venda/listapedidos';
const folder = temporaryFolder();
let erp: Sandbox;
beforeAll(async () => {
  erp = await startSandbox(folder.path);
});
afterAll(async () => {
  await erp.end('SIGTERM');
  folder.remove();
});

async function outcomes(status: number, codes: readonly string[]): Promise<readonly Row[]> {
  return (await erp.post(STATUS, statusBatch(status, codes))).body['acoes'] as Row[];
}

async function stockOfShirt(): Promise<unknown> {
  return rows(await erp.get('/api/millenium_eco/produtos/saldodeestoque?filial=8&produto=30200001')).find(
    (row) => row['sku'] === SHIRT.sku,
  )?.['saldo'];
}

describe('including a sale', () => {
  test('keeps it as it was sent and gives it back by its code', async () => {
    const body = sale('E01000000001', {
      quantidade: 3,
      total: 269.66,
      v_acerto: -0.04,
      cod_condicoes_pgto: '2',
      produtos: [item({ quantidade: 2 }), item({ item: '002', sku: '30200001_30110000_0_P', barra: '7899000001024' })],
      lancamentos: [1, 2].map((parcela) =>
        payment({ tipo_pgto: 3, bandeira: 1, operadora: 2, numparc: 2, parcela, valor_inicial: 134.83, nsu: '123' }),
      ),
    });
    expect((await erp.post(INCLUDE, body)).status).toBe(200);
    const [order] = rows(await erp.get(`${ORDERS}?cod_pedidov=E01000000001&$dateformat=iso`));
    expect(order).toMatchObject({
      n_pedido_cliente: 'uuid-E01000000001',
      cod_filial: '00010',
      status: 0,
      cancelado: false,
      quantidade: 3,
      total: 269.66,
      valor_final: 269.66,
      v_acerto: -0.04,
      data_emissao: '2026-09-13',
      tipo_operacao: 'S',
      produtos: [
        { item: '001', quantidade: 2, preco: 89.9 },
        { item: '002', sku: '30200001_30110000_0_P' },
      ],
      lancamentos: [
        { parcela: 1, valor_inicial: 134.83 },
        { parcela: 2, nsu: '123' },
      ],
    });
    expect(await receivedOrder(erp, 'E01000000001')).toMatchObject({
      total: 269.66,
      inclusions: 1,
      refusedDuplicates: 0,
      statusHistory: [{ status: 0 }],
    });
  });

  test('refuses the same code for ever, counts it, and leaves the first sale as it was', async () => {
    await erp.post(INCLUDE, sale('E01000000002'));
    const again = await erp.post(INCLUDE, sale('E01000000002', { n_pedido_cliente: 'outro' }));
    expect([again.status, errorText(again)]).toEqual([400, expect.stringContaining('Pedido já cadastrado')]);
    await outcomes(5, ['E01000000002']);
    expect(errorText(await erp.post(INCLUDE, sale('E01000000002')))).toContain('Pedido já cadastrado');
    expect(await receivedOrder(erp, 'E01000000002')).toMatchObject({
      n_pedido_cliente: 'uuid-E01000000002',
      inclusions: 1,
      refusedDuplicates: 2,
    });
  });

  const refusals: readonly [string, Row, string][] = [
    [
      'a total that is a cent off',
      { total: 89.91, lancamentos: [payment({ valor_inicial: 89.91 })] },
      'difere da soma dos itens',
    ],
    [
      'payments that are a cent short',
      { lancamentos: [payment({ valor_inicial: 89.89 })] },
      'difere do total do pedido',
    ],
    ['an adjustment nobody paid', { v_acerto: -10 }, 'difere da soma dos itens'],
    ['a wrong number of pieces', { quantidade: 2 }, 'Quantidade do pedido'],
    ['a tenth of a cent', { produtos: [item({ preco: 89.901 })] }, 'mais de duas casas'],
    ['a discount on a net price', { produtos: [item({ desconto: 10 })] }, 'deve ser zero'],
    ['a sale without goods', { produtos: [], quantidade: 0, total: 0, lancamentos: [] }, 'sem produtos'],
    ['an unknown SKU', { produtos: [item({ sku: '1_2_0_M' })] }, 'SKU não cadastrado'],
    ['an unknown salesperson', { cod_vendedor: '999999' }, 'Vendedor não cadastrado'],
    ['an unknown salesperson of an item', { produtos: [item({ vendedor_item: 999 })] }, 'Vendedor não cadastrado'],
    ['an unknown payment type', { lancamentos: [payment({ tipo_pgto: 77 })] }, 'Tipo de pagamento não cadastrado'],
    ['an unknown card brand', { lancamentos: [payment({ bandeira: 77 })] }, 'Bandeira não cadastrado'],
    ['an unknown customer', { cliente: 7 }, 'Cliente não cadastrado'],
    ['no customer at all', { cliente: null }, 'Cliente não informado'],
    ['an unknown branch', { cod_filial: '00099' }, 'Filial não cadastrado'],
    ['an unknown payment term', { cod_condicoes_pgto: '88' }, 'Condição de pagamento não cadastrado'],
    ['a code of 13 characters', { cod_pedidov: 'E010000000001' }, 'excede o tamanho máximo de 12'],
    ['a number sent as text', { total: '89.90' }, 'esperado float'],
    ['a day that does not exist', { data_emissao: '2026-02-30' }, 'esperado date'],
    ['a field of its own invention', { desconto_total: 1 }, 'Parameter desconto_total not found'],
    ['an invented field of an item', { produtos: [item({ cor: 'azul' })] }, 'Parameter produtos.cor not found'],
    ['a sale without its document', { n_pedido_cliente: null }, 'obrigatório não informado: n_pedido_cliente'],
  ];
  test.each(refusals)('refuses %s and keeps nothing of it', async (_what, changes, text) => {
    const answer = await erp.post(INCLUDE, sale('E01000000099', changes));
    expect([answer.status, errorText(answer)]).toEqual([400, expect.stringContaining(text)]);
    expect(await receivedOrder(erp, 'E01000000099')).toBeUndefined();
  });

  test('takes a sale to a customer it did not know, and knows him the next time by CPF', async () => {
    const dados_cliente = [{ nome: 'Rita Moraes', cpf: '39053344705', pf_pj: 'PF', endereco: [] }];
    await erp.post(INCLUDE, sale('E01000000003', { cliente: null, dados_cliente }));
    await erp.post(INCLUDE, sale('E01000000004', { cliente: null, dados_cliente }));
    const [first, second] = [await receivedOrder(erp, 'E01000000003'), await receivedOrder(erp, 'E01000000004')];
    expect(first?.['cliente']).toBeGreaterThan(5000);
    expect(second?.['cliente']).toBe(first?.['cliente']);
  });
});

describe('the state of a sale', () => {
  test('goes to dispatched once, takes the goods from the branch, and brings them back when it is cancelled', async () => {
    await erp.post(INCLUDE, sale('E01000000010'));
    const before = Number(await stockOfShirt());
    expect(await outcomes(3, ['E01000000010', 'E01999999999'])).toEqual([
      { cod_pedidov: 'E01000000010', acao: 2, status: 3, erro: null },
      { cod_pedidov: 'E01999999999', acao: 1, status: null, erro: null },
    ]);
    expect(await outcomes(3, ['E01000000010'])).toMatchObject([{ acao: 0, status: 3 }]);
    expect(await outcomes(1, ['E01000000010'])).toMatchObject([{ acao: 0, status: 3 }]);
    expect(await stockOfShirt()).toBe(before - 1);
    const invoices = '/api/millenium_eco/pedido_venda/listafaturamentos?cod_pedidov=E01000000010';
    expect(rows(await erp.get(invoices))).toMatchObject([{ cancelada: false, total: 89.9 }]);

    expect(await outcomes(5, ['E01000000010'])).toMatchObject([{ acao: 2, status: 5 }]);
    expect(await stockOfShirt()).toBe(before);
    expect(rows(await erp.get(invoices))).toMatchObject([{ cancelada: true }]);
    expect(await receivedOrder(erp, 'E01000000010')).toMatchObject({
      status: 5,
      cancelado: true,
      statusHistory: [{ status: 0 }, { status: 3 }, { status: 5 }],
    });
  });

  test('never comes back from cancelled, unless the ERP is one of those where it does', async () => {
    await erp.post(INCLUDE, sale('E01000000011'));
    await outcomes(5, ['E01000000011']);
    expect(await outcomes(3, ['E01000000011'])).toMatchObject([
      { acao: 100, status: 5, erro: expect.stringContaining('cancelado') as unknown },
    ]);

    const other = temporaryFolder();
    const reviving = await startSandbox(other.path, ['--late3-revives']);
    await reviving.post(INCLUDE, sale('E01000000011'));
    await reviving.post(STATUS, statusBatch(5, ['E01000000011']));
    const late = await reviving.post(STATUS, statusBatch(3, ['E01000000011']));
    expect(late.body['acoes']).toMatchObject([{ acao: 2, status: 3 }]);
    await reviving.end('SIGTERM');
    other.remove();
  });

  test('refuses an invoice of another value, a made-up status, and a batch over the limit', async () => {
    await erp.post(INCLUDE, sale('E01000000012'));
    const wrong = {
      ...statusBatch(3, []),
      status_pedidos: [
        { cod_pedidov: 'E01000000012', status: 3, nota: [{ cod_filial: '00010', cod_caixa: 1, valor: 89 }] },
      ],
    };
    expect((await erp.post(STATUS, wrong)).body['acoes']).toMatchObject([
      { acao: 100, erro: 'Valor da nota difere do total do pedido' },
    ]);
    const elsewhere = {
      ...statusBatch(3, []),
      status_pedidos: [{ cod_pedidov: 'E01000000012', status: 3, nota: [{ cod_filial: '00011', valor: 89.9 }] }],
    };
    expect((await erp.post(STATUS, elsewhere)).body['acoes']).toMatchObject([
      { acao: 100, erro: 'Filial da nota difere da filial do pedido' },
    ]);
    expect(await outcomes(4, ['E01000000012'])).toMatchObject([{ acao: 100, erro: 'Status inválido: 4' }]);
    expect(
      errorText(
        await erp.post(
          STATUS,
          statusBatch(
            3,
            Array.from({ length: 51 }, () => 'E01000000012'),
          ),
        ),
      ),
    ).toContain('o máximo é 50');
  });

  test('brings a changed order again in the page of its branch', async () => {
    await erp.post(INCLUDE, sale('E01000000013'));
    const [order] = rows(await erp.get(`${ORDERS}?cod_pedidov=E01000000013`));
    const page = `${ORDERS}?cod_filial=00010&trans_id=${String(order?.['trans_id'])}&$top=10`;
    expect(rows(await erp.get(page))).toEqual([]);
    await outcomes(3, ['E01000000013']);
    expect(rows(await erp.get(page))).toMatchObject([{ cod_pedidov: 'E01000000013', status: 3 }]);
    expect(rows(await erp.get(page.replace('00010', '00011')))).toEqual([]);
    expect(rows(await erp.get(`${page}&nao_lista_detalhe=true`))[0]).not.toHaveProperty('produtos');
  });
});
