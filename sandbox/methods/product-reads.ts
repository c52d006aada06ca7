import type { ErpMethod, ReadCall } from '../http/erp-method.ts';
import type { JsonObject } from '../http/json.ts';
import type { Store } from '../store/open-store.ts';
import { createSelectRows } from '../store/select-rows.ts';
import { skuReader } from './sku-reader.ts';

/** The only shop window of the demo store; any other number has no products. */
const VITRINE = 2;

type ProductRow = {
  produto: number; cod_produto: string; descricao1: string; referencia: string; ncm: string; unidade_uso: string; ativo: number;
  excluido: number; bloqueado: number; cod_marca: string; desc_marca: string; cod_colecao: string; desc_colecao: string; cod_grupo: string;
  desc_grupo: string; cod_departamento: string; desc_departamento: string; updated_at_ms: number; trans_id: number;
};
type PriceRow = { sku: string; produto: number; preco1_cents: number; preco2_cents: number; bloqueado_preco: number; trans_id: number };
type StockRow = {
  sku: string; barra: string; produto: number; saldo_milli: number | null; cod_filial: string; filial: number; updated_at_ms: number; trans_id: number;
};

/** listavitrine, precodetabela and saldodeestoque: each owns its columns and its own sequence of trans_id. */
export function productReads({ db }: Store): readonly ErpMethod[] {
  const select = createSelectRows(db);
  const readSkus = skuReader(db);

  function listProducts(call: ReadCall): readonly JsonObject[] {
    const { arguments: given, top, after, dates } = call;
    if (!isOurs(call)) return [];
    const products = select<ProductRow>({
      from: 'SELECT * FROM products',
      filters: [
        { sql: 'produto = ?', value: given.integer('produto') },
        { sql: 'cod_produto = ?', value: given.text('cod_produto') },
        { sql: 'updated_at_ms >= ?', value: given.instant('data_atualizacao') },
        { sql: 'trans_id > ?', value: after },
      ],
      tail: 'ORDER BY trans_id, produto',
      top,
    });
    const skusByProduct = readSkus(products.map((row) => row.produto), given.flag('lista_preco') === true);
    return products.map(({ updated_at_ms, ativo, excluido, bloqueado, ...row }) => ({
      ...row,
      ativo: letter(ativo),
      excluido: excluido === 1,
      bloqueado: bloqueado === 1,
      data_atualizacao: dates.instant(updated_at_ms),
      sku: skusByProduct.get(row.produto) ?? [],
    }));
  }

  function listPrices(call: ReadCall): readonly JsonObject[] {
    const { arguments: given, top, after } = call;
    if (!isOurs(call)) return [];
    const rows = select<PriceRow>({
      from: 'SELECT sku, produto, preco1_cents, preco2_cents, bloqueado_preco, trans_id FROM prices',
      filters: [
        { sql: 'produto = ?', value: given.integer('produto') },
        { sql: 'updated_at_ms >= ?', value: given.instant('data_atualizacao_inicial') },
        { sql: 'trans_id > ?', value: after },
      ],
      tail: 'ORDER BY trans_id, sku',
      top,
    });
    return rows.map(({ preco1_cents, preco2_cents, bloqueado_preco, ...row }) => ({
      ...row,
      preco1: preco1_cents / 100,
      preco2: preco2_cents / 100,
      bloqueado_preco: bloqueado_preco === 1,
    }));
  }

  function listStocks(call: ReadCall): readonly JsonObject[] {
    const { arguments: given, top, after, dates } = call;
    if (!isOurs(call)) return [];
    const rows = select<StockRow>({
      from: 'SELECT sku, barra, produto, saldo_milli, cod_filial, filial, updated_at_ms, trans_id FROM stocks',
      filters: [
        { sql: 'filial = ?', value: given.integer('filial') },
        { sql: 'produto = ?', value: given.integer('produto') },
        { sql: 'trans_id > ?', value: after },
      ],
      tail: 'ORDER BY trans_id, sku, filial',
      top,
    });
    return rows.map(({ saldo_milli, updated_at_ms, ...row }) => ({
      ...row,
      saldo: saldo_milli === null ? null : saldo_milli / 1000,
      data_atualizacao: dates.instant(updated_at_ms),
    }));
  }

  return [
    {
      kind: 'read', name: 'millenium_eco.produtos.listavitrine', summary: 'Produtos e SKUs da vitrine',
      parameters: { vitrine: 'integer', trans_id: 'integer', lista_preco: 'flag', produto: 'integer', cod_produto: 'text', data_atualizacao: 'instant' },
      rows: listProducts,
    },
    {
      kind: 'read', name: 'millenium_eco.produtos.precodetabela', summary: 'Preços por SKU',
      parameters: { vitrine: 'integer', trans_id: 'integer', produto: 'integer', data_atualizacao_inicial: 'instant' },
      rows: listPrices,
    },
    {
      kind: 'read', name: 'millenium_eco.produtos.saldodeestoque', summary: 'Saldos por SKU e filial',
      parameters: { vitrine: 'integer', filial: 'integer', trans_id: 'integer', produto: 'integer' },
      rows: listStocks,
    },
  ];
}

function isOurs(call: ReadCall): boolean {
  return (call.arguments.integer('vitrine') ?? VITRINE) === VITRINE;
}

/** `ativo` is documented as one character, unlike the other flags. */
function letter(flag: number): string {
  return flag === 1 ? 'T' : 'F';
}
