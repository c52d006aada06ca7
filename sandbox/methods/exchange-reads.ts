import type { DialectControl } from '../dialects/dialect.ts';
import type { DateFormat } from '../http/date-format.ts';
import { ErpError } from '../http/erp-error.ts';
import type { ErpMethod, ReadCall } from '../http/erp-method.ts';
import type { JsonObject } from '../http/json.ts';
import type { Store } from '../store/open-store.ts';
import { createSelectRows, type Filter } from '../store/select-rows.ts';

type ExchangeRow = {
  saida: number;
  n_pedido_cliente: string;
  cod_filial: string;
  cod_pedidov_origem: string | null;
  cliente: number | null;
  data: string;
  quantidade_milli: number;
  total_cents: number;
  protocolo: string;
  cancelado: number;
  motivo: string | null;
  trans_id: number;
};
type ItemRow = { sku: string; barra: string; quantidade_milli: number; preco_cents: number };

/** Exchanges as rows, for their own list and as the entries among the invoices. */
export type ExchangeRows = {
  select(filters: readonly Filter[], tail: string, top: number): readonly ExchangeRow[];
  describe(row: ExchangeRow, dates: DateFormat): JsonObject;
};

export function createExchangeRows({ db }: Store): ExchangeRows {
  const select = createSelectRows(db);
  const items = db.prepare<[number], ItemRow>('SELECT * FROM exchange_items WHERE saida = ? ORDER BY position');

  return {
    select: (filters, tail, top) =>
      select<ExchangeRow>({
        from: 'SELECT e.*, o.cod_pedidov AS cod_pedidov_origem FROM exchanges e LEFT JOIN orders o ON o.pedidov = e.origin',
        filters,
        tail,
        top,
      }),
    describe: (row, dates) => ({
      saida: row.saida,
      nota: row.saida,
      numero_credito: String(row.saida),
      protocolo: row.protocolo,
      n_pedido_cliente: row.n_pedido_cliente,
      cod_filial: row.cod_filial,
      cod_pedidov: null,
      cod_pedidov_origem: row.cod_pedidov_origem,
      cliente: row.cliente,
      tipo_operacao: 'E',
      status: row.cancelado === 1 ? 5 : 3,
      cancelado: row.cancelado === 1,
      cancelada: row.cancelado === 1,
      motivo_canc: row.motivo,
      quantidade: row.quantidade_milli / 1000,
      total: row.total_cents / 100,
      valor_final: row.total_cents / 100,
      data: dates.day(row.data),
      data_emissao: dates.day(row.data),
      trans_id: row.trans_id,
      produtos: items.all(row.saida).map((item) => ({
        sku: item.sku,
        barra: item.barra,
        quantidade: item.quantidade_milli / 1000,
        preco: item.preco_cents / 100,
      })),
      lancamentos: [],
    }),
  };
}

/** troca_devolucao/lista. */
export function exchangeReads(exchanges: ExchangeRows, dialect: DialectControl): ErpMethod {
  const name = 'millenium_eco.troca_devolucao.lista';

  function list({ arguments: given, top, after, hidden, direction, dates }: ReadCall): readonly JsonObject[] {
    const document = given.text('n_pedido_cliente');
    if (document !== undefined && dialect.current().noExchangeLookup)
      throw new ErpError(400, `Parameter n_pedido_cliente not found in ${name}`);
    const filters = [
      { sql: 'e.n_pedido_cliente = ?', value: document },
      { sql: 'e.saida = ?', value: given.integer('saida') },
      { sql: 'e.cod_filial = ?', value: given.text('cod_filial') },
      { sql: 'e.trans_id > ?', value: after },
      { sql: 'e.trans_id NOT IN (SELECT value FROM json_each(?))', value: hidden },
    ];
    const rows = exchanges.select(filters, `ORDER BY e.trans_id ${direction}`, top);
    return rows.map((row) => exchanges.describe(row, dates));
  }

  return {
    kind: 'read',
    name,
    summary: 'Trocas e devoluções',
    sequence: 'invoices',
    parameters: {
      vitrine: 'integer',
      n_pedido_cliente: 'text',
      saida: 'integer',
      cod_filial: 'text',
      trans_id: 'integer',
    },
    rows: list,
  };
}
