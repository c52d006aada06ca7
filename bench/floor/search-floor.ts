import type { RawDatabase } from './raw-database.ts';

/** Rows of a screen, as many as the product's search gives. */
export const ROWS = 30;

/**
 * The least one key press can cost: the index's own query and the figures of its rows, in one prepared statement each.
 * Nothing is parsed, ranked, named or checked; rows stay plain lists.
 */
export function createSearchFloor(db: RawDatabase, own: { readonly branchCode: string }) {
  const match = db
    .prepare<[string]>(
      `SELECT rowid FROM product_search WHERE product_search MATCH ? ORDER BY rowid DESC LIMIT ${ROWS}`,
    )
    .pluck();
  const figures = db
    .prepare<[string, unknown]>(
      `SELECT p.product_id, p.product_code, p.reference, p.description, p.brand, p.collection, p.is_blocked,
          min(nullif(r.price1_cents, 0)), max(nullif(r.price1_cents, 0)), sum(t.quantity_milli)
        FROM products p JOIN skus s ON s.product_id = p.product_id AND s.is_active = 1
        LEFT JOIN prices r ON r.sku = s.sku LEFT JOIN stocks t ON t.sku = s.sku AND t.branch_code = +?
        WHERE p.product_id = +? GROUP BY p.product_id`,
    )
    .raw();
  const begin = db.prepare('BEGIN');
  const commit = db.prepare('COMMIT');
  return {
    /** Milliseconds of the query alone, and with the figures of what it found. */
    search: (words: readonly string[]): { readonly queryMs: number; readonly ms: number } => {
      const startedAt = performance.now();
      // One look at the file for all: each statement alone would look for itself.
      begin.run();
      const found = match.all(words.map((word) => `"${word}"*`).join(' AND '));
      const queryMs = performance.now() - startedAt;
      for (const productId of found) figures.get(own.branchCode, productId);
      commit.run();
      return { queryMs, ms: performance.now() - startedAt };
    },
  };
}
