import { REGISTERS, type ErpState, type Row } from './erp-state.ts';

/** What of the wire contract a server may do in more than one way. */
export type ErpHabits = {
  /** The row of the cursor comes again. */
  readonly isCursorInclusive: boolean;
  /** A late status 3 revives a cancelled order. */
  readonly revives: boolean;
  /** A refusal of what is there already says so; else it is a text of the database. */
  readonly isPlainSpoken: boolean;
  /** Numbers are written as texts, flags as letters. */
  readonly isOdd: boolean;
  /** A page that is not cut comes in falling order and tells what rows were before, too. */
  readonly tellsPast: boolean;
  /** Methods that this server has not got. */
  readonly lacks: ReadonlySet<string>;
  /** The sale that is refused for what only the office could change, by the place among those that come; 0 for none. */
  readonly poisonAt: number;
};

export type ErpCall = {
  readonly name: string;
  readonly query: URLSearchParams;
  readonly body: Row;
  readonly user: string;
};
export type ErpAnswer = { readonly status: number; readonly body: Row };

/** What spoils single records of a call, not the call. */
export type RecordFaults = {
  readonly isBusy: () => boolean;
  /** Neither done nor answered. */
  readonly isPassedOver: () => boolean;
  /** A sale that is taken shows only so much later; its key is taken at once. */
  readonly hiddenMs: () => number;
};

/** An ERP by the wire contract, in memory: no code of the product is in it. */
export type ModelErp = {
  readonly state: () => ErpState;
  readonly restore: (backup: ErpState) => void;
  readonly handle: (call: ErpCall, faults: RecordFaults, nowMs: number) => ErpAnswer;
  /** Status changes in the order in which they were taken, over every restoration: number, from, to. */
  readonly revivals: () => number;
  /** Numbers of sales that are refused for good. */
  readonly poisoned: ReadonlySet<string>;
};

class Refusal extends Error {}
class NotThere extends Error {}

