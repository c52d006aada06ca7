import type { ErpMethod, ReadCall } from '../http/erp-method.ts';
import type { JsonObject } from '../http/json.ts';
import type { Store } from '../store/open-store.ts';
import { createSelectRows } from '../store/select-rows.ts';
import { describeOrder, type OrderRow } from './describe-order.ts';
import type { ExchangeRows } from './exchange-reads.ts';
import { createOrderDetails } from './order-details.ts';

type InvoiceRow = OrderRow & { saida: number; nota: number; data: string; cancelada: number };

const ORDER_COLUMNS = 'o.*, c.nome AS nome_cliente';

/** listapedidos (every order with its state) and listafaturamentos (the invoices that dispatched orders became). */
export function orderReads({ db }: Store, exchanges: ExchangeRows): readonly ErpMethod[] {
  const select = createSelectRows(db);
  const detailsOf = createOrderDetails(db);

  function listOrders({ arguments: given, top, after, hidden, direction, dates }: ReadCall): readonly JsonObject[] {
    const rows = select<OrderRow>({
      from: `SELECT ${ORDER_COLUMNS} FROM orders o JOIN customers c USING (cliente)`,
      filters: [
        { sql: 'o.cod_pedidov = ?', value: given.text('cod_pedidov') },
        { sql: 'o.cod_filial = ?', value: given.text('cod_filial') },
        { sql: 'o.data_emissao >= ?', value: dayOf(given.instant('data_emissao_inicial')) },
        { sql: 'o.data_emissao <= ?', value: dayOf(given.instant('data_emissao_final')) },
        { sql: 'o.trans_id > ?', value: after },
        { sql: 'o.trans_id NOT IN (SELECT value FROM json_each(?))', value: hidden },
      ],
      tail: `ORDER BY o.trans_id ${direction}`,
      top,
    });
    const withDetails = given.flag('nao_lista_detalhe') !== true;
    return rows.map((row) => describeOrder(row, dates, withDetails ? detailsOf(row.pedidov, dates) : {}));
  }

  function listInvoices(call: ReadCall): readonly JsonObject[] {
    const { arguments: given, top, after, hidden, direction, dates } = call;
    const cancelled = given.flag('cancelada');
    const rows = select<InvoiceRow>({
      from: `SELECT ${ORDER_COLUMNS}, i.saida, i.nota, i.data, i.cancelada, i.trans_id
             FROM invoices i JOIN orders o USING (pedidov) JOIN customers c USING (cliente)`,
      filters: [
        { sql: 'o.cod_pedidov = ?', value: given.text('cod_pedidov') },
        { sql: 'i.nota = ?', value: given.integer('nota') },
        { sql: 'i.cancelada = ?', value: cancelled === undefined ? undefined : Number(cancelled) },
        { sql: 'i.data >= ?', value: dayOf(given.instant('data_emissao_inicial')) },
        { sql: 'i.data <= ?', value: dayOf(given.instant('data_emissao_final')) },
        { sql: 'i.updated_at_ms >= ?', value: given.instant('data_atualizacao_inicial') },
        { sql: 'i.trans_id > ?', value: after },
        { sql: 'i.trans_id NOT IN (SELECT value FROM json_each(?))', value: hidden },
      ],
      tail: `ORDER BY i.trans_id ${direction}`,
      top,
    });
    const sales = rows.map((row): JsonObject => {
      const invoice = { saida: row.saida, nota: row.nota, cancelada: row.cancelada === 1, data: dates.day(row.data) };
      return describeOrder(row, dates, Object.assign(invoice, detailsOf(row.pedidov, dates)));
    });
    // Entries count their trans_id with the exits: one page has both, in one order.
    const entries = given.text('cod_pedidov') === undefined ? listEntries(call, cancelled) : [];
    if (entries.length === 0) return sales;
    const sign = direction === 'ASC' ? 1 : -1;
    const all = [...sales, ...entries].sort((a, b) => sign * (Number(a['trans_id']) - Number(b['trans_id'])));
    return top === 0 ? all : all.slice(0, top);
  }

  function listEntries(call: ReadCall, cancelled: boolean | undefined): readonly JsonObject[] {
    const { arguments: given, top, after, hidden, direction, dates } = call;
    const filters = [
      { sql: 'e.saida = ?', value: given.integer('nota') },
      { sql: 'e.cancelado = ?', value: cancelled === undefined ? undefined : Number(cancelled) },
      { sql: 'e.data >= ?', value: dayOf(given.instant('data_emissao_inicial')) },
      { sql: 'e.data <= ?', value: dayOf(given.instant('data_emissao_final')) },
      { sql: 'e.updated_at_ms >= ?', value: given.instant('data_atualizacao_inicial') },
      { sql: 'e.trans_id > ?', value: after },
      { sql: 'e.trans_id NOT IN (SELECT value FROM json_each(?))', value: hidden },
    ];
    const rows = exchanges.select(filters, `ORDER BY e.trans_id ${direction}`, top);
    return rows.map((row) => exchanges.describe(row, dates));
  }

  const days = { data_emissao_inicial: 'instant', data_emissao_final: 'instant' } as const;
  return [
    {
      kind: 'read',
      name: 'millenium_eco.pedido_venda.listapedidos',
      summary: 'Vendas e seu status',
      sequence: 'orders',
      parameters: {
        vitrine: 'integer',
        cod_pedidov: 'text',
        trans_id: 'integer',
        cod_filial: 'text',
        nao_lista_detalhe: 'flag',
        ...days,
      },
      rows: listOrders,
    },
    {
      kind: 'read',
      name: 'millenium_eco.pedido_venda.listafaturamentos',
      summary: 'Faturamentos',
      sequence: 'invoices',
      parameters: {
        vitrine: 'integer',
        trans_id: 'integer',
        cod_pedidov: 'text',
        nota: 'integer',
        cancelada: 'flag',
        data_atualizacao_inicial: 'instant',
        ...days,
      },
      rows: listInvoices,
    },
  ];
}

function dayOf(ms: number | undefined): string | undefined {
  return ms === undefined ? undefined : new Date(ms - 3 * 3_600_000).toISOString().slice(0, 10);
}
