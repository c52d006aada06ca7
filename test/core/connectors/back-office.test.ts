import { expect, test } from 'vitest';
import type { BackOfficeBatch } from '../../../contract/back-office.ts';
import type { Remote } from '../../../core/connectors/connector.ts';
import { createMillenniumBackOffice } from '../../../core/connectors/millennium/back-office.ts';
import type { MillenniumCall } from '../../../core/connectors/millennium/client.ts';

/* Answers of a back-office write that the stand-in server does not give. */

const BATCH: BackOfficeBatch = {
  kind: 'prices',
  showcaseId: 2,
  priceTableId: 1,
  records: ['a', 'b', 'c'].map((sku) => ({ sku, price1Cents: 1990 })),
};

function backOffice(answer: (call: MillenniumCall) => Remote<unknown>) {
  const calls: MillenniumCall[] = [];
  const call = (made: MillenniumCall): Promise<Remote<unknown>> => {
    calls.push(made);
    return Promise.resolve(answer(made));
  };
  return { calls, ...createMillenniumBackOffice({ call, close: () => Promise.resolve() }) };
}

const skusOf = ({ body }: MillenniumCall): string[] =>
  (body as { precos: { sku: string }[] }).precos.map(({ sku }) => sku);

test('answers are matched by key, whatever their order and spelling; a missing one stays unknown', async () => {
  const acoes = [
    { SKU: 'c', ACAO: '100', ERRO: 'Preço abaixo do custo' },
    { sku: 'other', acao: 2, trans_id: 9, erro: null },
    { sku: 'a', acao: '2', trans_id: '17', erro: null },
  ];
  const { write, calls } = backOffice(() => ({ ok: true, value: { acoes } }));
  expect(await write(BATCH)).toEqual({
    ok: true,
    value: [
      { key: 'a', result: 'changed', text: null, transId: 17 },
      { key: 'b', result: 'unknown', text: null, transId: null },
      { key: 'c', result: 'refused', text: 'Preço abaixo do custo', transId: null },
    ],
  });
  expect(calls[0]?.body).toEqual({
    vitrine: 2,
    tabela: 1,
    precos: ['a', 'b', 'c'].map((sku) => ({ sku, preco1: 19.9 })),
  });
});

test('a record that spoils its call is found, and the others go on', async () => {
  const { write, calls } = backOffice((call) => {
    const skus = skusOf(call);
    if (skus.includes('b')) {
      return { ok: false, failure: { class: 'refused', text: 'Valor inválido: b', method: call.method } };
    }
    return { ok: true, value: { acoes: skus.map((sku) => ({ sku, acao: 1, trans_id: 1, erro: null })) } };
  });
  const written = await write(BATCH);
  expect(written.ok && written.value.map(({ key, result, text }) => [key, result, text])).toEqual([
    ['a', 'included', null],
    ['b', 'refused', 'Valor inválido: b'],
    ['c', 'included', null],
  ]);
  expect(calls.map(skusOf)).toEqual([['a', 'b', 'c'], ['a', 'b'], ['a'], ['b'], ['c']]);
});

test('an answer that is none says nothing of any record', async () => {
  const { write } = backOffice(() => ({ ok: true, value: { ok: true } }));
  expect(await write(BATCH)).toMatchObject({ ok: false, failure: { class: 'transient' } });
});

test('a failure of the server is not taken for one of the records', async () => {
  const failure = { class: 'transient', text: 'sem resposta', method: 'm' } as const;
  const { write, calls } = backOffice(() => ({ ok: false, failure }));
  expect(await write(BATCH)).toEqual({ ok: false, failure });
  expect(calls).toHaveLength(1);
});

const INVOICE = {
  trans_id: '5',
  saida: 3,
  nota: 3,
  data: '/Date(1789268400000-180)/',
  cod_pedidov: 'E01000000001',
  n_pedido_cliente: 'id',
  cod_filial: '00010',
  cliente: 302,
  tipo_operacao: 'S',
  status: '3',
  cancelada: 'F',
  quantidade: '1.5',
  total: '89.90',
  v_acerto: null,
  produtos: null,
};

test('an invoice is read in the spellings of this ERP; a torn list is not used', async () => {
  const request = { showcaseId: 2, transId: 0, top: 10, since: '2026-09-01', until: null };
  const good = backOffice(() => ({ ok: true, value: { 'odata.count': 1, value: [INVOICE] } }));
  const page = await good.readInvoices(request);
  expect(page.ok && page.value.rows).toMatchObject([
    {
      transId: 5,
      movement: '3',
      issuedOn: '2026-09-13',
      quantityMilli: 1500,
      totalCents: 8990,
      adjustmentCents: 0,
      items: [],
    },
  ]);
  expect(good.calls[0]?.query).toEqual({ vitrine: 2, data_emissao_inicial: '2026-09-01', trans_id: 0, $top: 10 });

  const torn = backOffice(() => ({ ok: true, value: { 'odata.count': 2, value: [INVOICE] } }));
  expect(await torn.readInvoices(request)).toMatchObject({ ok: false, failure: { class: 'transient' } });
});