export function createModelErp(initial: ErpState, habits: ErpHabits): ModelErp {
  let state = initial;
  let revivals = 0;
  let included = 0;
  let nowMs = 0;
  const poisoned = new Set<string>();
  const next = (): number => (state.transId += 1);

  const isShown = (row: Row): boolean => Number(row['hiddenUntilMs'] ?? 0) <= nowMs;

  function page(rows: readonly Row[], query: URLSearchParams, past: readonly Row[] = []): Row {
    const from = Number(query.get('trans_id') ?? 0);
    const isAfter = (row: Row): boolean =>
      habits.isCursorInclusive ? Number(row['trans_id']) >= from : Number(row['trans_id']) > from;
    const all = habits.tellsPast ? [...rows, ...past] : rows;
    const found = all.filter((row) => isAfter(row)).sort((a, b) => Number(a['trans_id']) - Number(b['trans_id']));
    const top = Number(query.get('$top') ?? 0);
    return list(habits.tellsPast && (top === 0 || found.length < top) ? found.toReversed() : limit(found, query));
  }

  function limit(rows: readonly Row[], query: URLSearchParams): readonly Row[] {
    const top = Number(query.get('$top') ?? 0);
    return top === 0 ? rows : rows.slice(0, top);
  }

  function include(body: Row, faults: RecordFaults): Row {
    const number = text(body['cod_pedidov']);
    if (state.orders[number] === undefined && !poisoned.has(number)) {
      included += 1;
      if (included === habits.poisonAt) poisoned.add(number);
    }
    if (poisoned.has(number)) throw new Refusal(`Condição de pagamento bloqueada no pedido ${number}`);
    if (state.orders[number] !== undefined) {
      throw new Refusal(habits.isPlainSpoken ? `Pedido já cadastrado: ${number}` : `ORA-00001 (PK_PEDIDOV) ${number}`);
    }
    if (!state.customers.some((row) => row['cliente'] === body['cliente'])) {
      throw new Refusal(`Cliente não cadastrado: ${text(body['cliente'])}`);
    }
    const lines = sum(rowsOf(body['produtos']), (row) => cents(row['preco']) * Number(row['quantidade']));
    const paid = sum(rowsOf(body['lancamentos']), (row) => cents(row['valor_inicial']));
    if (lines + cents(body['v_acerto']) !== cents(body['total']) || paid !== cents(body['total'])) {
      throw new Refusal(`Valores do pedido ${number} não conferem`);
    }
    const hiddenMs = faults.hiddenMs();
    state.orders[number] = {
      ...body,
      status: 0,
      trans_id: next(),
      ...(hiddenMs > 0 ? { hiddenUntilMs: nowMs + hiddenMs } : {}),
    };
    return {};
  }

  function changeStates(body: Row, faults: RecordFaults): Row {
    const records = rowsOf(body['status_pedidos']).filter(() => !faults.isPassedOver());
    const acoes = records.map(({ cod_pedidov, status }): Row => {
      const order = state.orders[text(cod_pedidov)];
      if (order === undefined || !isShown(order)) return { cod_pedidov, acao: 1, erro: null };
      if (faults.isBusy()) return { cod_pedidov, acao: 100, erro: 'Registro em uso por outro usuário' };
      const before = Number(order['status']);
      if (before === status) return { cod_pedidov, acao: 0, status, erro: null };
      if (before === 5 && !habits.revives) return { cod_pedidov, acao: 100, erro: 'Pedido cancelado' };
      if (before === 5) revivals += 1;
      Object.assign(order, { status, trans_id: next() });
      return { cod_pedidov, acao: 2, status, erro: null };
    });
    return { acoes };
  }

  function listOrders(query: URLSearchParams): Row {
    const number = query.get('cod_pedidov');
    const day = query.get('data_emissao_inicial');
    const rows = Object.values(state.orders).filter(
      (order) =>
        isShown(order) &&
        (number === null || order['cod_pedidov'] === number) &&
        (day === null || order['data_emissao'] === day),
    );
    return number === null && day === null ? page(rows, query) : list(limit(rows, query));
  }

  function listCustomers(query: URLSearchParams): Row {
    const cpf = digits(query.get('cpf') ?? '');
    const name = query.get('nome') ?? '';
    const found = state.customers.filter(
      (row) => (cpf === '' || digits(text(row['cpf'])) === cpf) && text(row['nome']).startsWith(name),
    );
    return list(found);
  }

  /** One customer for each CPF, as registers have them. */
  function saveCustomer({ vitrine: _vitrine, ...body }: Row): Row {
    const id = body['cliente'];
    const known = state.customers.find((row) =>
      id === undefined ? digits(text(row['cpf'])) === digits(text(body['cpf'])) : row['cliente'] === id,
    );
    if (id !== undefined && known === undefined) throw new Refusal(`Cliente não cadastrado: ${text(id)}`);
    const trans_id = next();
    if (known === undefined) state.customers.push({ ...body, cliente: 10_000 + trans_id, trans_id });
    else Object.assign(known, body, { cliente: known['cliente'], trans_id });
    return { cliente: known?.['cliente'] ?? 10_000 + trans_id, cod_endereco: 1 };
  }

  function keepCash(body: Row, faults: RecordFaults): Row {
    const records = rowsOf(body['registros']).filter(() => !faults.isPassedOver());
    const acoes = records.map((record): Row => {
      const id = text(record['id']);
      if (faults.isBusy()) return { id, acao: 100, erro: 'Registro em uso por outro usuário' };
      const known = state.cash[id];
      if (known !== undefined) {
        const isSame = JSON.stringify(known) === JSON.stringify(record);
        return isSame ? { id, acao: 0, erro: null } : { id, acao: 100, erro: 'Registro difere do que está gravado' };
      }
      state.cash[id] = record;
      next();
      return { id, acao: 1, erro: null };
    });
    return { acoes };
  }

  function keepAudit(body: Row, user: string): Row {
    const acoes = rowsOf(body['registros']).map((record): Row => {
      const id = text(record['id']);
      state.audit[id] ??= { ...record, user };
      return { id, acao: 1, erro: null };
    });
    state.heads[user] = text(body['cabeca']);
    return { acoes, cabeca: body['cabeca'] };
  }

  /** Answers what was known before this beat, so that a restored disk sees a head that it has not got. */
  function beat(body: Row, user: string): Row {
    const code = text(body['estacao']);
    const known = state.beats[code];
    const numbers = Object.keys(state.orders).flatMap((number) =>
      number.startsWith(code) ? [Number(number.slice(3))] : [],
    );
    const last = Math.max(0, Number(known?.['ultimo_numero'] ?? 0), ...numbers);
    const installation = known?.['instalacao'] ?? body['instalacao'];
    if (body['instalacao'] === installation) {
      const told = Math.max(Number(known?.['ultimo_numero'] ?? 0), Number(body['ultimo_numero']));
      state.beats[code] = { ...body, ultimo_numero: told };
    }
    return {
      estacoes: [],
      ultimo_numero: last,
      cabeca_auditoria: state.heads[user] ?? '',
      instalacao: installation,
      data_hora: new Date(nowMs).toISOString(),
    };
  }

  function answer({ name, query, body, user }: ErpCall, faults: RecordFaults): Row {
    if (habits.lacks.has(name)) throw new NotThere(name);
    const register = REGISTERS[name];
    if (register !== undefined) return list(register);
    switch (name) {
      case 'produtos/listavitrine':
        return page(state.products, query, state.past.products);
      case 'produtos/precodetabela':
        return page(state.prices, query, state.past.prices);
      case 'produtos/saldodeestoque':
        return page(state.stock, query, state.past.stock);
      case 'pedido_venda/inclui':
        return include(body, faults);
      case 'pedido_venda/processastatus':
        return changeStates(body, faults);
      case 'pedido_venda/listapedidos':
        return listOrders(query);
      case 'clientes/lista':
        return listCustomers(query);
      case 'clientes/incluiroualterar':
        return saveCustomer(body);
      case 'caixa/inclui':
        return keepCash(body, faults);
      case 'auditoria/inclui':
        return keepAudit(body, user);
      case 'monitoramento/atualiza':
        return beat(body, user);
      case 'versao/consulta':
        return { versao: '1.0', versao_minima_estacao: '0.0.1', data_hora: new Date(nowMs).toISOString() };
      default:
        throw new Error(`the model ERP has no ${name}`);
    }
  }

  return {
    state: () => state,
    restore: (backup) => {
      state = structuredClone(backup);
    },
    revivals: () => revivals,
    poisoned,
    handle: (call, faults, atMs) => {
      nowMs = atMs;
      try {
        const body = answer(call, faults);
        return { status: 200, body: habits.isOdd ? (oddly(body) as Row) : body };
      } catch (error) {
        if (error instanceof NotThere) return { status: 404, body: errorBody(`Method not found: ${error.message}`) };
        if (!(error instanceof Refusal)) throw error;
        return { status: 400, body: errorBody(error.message) };
      }
    },
  };
}

export function errorBody(value: string): Row {
  return { error: { code: 400, message: { lang: 'pt-br', value } } };
}

function list(rows: readonly Row[]): Row {
  return { 'odata.count': rows.length, value: rows };
}

/** The same as another installation writes it. */
function oddly(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((entry) => oddly(entry));
  if (typeof value === 'boolean') return value ? 'T' : 'F';
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, entry]) => [
      name,
      // The count of a list is the protocol's, not a field.
      typeof entry === 'number' && name !== 'odata.count' ? String(entry) : oddly(entry),
    ]),
  );
}

export function text(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

export function rowsOf(value: unknown): Row[] {
  return Array.isArray(value) ? (value as Row[]) : [];
}

export function cents(value: unknown): number {
  return Math.round(Number(value) * 100);
}

export function sum<Value>(values: readonly Value[], of: (value: Value) => number): number {
  return values.reduce((total, value) => total + of(value), 0);
}

export function digits(value: string): string {
  return value.replaceAll(/\D/g, '');
}
