import type { RawDatabase } from '../floor/raw-database.ts';

/** Something that can be scanned and sold. */
export type Goods = { readonly sku: string; readonly barcode: string };

/** Goods of a loaded store that may be sold, whose barcode is no other's. */
export function readGoods(db: RawDatabase, count: number): readonly Goods[] {
  return db
    .prepare<[number], Goods>(
      `SELECT sku, barcode FROM barcodes JOIN skus USING (sku) JOIN products USING (product_id) JOIN prices USING (sku)
       WHERE products.is_active = 1 AND products.is_blocked = 0 AND skus.is_active = 1 AND prices.is_blocked = 0
         AND price1_cents > 0 AND (SELECT count(*) FROM barcodes other WHERE other.barcode = barcodes.barcode) = 1
       LIMIT ?`,
    )
    .all(count);
}
