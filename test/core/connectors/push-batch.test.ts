import { beforeEach, describe, expect, test } from 'vitest';
import type { OutgoingDocument, PushReport, Remote, RemoteFailure } from '../../../core/connectors/connector.ts';
import type { MillenniumCall, MillenniumClient } from '../../../core/connectors/millennium/client.ts';
import { createOrderReader } from '../../../core/connectors/millennium/order-reader.ts';
import { pushBatch } from '../../../core/connectors/millennium/push-batch.ts';
import { cancellationOf, failure, saleDocument } from '../sync/support.ts';

/*
 * The push cycle against answers that the stand-in server does not give: a server of the test's own in memory, which
 * keeps orders by number and does to each call what the test asks.
 */

type Row = Record<string, unknown>;
type Answer = Remote<unknown>;

let orders: Map<string, Row>;
let lines: string[];
let transId: number;
/** Takes the place of what the server would answer, by the last word of the method; `done` carries the call out. */
let odd: Record<string, (body: Row, done: () => Answer) => Answer>;
let client: MillenniumClient;
let reader: ReturnType<typeof createOrderReader>;

beforeEach(() => {
  orders = new Map();
  lines = [];
  transId = 0;
  odd = {};
  client = { call: (call) => Promise.resolve(answer(call)), close: () => Promise.resolve() };
  reader = createOrderReader(client);
});

function answer(call: MillenniumCall): Answer {
  const name = call.method.split('/').at(-1) ?? '';
  const body = (call.body ?? call.query ?? {}) as Row;
  lines.push(`${name} ${describeCall(name, body)}`);
  const done = (): Answer => {
    if (name === 'inclui') return include(body);
    return name === 'processastatus' ? changeStatus(body) : list(body);
  };
  return odd[name]?.(body, done) ?? done();
}

function describeCall(name: string, body: Row): string {
  if (name === 'inclui') return short(body['cod_pedidov']);
  if (name === 'listapedidos') {
    return body['cod_pedidov'] === undefined ? `from ${String(body['trans_id'])}` : short(body['cod_pedidov']);
  }
  return (body['status_pedidos'] as Row[])
    .map((row) => `${short(row['cod_pedidov'])}=${String(row['status'])}`)
    .join(' ');
}

function short(number: unknown): string {
  return String(Number(String(number).slice(3)));
}

function include(body: Row): Answer {
  const number = String(body['cod_pedidov']);
  if (orders.has(number)) return refuse(`Pedido já cadastrado: ${number}`);
  orders.set(number, { ...body, status: 0, trans_id: (transId += 1) });
  return { ok: true, value: {} };
}

function changeStatus(body: Row): Answer {
  const acoes = (body['status_pedidos'] as Row[]).map((record) => {
    const order = orders.get(String(record['cod_pedidov']));
    if (order === undefined) return { cod_pedidov: record['cod_pedidov'], acao: 1, erro: null };
    Object.assign(order, { status: record['status'], trans_id: (transId += 1) });
    return { cod_pedidov: record['cod_pedidov'], acao: 2, erro: null };
  });
  return { ok: true, value: { acoes } };
}

function list(query: Row): Answer {
  const key = query['cod_pedidov'];
  const value = [...orders.values()].filter((order) =>
    key === undefined ? Number(order['trans_id']) > Number(query['trans_id']) : order['cod_pedidov'] === key,
  );
  return { ok: true, value: { value } };
}

function refuse(text: string): Answer {
  return { ok: false, failure: failure('refused', text) };
}

function fail(failureClass: RemoteFailure['class']): () => Answer {
  return () => ({ ok: false, failure: failure(failureClass) });
}

function sales(...sequences: number[]): OutgoingDocument[] {
  return sequences.map((sequence) => ({
    document: saleDocument(sequence),
    triedBefore: false,
    cancellationTried: false,
    cancellationExists: false,
    sale: null,
  }));
}

