import type { HttpReply, HttpRequest } from '../../../core/connectors/http.ts';

type Row = Record<string, unknown>;

/** What happens to one call; `ok` lets it through. */
export const ERP_FAULTS = [
  'ok',
  'lost before',
  'lost after',
  'html after',
  'empty after',
  'delivered twice',
  'in use',
  'http 500',
  'licence',
  'unexplained 401',
  'another call',
  'another order',
  'torn',
  'acoes short',
  'acoes reversed',
  'acao as text',
  'killed',
] as const;
export type ErpFault = (typeof ERP_FAULTS)[number];

export type ModelErp = {
  readonly send: (request: HttpRequest) => Promise<HttpReply>;
  readonly orders: Map<string, Row>;
  /** The states that the station asked for of each number, in their order, whatever became of the call. */
  readonly states: Map<string, number[]>;
  /** One for each of the next calls. */
  readonly faults: ErpFault[];
  /** The station is killed: nothing of it goes out or comes in any more. */
  isKilled: boolean;
  calls: number;
};

/**
 * An ERP as the wire contract tells it, in memory, for the push cycle alone. Orders become visible after `lateBy` more
 * calls, a 3 after a 5 revives the order, and every call may meet a fault.
 */
export function createModelErp({
  lateBy,
  dialect,
  isPlainSpoken,
}: {
  readonly lateBy: number;
  /** A refusal of what is there already says so; else only a look tells. */
  readonly isPlainSpoken: boolean;
  readonly dialect: 'plain' | 'odd';
}): ModelErp {
  const orders: ModelErp['orders'] = new Map();
  const states: ModelErp['states'] = new Map();
  const visibleAt = new Map<string, number>();
  let transId = 0;

  function include(body: Row): Row {
    const number = String(body['cod_pedidov']);
    const known = orders.get(number);
    if (known !== undefined)
      throw new Error(isPlainSpoken ? `Pedido já cadastrado: ${number}` : `ORA-00001 (PK_PEDIDOV) ${number}`);
    orders.set(number, { ...body, status: 0, trans_id: (transId += 1) });
    visibleAt.set(number, erp.calls + lateBy);
    return {};
  }

  function changeStates(body: Row, fault: ErpFault): Row {
    let acoes: Row[] = (body['status_pedidos'] as Row[]).map(({ cod_pedidov, status }, index) => {
      const order = orders.get(String(cod_pedidov));
      if (order === undefined) return { cod_pedidov, acao: 1, erro: null };
      if (fault === 'in use' && index % 2 === 0) return { cod_pedidov, acao: 100, erro: 'Registro em uso' };
      Object.assign(order, { status, trans_id: (transId += 1) });
      return { cod_pedidov, acao: 2, status, erro: null };
    });
    if (fault === 'acoes short') acoes = acoes.slice(1);
    if (fault === 'acoes reversed') acoes = acoes.toReversed();
    if (fault === 'acao as text') acoes = acoes.map((row) => ({ ...row, acao: String(row['acao']) }));
    return { acoes };
  }

  function list(query: URLSearchParams, fault: ErpFault): Row {
    const number = query.get('cod_pedidov');
    const rows = [...orders.values()]
      .filter((order) => erp.calls >= (visibleAt.get(String(order['cod_pedidov'])) ?? 0))
      .filter((order) =>
        number === null ? Number(order['trans_id']) > Number(query.get('trans_id')) : order['cod_pedidov'] === number,
      )
      .sort((a, b) => Number(a['trans_id']) - Number(b['trans_id']))
      .map((order) => (dialect === 'odd' ? oddly(order) : order));
    const value = fault === 'torn' ? rows.slice(1) : rows;
    return { 'odata.count': rows.length, value };
  }

  function noteStates({ url, body }: HttpRequest): void {
    if (!url.includes('/processastatus')) return;
    for (const { cod_pedidov, status } of (JSON.parse(body ?? '{}') as { status_pedidos: Row[] }).status_pedidos) {
      const number = String(cod_pedidov);
      states.set(number, [...(states.get(number) ?? []), Number(status)]);
    }
  }

  function answer(request: HttpRequest, fault: ErpFault): Row {
    const url = new URL(request.url);
    const name = url.pathname.split('/').at(-1);
    const body = JSON.parse(request.body ?? '{}') as Row;
    if (name === 'inclui') return include(body);
    return name === 'processastatus' ? changeStates(body, fault) : list(url.searchParams, fault);
  }

  const erp: ModelErp = {
    orders,
    states,
    faults: [],
    isKilled: false,
    calls: 0,
    send: (request) => {
      erp.calls += 1;
      const fault = erp.faults.shift() ?? 'ok';
      if (!erp.isKilled) noteStates(request);
      if (request.url.endsWith('/api/login')) return Promise.resolve(reply(404, ''));
      if (erp.isKilled || fault === 'lost before')
        return Promise.resolve({ answered: false, text: 'conexão interrompida' });
      if (fault === 'http 500') return Promise.resolve(reply(500, error('Access violation')));
      if (fault === 'licence') return Promise.resolve(reply(503, 'licença'));
      if (fault === 'unexplained 401') return Promise.resolve(reply(401, ''));
      if (fault === 'another order') {
        return Promise.resolve(reply(200, '{"value":[{"cod_pedidov":"WEB1","trans_id":900000,"produtos":[]}]}'));
      }
      if (fault === 'another call') return Promise.resolve(reply(200, '{"value":[{"vitrine":7,"trans_id":900000}]}'));
      if (fault === 'in use' && request.url.includes('/inclui')) {
        return Promise.resolve(reply(400, error('Cliente em uso por outro usuário')));
      }
      let text: string;
      try {
        text = JSON.stringify(answer(request, fault));
        if (fault === 'delivered twice') text = JSON.stringify(answer(request, fault));
      } catch (refusal) {
        return Promise.resolve(reply(400, error((refusal as Error).message)));
      }
      if (fault === 'killed') erp.isKilled = true;
      if (fault === 'killed' || fault === 'lost after')
        return Promise.resolve({ answered: false, text: 'tempo esgotado' });
      if (fault === 'html after') return Promise.resolve(reply(200, '<html>ok</html>'));
      return Promise.resolve(reply(200, fault === 'empty after' ? '' : text));
    },
  };
  return erp;
}

/** The same order as another installation writes it. */
function oddly(order: Row): Row {
  const { produtos, lancamentos, ...head } = order;
  const asTexts = (row: Row): Row =>
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => [
        name.toUpperCase(),
        typeof value === 'number' ? String(value) : typeof value === 'boolean' ? (value ? 'T' : 'F') : value,
      ]),
    );
  return {
    ...asTexts(head),
    PRODUTOS: (produtos as Row[]).toReversed().map(asTexts),
    LANCAMENTOS: (lancamentos as Row[]).toReversed().map(asTexts),
    campo_novo: { a: 1 },
  };
}

function reply(status: number, body: string): HttpReply {
  return { answered: true, status, body };
}

function error(value: string): string {
  return JSON.stringify({ error: { code: 400, message: { lang: 'pt-br', value } } });
}
