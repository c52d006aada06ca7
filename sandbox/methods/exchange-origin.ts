import type Database from 'better-sqlite3';
import { ErpError } from '../http/erp-error.ts';

type Sale = { readonly pedidov: number; readonly cliente: number; readonly status: number };
type Line = { readonly sku: string; readonly quantidadeMilli: number; readonly precoCents: number };

/** The sale that goods come back from, and what of it can still come back. */
export type ExchangeOrigin = {
  /** By its code, or by the number of its exit movement; undefined when neither is given. */
  find(code: string | undefined, saida: number | undefined): Sale | undefined;
  /** A barcode that two SKUs share means the one that was sold. */
  skuOf(sku: string | undefined, barcode: string | undefined, pedidov: number | undefined): string;
  /** Refuses more pieces than are left of a SKU, or a price above what was paid for it. */
  checkItems(pedidov: number, lines: readonly Line[]): void;
};

export function createExchangeOrigin(db: Database.Database): ExchangeOrigin {
  const byCode = db.prepare<[string], Sale>('SELECT pedidov, cliente, status FROM orders WHERE cod_pedidov = ?');
  const byInvoice = db.prepare<[number], Sale>(
    'SELECT pedidov, cliente, status FROM orders JOIN invoices USING (pedidov) WHERE saida = ?',
  );
  const skusOf = db
    .prepare<[string | null, string, string], string>('SELECT sku FROM skus WHERE sku = ? OR barra = ? OR barra13 = ?')
    .pluck();
  const sold = db.prepare<[number, string], { milli: number | null; preco: number | null }>(
    'SELECT sum(quantidade_milli) AS milli, max(preco_cents) AS preco FROM order_items WHERE pedidov = ? AND sku = ?',
  );
  const returned = db
    .prepare<[number, string], number>(
      `SELECT coalesce(sum(t.quantidade_milli), 0) FROM exchange_items t JOIN exchanges e USING (saida)
       WHERE e.origin = ? AND t.sku = ? AND e.cancelado = 0`,
    )
    .pluck();

  return {
    find(code, saida) {
      if (code === undefined && saida === undefined) return undefined;
      const sale = code === undefined ? byInvoice.get(saida ?? 0) : byCode.get(code);
      if (sale === undefined) throw new ErpError(400, `Pedido de origem não cadastrado(a): ${code ?? saida}`);
      if (sale.status !== 3) throw new ErpError(400, `Pedido de origem não está faturado: ${code ?? saida}`);
      return sale;
    },
    skuOf(sku, barcode, pedidov) {
      const found = skusOf.all(sku ?? null, barcode ?? '', barcode ?? '');
      const chosen = found.find((each) => pedidov !== undefined && sold.get(pedidov, each)?.milli != null) ?? found[0];
      if (chosen === undefined) throw new ErpError(400, `SKU não cadastrado: ${sku ?? barcode}`);
      return chosen;
    },
    checkItems(pedidov, lines) {
      for (const { sku, precoCents } of lines) {
        const { milli, preco } = sold.get(pedidov, sku) ?? {};
        const wanted = lines.reduce((sum, line) => sum + (line.sku === sku ? line.quantidadeMilli : 0), 0);
        if (wanted > (milli ?? 0) - (returned.get(pedidov, sku) ?? 0))
          throw new ErpError(400, `Quantidade devolvida maior que a vendida: ${sku}`);
        if (precoCents > (preco ?? 0)) throw new ErpError(400, `Preço devolvido maior que o pago: ${sku}`);
      }
    },
  };
}