function cancellation(sequence: number, triedBefore = false): OutgoingDocument {
  const sale = saleDocument(sequence);
  return {
    document: cancellationOf(sale),
    triedBefore,
    cancellationTried: false,
    cancellationExists: true,
    sale,
  };
}

async function push(batch: readonly OutgoingDocument[]): Promise<string[]> {
  const clock = { nowMs: () => 0, monotonicMs: () => 0, sleep: () => Promise.resolve() };
  return tell(await pushBatch(batch, { client, orders: reader, clock }));
}

function tell({ outcomes, failure: failed }: PushReport): string[] {
  return [
    ...outcomes.map(({ result, text }) => (text === null ? result : `${result}: ${text}`)),
    ...(failed === null ? [] : [`failure ${failed.class}`]),
  ];
}

/** What was called since the last time this was asked. */
function calls(): string[] {
  return lines.splice(0);
}

describe('states', () => {
  test('are matched by key, whatever their order, their number as a text, and one missing', async () => {
    odd['processastatus'] = (_body, done) => {
      const reply = done();
      if (!reply.ok) return reply;
      const { acoes } = reply.value as { acoes: Row[] };
      const [first, second, third] = acoes;
      return {
        ok: true,
        value: {
          acoes: [
            { ...third, acao: '2' },
            { ...second, acao: '100', erro: 'Registro em uso' },
            { ...first, acao: 0 },
          ].slice(0, 2),
        },
      };
    };
    expect(await push(sales(1, 2, 3))).toEqual(['confirmed', 'confirmed', 'confirmed']);
  });

  test('that are refused say so of their own document', async () => {
    odd['processastatus'] = (body) => ({
      ok: true,
      value: {
        acoes: (body['status_pedidos'] as Row[])
          .map(({ cod_pedidov }, index) => {
            if (index === 1) Object.assign(orders.get(String(cod_pedidov)) ?? {}, { status: 3 });
            return { cod_pedidov, acao: index === 1 ? 2 : 100, erro: `erro ${short(cod_pedidov)}` };
          })
          .toReversed(),
      },
    });
    expect(await push(sales(1, 2, 3))).toEqual(['sent: erro 1', 'confirmed', 'sent: erro 3']);
  });

  test('that are refused as a whole are asked for one by one, so that one spoilt record does not spoil the others', async () => {
    odd['processastatus'] = (body, done) =>
      JSON.stringify(body).includes(saleDocument(2).number) ? refuse('Parameter X not found') : done();
    expect(await push(sales(1, 2, 3))).toEqual(['confirmed', 'sent: Parameter X not found', 'confirmed']);
  });

  test('that pass in a moment are asked for three times in one push', async () => {
    let tries = 0;
    odd['processastatus'] = (body, done) => {
      tries += 1;
      const [record] = body['status_pedidos'] as Row[];
      return tries === 3
        ? done()
        : {
            ok: true,
            value: { acoes: [{ cod_pedidov: record?.['cod_pedidov'], acao: 100, erro: 'Registro em uso' }] },
          };
    };
    expect(await push(sales(1))).toEqual(['confirmed']);
    expect(tries).toBe(3);
  });

  test('whose answer cannot be read are read back', async () => {
    odd['processastatus'] = (_body, done) => (done(), { ok: true, value: 'OK' });
    expect(await push(sales(1))).toEqual(['confirmed']);
  });
});

