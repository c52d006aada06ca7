import type { ErpMethod, ReadCall } from '../http/erp-method.ts';
import type { JsonObject } from '../http/json.ts';
import type { Store } from '../store/open-store.ts';
import { createSelectRows } from '../store/select-rows.ts';
import { isOurVitrine } from './is-our-vitrine.ts';

type PriceRow = {
  sku: string;
  produto: number;
  preco1_cents: number;
  preco2_cents: number;
  bloqueado_preco: number;
  trans_id: number;
};
type StockRow = {
  sku: string;
  barra: string;
  produto: number;
  saldo_milli: number | null;
  cod_filial: string;
  filial: number;
  updated_at_ms: number;
  trans_id: number;
};

/**
 * precodetabela and saldodeestoque: each owns its columns and counts its own trans_id.
 * Rows are written out field by field: spreading 3,000 of them costs as much as reading them.
 */
export function priceAndStockReads({ db }: Store): readonly ErpMethod[] {
  const select = createSelectRows(db);

  function listPrices(call: ReadCall): readonly JsonObject[] {
    const { arguments: given, top, after, hidden, direction } = call;
    if (!isOurVitrine(call)) return [];
    const rows = select<PriceRow>({
      from: 'SELECT sku, produto, preco1_cents, preco2_cents, bloqueado_preco, trans_id FROM prices',
      filters: [
        { sql: 'produto = ?', value: given.integer('produto') },
        { sql: 'updated_at_ms >= ?', value: given.instant('data_atualizacao_inicial') },
        { sql: 'trans_id > ?', value: after },
        { sql: 'trans_id NOT IN (SELECT value FROM json_each(?))', value: hidden },
      ],
      tail: `ORDER BY trans_id ${direction}, sku`,
      top,
    });
    return rows.map((row) => ({
      sku: row.sku,
      produto: row.produto,
      preco1: row.preco1_cents / 100,
      preco2: row.preco2_cents / 100,
      bloqueado_preco: row.bloqueado_preco === 1,
      trans_id: row.trans_id,
    }));
  }

  function listStocks(call: ReadCall): readonly JsonObject[] {
    const { arguments: given, top, after, hidden, direction, dates } = call;
    if (!isOurVitrine(call)) return [];
    const rows = select<StockRow>({
      from: 'SELECT sku, barra, produto, saldo_milli, cod_filial, filial, updated_at_ms, trans_id FROM stocks',
      filters: [
        { sql: 'filial = ?', value: given.integer('filial') },
        { sql: 'produto = ?', value: given.integer('produto') },
        { sql: 'trans_id > ?', value: after },
        { sql: 'trans_id NOT IN (SELECT value FROM json_each(?))', value: hidden },
      ],
      tail: `ORDER BY trans_id ${direction}, sku, filial`,
      top,
    });
    return rows.map((row) => ({
      sku: row.sku,
      barra: row.barra,
      produto: row.produto,
      saldo: row.saldo_milli === null ? null : row.saldo_milli / 1000,
      cod_filial: row.cod_filial,
      filial: row.filial,
      data_atualizacao: dates.instant(row.updated_at_ms),
      trans_id: row.trans_id,
    }));
  }

  return [
    {
      kind: 'read',
      name: 'millenium_eco.produtos.precodetabela',
      summary: 'Preços por SKU',
      sequence: 'prices',
      parameters: { vitrine: 'integer', trans_id: 'integer', produto: 'integer', data_atualizacao_inicial: 'instant' },
      rows: listPrices,
    },
    {
      kind: 'read',
      name: 'millenium_eco.produtos.saldodeestoque',
      summary: 'Saldos por SKU e filial',
      sequence: 'stocks',
      parameters: { vitrine: 'integer', filial: 'integer', trans_id: 'integer', produto: 'integer' },
      rows: listStocks,
    },
  ];
}
