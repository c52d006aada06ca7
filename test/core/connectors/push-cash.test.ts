import { expect, it } from 'vitest';
import type { CashDocument } from '../../../core/connectors/cash-document.ts';
import type { Remote } from '../../../core/connectors/connector.ts';
import type { MillenniumCall, MillenniumClient } from '../../../core/connectors/millennium/client.ts';
import { pushCash } from '../../../core/connectors/millennium/push-cash.ts';

/* What one answer of `caixa/inclui` means for each document; the whole way runs in test/station/cash.test.ts. */

function supply(sequence: number): CashDocument {
  return {
    kind: 'cash',
    documentId: `0198C0DE-0000-7000-8000-00000000000${sequence}`,
    number: `E01M0000000${sequence}`,
    action: 'supply',
    stationCode: 'E01',
    turn: 3,
    responsibleCode: '1',
    operatorCode: '2',
    businessDay: '2026-09-13',
    at: '2026-09-13T13:00:00.000Z',
    financialReasonId: 11,
    note: '',
    amounts: [{ paymentTypeId: 1, acquirerId: null, amountCents: 5_005 }],
    denominations: [],
  };
}

function clientOf(answer: (ids: readonly string[]) => Remote<unknown>): MillenniumClient & { calls: MillenniumCall[] } {
  const calls: MillenniumCall[] = [];
  return {
    calls,
    call: (call) => {
      calls.push(call);
      const { registros } = call.body as { registros: { id: string }[] };
      return Promise.resolve(answer(registros.map(({ id }) => id)));
    },
    close: () => Promise.resolve(),
  };
}
const failure = (failureClass: 'transient' | 'method' | 'refused', text: string): Remote<never> => ({
  ok: false,
  failure: { class: failureClass, text, method: 'caixa/inclui' },
});
const resultsOf = async (batch: CashDocument[], answer: (ids: readonly string[]) => Remote<unknown>) => {
  const { outcomes, failure: failed } = await pushCash(batch, clientOf(answer));
  return [...outcomes.map(({ result, text }) => `${result}${text === null ? '' : `: ${text}`}`), failed?.class ?? 'ok'];
};

it('matches answers by id, whatever their order and spelling, and asks again for one that is missing', async () => {
  const batch = [supply(1), supply(2), supply(3), supply(4)];
  const results = await resultsOf(batch, ([first = '', second = '', third = '']) => ({
    ok: true,
    value: {
      acoes: [
        { ID: third, ACAO: '100', ERRO: 'Motivo financeiro não cadastrado' },
        { id: second.toLowerCase(), acao: 0, erro: null },
        { id: first, acao: '1', erro: null },
      ],
    },
  }));
  expect(results).toEqual(['confirmed', 'confirmed', 'rejected: Motivo financeiro não cadastrado', 'unknown', 'ok']);
});

it('keeps a record that is in use for another time', async () => {
  const inUse = (ids: readonly string[]): Remote<unknown> => ({
    ok: true,
    value: { acoes: ids.map((id) => ({ id, acao: 100, erro: 'Registro em uso por outro usuário' })) },
  });
  expect(await resultsOf([supply(1)], inUse)).toEqual(['unknown: Registro em uso por outro usuário', 'ok']);
});

it('rejects nothing because the server lacks the method, and takes back what it tried', async () => {
  expect(await resultsOf([supply(1), supply(2)], () => failure('method', 'não existe'))).toEqual([
    'untried',
    'untried',
    'method',
  ]);
});

it('cannot know what became of a batch without an answer', async () => {
  expect(await resultsOf([supply(1)], () => failure('transient', 'timeout'))).toEqual([
    'unknown: timeout',
    'transient',
  ]);
});

it('asks for each record alone when the whole call is refused, so that one spoils no other', async () => {
  const answer = (ids: readonly string[]): Remote<unknown> =>
    ids.length > 1 || ids[0]?.endsWith('2') === true
      ? failure('refused', 'Parâmetro inválido')
      : { ok: true, value: { acoes: ids.map((id) => ({ id, acao: 1, erro: null })) } };
  expect(await resultsOf([supply(1), supply(2), supply(3)], answer)).toEqual([
    'confirmed',
    'rejected: Parâmetro inválido',
    'confirmed',
    'ok',
  ]);
});

it('writes amounts in the currency to the cent', async () => {
  const client = clientOf((ids) => ({ ok: true, value: { acoes: ids.map((id) => ({ id, acao: 1 })) } }));
  await pushCash([supply(1)], client);
  expect(client.calls[0]?.body).toEqual({
    registros: [
      {
        id: '0198C0DE-0000-7000-8000-000000000001',
        tipo: 'SUPRIMENTO',
        estacao: 'E01',
        turno: 3,
        responsavel: '1',
        operador: '2',
        data_movimento: '2026-09-13',
        data_hora: '2026-09-13T13:00:00.000Z',
        motivo: 11,
        valores: [{ tipo_pgto: 1, valor: 50.05 }],
        cedulas: [],
      },
    ],
  });
});