describe('an inclusion', () => {
  test('that breaks the server does not keep the others back', async () => {
    odd['inclui'] = (body, done) => (body['cod_pedidov'] === saleDocument(1).number ? fail('transient')() : done());
    expect(await push(sales(1, 2, 3))).toEqual(['unknown: transient', 'confirmed', 'confirmed']);
    expect(calls()).toEqual([
      'inclui 1',
      'listapedidos 1',
      'inclui 2',
      'inclui 3',
      'processastatus 2=3 3=3',
      'listapedidos 2',
      'listapedidos from 0',
    ]);
  });

  test('that breaks it three times in a row ends the push, and what was not sent is untried', async () => {
    odd['inclui'] = fail('transient');
    expect(await push(sales(1, 2, 3, 4))).toEqual([
      'unknown: transient',
      'unknown: transient',
      'unknown: transient',
      'untried',
      'failure transient',
    ]);
  });

  test('without an answer and without a look-up after it ends the push at once', async () => {
    odd['inclui'] = fail('transient');
    odd['listapedidos'] = fail('transient');
    expect(await push(sales(1, 2))).toEqual(['unknown: transient', 'untried', 'failure transient']);
    expect(calls()).toEqual(['inclui 1', 'listapedidos 1', 'listapedidos 1']);
  });

  test.each(['busy', 'password', 'method'] as const)(
    'that meets %s ends the push, what was included stays sent',
    async (cause) => {
      odd['inclui'] = (body, done) => (body['cod_pedidov'] === saleDocument(2).number ? fail(cause)() : done());
      expect(await push(sales(1, 2, 3))).toEqual(['sent', `unknown: ${cause}`, 'untried', `failure ${cause}`]);
      expect(calls()).toEqual(['inclui 1', 'inclui 2']);
    },
  );

  test('that is refused while the record is in use is not rejected', async () => {
    odd['inclui'] = () => refuse('Cliente em uso por outro usuário');
    expect(await push(sales(1))).toEqual(['unknown: Cliente em uso por outro usuário']);
  });

  test('that was taken and is not found is unknown, and not sent again in this push', async () => {
    odd['inclui'] = () => ({ ok: true, value: {} });
    expect(await push(sales(1))).toEqual(['unknown: taken, but not found']);
    expect(calls().filter((line) => line.startsWith('inclui'))).toHaveLength(1);
  });
});

describe('a look', () => {
  test('that fails before anything was sent leaves all as it was', async () => {
    odd['listapedidos'] = fail('transient');
    const tried = sales(1).map((outgoing) => ({ ...outgoing, triedBefore: true }));
    expect(await push([...tried, ...sales(2)])).toEqual(['untried', 'untried', 'failure transient']);
    expect(calls()).toEqual(['listapedidos 1', 'listapedidos 1']);
  });

  test('that fails once is asked again, so that one lost answer does not cost a batch', async () => {
    let looks = 0;
    odd['listapedidos'] = (_query, done) => ((looks += 1) % 2 === 1 ? fail('transient')() : done());
    odd['inclui'] = (body, done) => {
      const reply = done();
      return body['cod_pedidov'] === saleDocument(2).number ? fail('transient')() : reply;
    };
    expect(await push(sales(1, 2, 3))).toEqual(['confirmed', 'confirmed', 'confirmed']);
  });

  test.each(['busy', 'password', 'method', 'refused'] as const)('that meets %s is not repeated', async (cause) => {
    odd['listapedidos'] = fail(cause);
    await push(sales(1).map((outgoing) => ({ ...outgoing, triedBefore: true })));
    expect(calls()).toEqual(['listapedidos 1']);
  });

  test('at an order that cannot be read is that document alone', async () => {
    odd['listapedidos'] = (_query, done) => {
      const reply = done();
      if (!reply.ok) return reply;
      const { value } = reply.value as { value: Row[] };
      return {
        ok: true,
        value: {
          value: value.map((row) => (row['cod_pedidov'] === saleDocument(1).number ? { ...row, produtos: 7 } : row)),
        },
      };
    };
    const [first, second] = await push(sales(1, 2));
    expect(first).toMatch(/^unknown: row 0: produtos /);
    expect(second).toBe('confirmed');
  });

  test('at orders of others does not need to understand them', async () => {
    orders.set('WEB', { cod_pedidov: 'WEB', trans_id: null, produtos: null, status: 'novo' });
    expect(await push(sales(1, 2))).toEqual(['confirmed', 'confirmed']);
  });

  test('at an order without our document parks it, and does not stop the station', async () => {
    await push(sales(1));
    Object.assign(orders.get(saleDocument(1).number) ?? {}, { n_pedido_cliente: null });
    expect(await push(sales(1).map((outgoing) => ({ ...outgoing, triedBefore: true })))).toEqual([
      'diverged: the order there carries no document of ours',
    ]);
  });

  test('of another customer parks the sale, and does not hold up a cancellation', async () => {
    await push(sales(1));
    // The office joined two customers since.
    Object.assign(orders.get(saleDocument(1).number) ?? {}, { cliente: 4711 });
    expect(await push(sales(1).map((outgoing) => ({ ...outgoing, triedBefore: true })))).toEqual([
      'diverged: customer 4711 instead of 302',
    ]);
    expect(await push([cancellation(1, true)])).toEqual(['confirmed']);
  });

  test('finds by key what its page does not show, and its place again after the server was restored', async () => {
    transId = 10_000;
    expect(await push(sales(1, 2))).toEqual(['confirmed', 'confirmed']);
    calls();
    // Restored from a backup: its ids are counted anew, below what was seen.
    orders.clear();
    transId = 100;
    expect(await push(sales(3, 4))).toEqual(['confirmed', 'confirmed']);
    expect(calls().slice(3)).toEqual(['listapedidos from 10004', 'listapedidos 3', 'listapedidos 4']);
    await push(sales(5, 6));
    expect(calls().slice(3)).toEqual(['listapedidos 5', 'listapedidos from 0']);
  });
});

