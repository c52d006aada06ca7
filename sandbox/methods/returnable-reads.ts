import { ErpError } from '../http/erp-error.ts';
import type { ErpMethod, ReadCall } from '../http/erp-method.ts';
import type { JsonObject } from '../http/json.ts';
import type { Store } from '../store/open-store.ts';
import { createSelectRows } from '../store/select-rows.ts';

type SaleRow = {
  pedidov: number;
  saida: number;
  nota: number;
  cod_pedidov: string;
  cod_filial: string;
  cliente: number;
  nome: string;
  data: string;
  quantidade_milli: number;
  total_cents: number;
};
type ItemRow = {
  sku: string;
  barra: string;
  cod_produto: string;
  descricao1: string;
  cod_cor: string;
  desc_cor: string;
  tamanho: string;
  preco_cents: number;
  quantidade_milli: number;
  returned_milli: number;
};

/** A barcode alone is not enough: this finds a sale, not a product. */
const ENOUGH = ['nota', 'filial', 'saida'];

/** troca_devolucao/listaparatrocadevolucao: the delivered sales that goods may come back from. */
export function returnableReads({ db }: Store, nowMs: () => number): ErpMethod {
  const select = createSelectRows(db);
  const items = db.prepare<[number], ItemRow>(
    `SELECT t.sku, t.barra, p.cod_produto, p.descricao1, k.cod_cor, k.desc_cor, k.tamanho, t.preco_cents, t.quantidade_milli,
       (SELECT coalesce(sum(r.quantidade_milli), 0) FROM exchange_items r JOIN exchanges e USING (saida)
        WHERE e.origin = t.pedidov AND r.sku = t.sku AND e.cancelado = 0) AS returned_milli
     FROM order_items t JOIN skus k USING (sku) JOIN products p USING (produto) WHERE t.pedidov = ? ORDER BY t.position`,
  );

  function list({ arguments: given, top, dates }: ReadCall): readonly JsonObject[] {
    const isEnough =
      ENOUGH.some((name) => given.integer(name) !== undefined) ||
      given.text('cpf') !== undefined ||
      given.text('pedido') !== undefined;
    if (!isEnough) throw new ErpError(400, 'Informe nota, filial, cpf, saida ou pedido');
    const days = given.integer('numero_dias');
    const rows = select<SaleRow>({
      from: `SELECT o.pedidov, i.saida, i.nota, o.cod_pedidov, o.cod_filial, o.cliente, c.nome, i.data, o.quantidade_milli, o.total_cents
             FROM invoices i JOIN orders o USING (pedidov) JOIN customers c USING (cliente)`,
      filters: [
        { sql: 'i.cancelada = ?', value: 0 },
        { sql: 'i.nota = ?', value: given.integer('nota') },
        { sql: 'i.saida = ?', value: given.integer('saida') },
        { sql: 'o.cod_pedidov = ?', value: given.text('pedido') },
        {
          sql: `o.cod_filial = (SELECT body ->> 'cod_filial' FROM register_rows WHERE register = 'filiais' AND id = ?)`,
          value: given.integer('filial'),
        },
        {
          sql: `replace(replace(c.cpf, '.', ''), '-', '') = ?`,
          value: given.text('cpf')?.replaceAll(/\D/g, ''),
        },
        { sql: 'o.pedidov IN (SELECT pedidov FROM order_items WHERE barra = ?)', value: given.text('barra') },
        {
          sql: 'i.data >= ?',
          value: days === undefined ? undefined : new Date(nowMs() - days * 86_400_000).toISOString().slice(0, 10),
        },
      ],
      tail: 'ORDER BY i.saida DESC',
      top,
    });
    return rows.map((row) => ({
      saida: row.saida,
      nota: String(row.nota),
      serie: '1',
      pedido: row.cod_pedidov,
      cod_filial: row.cod_filial,
      cliente: row.cliente,
      nome_cliente: row.nome,
      data: dates.day(row.data),
      quantidade: row.quantidade_milli / 1000,
      total: row.total_cents / 100,
      produtos: items.all(row.pedidov).map((item) => ({
        pedido: row.cod_pedidov,
        sku: item.sku,
        barra: [item.barra],
        cod_produto: item.cod_produto,
        desc_produto: item.descricao1,
        cod_cor: item.cod_cor,
        desc_cor: item.desc_cor,
        tamanho: item.tamanho,
        preco: item.preco_cents / 100,
        quantidade: item.quantidade_milli / 1000,
        quantidade_dev: item.returned_milli / 1000,
        data_emissao_pedido: dates.day(row.data),
      })),
    }));
  }

  return {
    kind: 'read',
    name: 'millenium_eco.troca_devolucao.listaparatrocadevolucao',
    summary: 'Vendas de que se pode devolver',
    parameters: {
      vitrine: 'integer',
      nota: 'integer',
      serie: 'text',
      filial: 'integer',
      cpf: 'text',
      barra: 'text',
      saida: 'integer',
      pedido: 'text',
      numero_dias: 'integer',
    },
    rows: list,
  };
}
