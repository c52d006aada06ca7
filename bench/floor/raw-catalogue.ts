import type SqliteDatabase from 'better-sqlite3';
import type { RawDatabase } from './raw-database.ts';

/** A row of the catalogue as the ERP's JSON has it. */
export type WireRow = Readonly<Record<string, unknown>> & { readonly sku?: unknown };

/** SKUs in one transaction: the product's own bound. */
const SKUS_PER_COMMIT = 250;

const INSERTS = {
  products: `INSERT INTO products VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)
    ON CONFLICT (product_id) DO UPDATE SET product_code = excluded.product_code, reference = excluded.reference,
    description = excluded.description, unit = excluded.unit, ncm = excluded.ncm, brand = excluded.brand,
    collection = excluded.collection, product_group = excluded.product_group, department = excluded.department,
    is_active = excluded.is_active, is_blocked = excluded.is_blocked, trans_id = excluded.trans_id, generation = 1`,
  skus: `INSERT INTO skus VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1)
    ON CONFLICT (sku) DO UPDATE SET product_id = excluded.product_id, color_code = excluded.color_code,
    color = excluded.color, print_code = excluded.print_code, print = excluded.print, size = excluded.size,
    position = excluded.position, is_active = excluded.is_active, generation = 1`,
  barcodes: 'INSERT INTO barcodes VALUES (?, ?) ON CONFLICT DO NOTHING',
  prices: `INSERT INTO prices VALUES (?, ?, ?, ?, ?, 1)
    ON CONFLICT (sku) DO UPDATE SET price1_cents = excluded.price1_cents, price2_cents = excluded.price2_cents,
    is_blocked = excluded.is_blocked, trans_id = excluded.trans_id, generation = 1`,
  stocks: `INSERT INTO stocks VALUES (?, ?, ?, ?, ?, 1)
    ON CONFLICT (sku, branch_code) DO UPDATE SET quantity_milli = excluded.quantity_milli,
    read_at_ms = excluded.read_at_ms, trans_id = excluded.trans_id, generation = 1`,
} as const;

/** Upserts of one station's catalogue by hand, for a server that is known to speak plainly. */
export function createRawCatalogue(db: RawDatabase): {
  /** Keeps the rows that the method in `path` answered; of other methods none. */
  readonly upsert: (path: string, rows: readonly WireRow[]) => void;
} {
  const prepare = (sql: string): SqliteDatabase.Statement => db.prepare(sql);
  const begin = prepare('BEGIN IMMEDIATE');
  const commit = prepare('COMMIT');
  const [product, sku, barcode] = [prepare(INSERTS.products), prepare(INSERTS.skus), prepare(INSERTS.barcodes)];
  const [price, stock] = [prepare(INSERTS.prices), prepare(INSERTS.stocks)];

  function inPages(rows: readonly WireRow[], skusOf: (row: WireRow) => number, save: (row: WireRow) => void): void {
    let skus = 0;
    for (const row of rows) {
      const next = skusOf(row);
      if (skus > 0 && skus + next > SKUS_PER_COMMIT) {
        commit.run();
        skus = 0;
      }
      if (skus === 0) begin.run();
      skus += next;
      save(row);
    }
    if (skus > 0) commit.run();
  }

  function saveProduct(row: WireRow): void {
    const r = row as Readonly<Record<string, string | number | boolean>>;
    product.run(
      r['produto'],
      r['cod_produto'],
      r['referencia'],
      r['descricao1'],
      r['unidade_uso'],
      r['ncm'],
      r['desc_marca'],
      r['desc_colecao'],
      r['desc_grupo'],
      r['desc_departamento'],
      r['ativo'] === 'T' && r['excluido'] === false ? 1 : 0,
      r['bloqueado'] === true ? 1 : 0,
      r['trans_id'],
    );
    for (const [position, each] of (row.sku as readonly Readonly<Record<string, string | null>>[]).entries()) {
      sku.run(
        each['sku'],
        r['produto'],
        each['cod_cor'],
        each['desc_cor'],
        each['cod_est'],
        each['desc_estampa'] ?? '',
        each['tamanho'],
        position,
        each['ativo'] === 'T' ? 1 : 0,
      );
      for (const code of new Set([each['barra'], each['barra13'], each['barra_ref']])) {
        if (code) barcode.run(code, each['sku']);
      }
    }
  }

  const cents = (value: unknown): number | null => (typeof value === 'number' ? Math.round(value * 100) : null);
  const readAtMs = Date.now();
  return {
    upsert: (path, rows) => {
      if (path.includes('/listavitrine?')) {
        inPages(rows, (row) => Math.max(1, (row.sku as readonly unknown[]).length), saveProduct);
      } else if (path.includes('/precodetabela?')) {
        inPages(
          rows,
          () => 1,
          (r) =>
            price.run(
              r.sku,
              cents(r['preco1']),
              cents(r['preco2']),
              r['bloqueado_preco'] === true ? 1 : 0,
              r['trans_id'],
            ),
        );
      } else if (path.includes('/saldodeestoque?')) {
        inPages(
          rows,
          () => 1,
          (r) => {
            const milli = typeof r['saldo'] === 'number' ? Math.round(r['saldo'] * 1000) : null;
            stock.run(r.sku, r['cod_filial'], milli, readAtMs, r['trans_id']);
          },
        );
      }
    },
  };
}