describe('a sale whose customer the server does not know', () => {
  const unknown = 'Cliente não cadastrado(a): 302';

  test('waits for the customer to be told again', async () => {
    odd['inclui'] = () => refuse(unknown);
    const customer = { personId: 'p', commitment: 'c' };
    expect(await push(sales(1).map((sale) => ({ ...sale, document: saleDocument(1, { customer }) })))).toEqual([
      `waiting: ${unknown}`,
    ]);
  });

  test('is refused when it is the one that stands for everybody', async () => {
    odd['inclui'] = () => refuse(unknown);
    expect(await push(sales(1))).toEqual([`rejected: ${unknown}`]);
  });
});

describe('a cancellation', () => {
  test('goes in the same call as the sales', async () => {
    await push(sales(1));
    calls();
    expect(await push([cancellation(1), ...sales(2)])).toEqual(['confirmed', 'confirmed']);
    expect(calls().slice(0, 2)).toEqual(['inclui 2', 'processastatus 1=5 2=3']);
  });

  test('of a sale that is not there waits', async () => {
    expect(await push([cancellation(1)])).toEqual(['waiting: the sale is not at the server']);
    expect(await push([cancellation(1, true)])).toEqual(['waiting: the sale is not at the server']);
  });

  test('that was done already is not asked for again', async () => {
    await push(sales(1));
    await push([cancellation(1)]);
    calls();
    expect(await push([cancellation(1, true)])).toEqual(['confirmed']);
    expect(calls()).toEqual(['listapedidos 1']);
  });

  test('of a sale with other figures there is parked', async () => {
    await push(sales(1));
    Object.assign(orders.get(saleDocument(1).number) ?? {}, { total: 1 });
    expect(await push([cancellation(1, true)])).toEqual(['diverged: total 100 instead of 8990 cents']);
  });

  test('of ours makes a cancelled sale the expected end, and once it was tried nothing delivers the sale again', async () => {
    await push(sales(1));
    const [sale] = sales(1);
    if (sale === undefined) throw new Error('no sale');
    const again = { ...sale, triedBefore: true, cancellationExists: true };
    const order = orders.get(sale.document.number);
    for (const [status, cancellationTried, expected] of [
      [5, false, 'confirmed'],
      [5, true, 'confirmed'],
      [0, true, 'sent'],
      [1, true, 'sent'],
      [3, true, 'confirmed'],
      [0, false, 'confirmed'],
    ] as const) {
      Object.assign(order ?? {}, { status });
      calls();
      expect(await push([{ ...again, cancellationTried }])).toEqual([expected]);
      const delivered = calls().some((line) => line.includes('=3'));
      expect(delivered).toBe(status === 0 && !cancellationTried);
    }
  });
});
