import type { ErpMethod, ReadCall } from '../http/erp-method.ts';
import type { JsonObject } from '../http/json.ts';
import type { Store } from '../store/open-store.ts';
import { createSelectRows } from '../store/select-rows.ts';
import { isOurVitrine } from './is-our-vitrine.ts';
import { skuReader } from './sku-reader.ts';

type ProductRow = {
  produto: number;
  cod_produto: string;
  descricao1: string;
  referencia: string;
  ncm: string;
  unidade_uso: string;
  ativo: number;
  excluido: number;
  bloqueado: number;
  cod_marca: string;
  desc_marca: string;
  cod_colecao: string;
  desc_colecao: string;
  cod_grupo: string;
  desc_grupo: string;
  cod_departamento: string;
  desc_departamento: string;
  updated_at_ms: number;
  trans_id: number;
};

/** listavitrine: texts, flags and SKUs. Its prices are a convenience (`lista_preco`); precodetabela owns them. */
export function productReads({ db }: Store): readonly ErpMethod[] {
  const select = createSelectRows(db);
  const readSkus = skuReader(db);

  function listProducts(call: ReadCall): readonly JsonObject[] {
    const { arguments: given, top, after, hidden, direction, dates } = call;
    if (!isOurVitrine(call)) return [];
    const products = select<ProductRow>({
      from: 'SELECT * FROM products',
      filters: [
        { sql: 'produto = ?', value: given.integer('produto') },
        { sql: 'cod_produto = ?', value: given.text('cod_produto') },
        { sql: 'updated_at_ms >= ?', value: given.instant('data_atualizacao') },
        { sql: 'trans_id > ?', value: after },
        { sql: 'trans_id NOT IN (SELECT value FROM json_each(?))', value: hidden },
      ],
      tail: `ORDER BY trans_id ${direction}, produto`,
      top,
    });
    const skusByProduct = readSkus(
      products.map((row) => row.produto),
      given.flag('lista_preco') === true,
    );
    return products.map((row) => ({
      produto: row.produto,
      cod_produto: row.cod_produto,
      descricao1: row.descricao1,
      referencia: row.referencia,
      ncm: row.ncm,
      unidade_uso: row.unidade_uso,
      ativo: letter(row.ativo),
      excluido: row.excluido === 1,
      bloqueado: row.bloqueado === 1,
      cod_marca: row.cod_marca,
      desc_marca: row.desc_marca,
      cod_colecao: row.cod_colecao,
      desc_colecao: row.desc_colecao,
      cod_grupo: row.cod_grupo,
      desc_grupo: row.desc_grupo,
      cod_departamento: row.cod_departamento,
      desc_departamento: row.desc_departamento,
      data_atualizacao: dates.instant(row.updated_at_ms),
      trans_id: row.trans_id,
      sku: skusByProduct.get(row.produto) ?? [],
    }));
  }

  return [
    {
      kind: 'read',
      name: 'millenium_eco.produtos.listavitrine',
      summary: 'Produtos e SKUs da vitrine',
      sequence: 'products',
      parameters: {
        vitrine: 'integer',
        trans_id: 'integer',
        lista_preco: 'flag',
        produto: 'integer',
        cod_produto: 'text',
        data_atualizacao: 'instant',
      },
      rows: listProducts,
    },
  ];
}

/** `ativo` is documented as one character, unlike the other flags. */
function letter(flag: number): string {
  return flag === 1 ? 'T' : 'F';
}
