import type { Case } from './run-cases.ts';
import { DELIVERY } from './delivery-cases.ts';
import { makeCase, type Suite } from './suite.ts';
import { centsOf, milliOf, numberOf, rowsOf, textOf } from './wire-values.ts';

const MAX_RECORDS = 50;
const INCLUDE = 'pedido_venda.inclui';
const LIST = 'pedido_venda.listapedidos';
const IGNORED = ['$skip', '$filter', '$orderby'];

/** What the station may and may not put on the line, by all it sent in this run. */
export function lineCases({ line, options }: Suite): readonly Case[] {
  const rule = (name: string, run: () => void, ...needs: readonly string[]): Case =>
    makeCase(name, [DELIVERY.stopped, ...needs], () => {
      run();
      return Promise.resolve();
    });
  const included = () => line.calls.filter(({ method }) => method === INCLUDE);
  const changed = () =>
    line.calls
      .filter(({ method }) => method === 'pedido_venda.processastatus')
      .flatMap(({ body }) => rowsOf(body, 'status_pedidos'));

  return [
    rule('the station makes one call at a time', () => {
      if (line.mostAtOnce() > 1) throw new Error(`${line.mostAtOnce()} calls of one user were on their way at once`);
    }),
    rule('the station asks for nothing that the server does not know', () => {
      const unknown = line.calls.find(({ status, text }) => status === 400 && /not found in/i.test(text));
      if (unknown !== undefined) throw new Error(`${unknown.method}: ${unknown.text}`);
    }),
    rule('every call asks for JSON with ISO dates and for nothing that is ignored', () => {
      for (const { method, query } of line.calls) {
        if (method === 'login' || method === 'logout') continue;
        if (query.get('$format') !== 'json' || query.get('$dateformat') !== 'iso')
          throw new Error(`${method} without $format or $dateformat`);
        const ignored = IGNORED.find((name) => query.has(name));
        if (ignored !== undefined) throw new Error(`${method} relies on ${ignored}`);
      }
    }),
    rule(
      'every sale that is sent closes to the cent',
      () => {
        for (const { body } of included()) {
          const total = centsOf(body, 'total');
          const lines = rowsOf(body, 'produtos').reduce(
            (sum, item) => sum + Math.round((centsOf(item, 'preco') * milliOf(item, 'quantidade')) / 1000),
            0,
          );
          const paid = rowsOf(body, 'lancamentos').reduce((sum, payment) => sum + centsOf(payment, 'valor_inicial'), 0);
          const number = textOf(body, 'cod_pedidov');
          if (lines + centsOf(body, 'v_acerto') !== total)
            throw new Error(`${number}: lines ${lines} and v_acerto are not the total ${total}`);
          if (paid !== total) throw new Error(`${number}: payments ${paid} are not the total ${total}`);
          const discounted = rowsOf(body, 'produtos').find((item) => (numberOf(item, 'desconto') ?? 0) !== 0);
          if (discounted !== undefined) throw new Error(`${number}: an item has a discount besides its net price`);
        }
      },
      DELIVERY.drained,
    ),
    rule(
      'every sale has a number of its own with the code of the station',
      () => {
        const documents = new Map<string, string>();
        for (const { body } of included()) {
          const number = textOf(body, 'cod_pedidov');
          const document = textOf(body, 'n_pedido_cliente');
          if (!number.startsWith(options.station) || !/^[0-9A-Z]{3}\d{9}$/.test(number))
            throw new Error(`${number} is no number of this station`);
          if ((documents.get(number) ?? document) !== document) throw new Error(`${number} was given to two documents`);
          documents.set(number, document);
        }
      },
      DELIVERY.drained,
    ),
    rule(
      'a cancelled sale is never delivered again',
      () => {
        const cancelled = new Set<string>();
        for (const record of changed()) {
          const number = textOf(record, 'cod_pedidov');
          const status = numberOf(record, 'status');
          if (status === 5) cancelled.add(number);
          else if (cancelled.has(number)) throw new Error(`${number} was asked for status ${status} after 5`);
        }
        if (cancelled.size === 0) throw new Error('no cancellation was sent');
      },
      DELIVERY.cancelledLater,
    ),
    rule(
      'a sale without an answer is looked up before it is sent again',
      () => {
        const sent = new Set<string>();
        for (const { method, body, query } of line.calls) {
          // By its key, or by a page that shows it.
          if (method === LIST)
            for (const number of sent) if ((query.get('cod_pedidov') ?? number) === number) sent.delete(number);
          if (method !== INCLUDE) continue;
          const number = textOf(body, 'cod_pedidov');
          if (sent.has(number)) throw new Error(`${number} was sent twice without a look at the server in between`);
          sent.add(number);
        }
      },
      DELIVERY.lostReply,
    ),
    rule('no call carries more than fifty records', () => {
      for (const { method, body } of line.calls) {
        const longest = Math.max(0, ...Object.keys(body).map((field) => rowsOf(body, field).length));
        if (method !== INCLUDE && longest > MAX_RECORDS) throw new Error(`${method} carries ${longest} records`);
      }
    }),
  ];
}
