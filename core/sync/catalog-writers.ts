import { savePrice, saveProduct, saveStock } from '../../db/catalog-writes.ts';
import type { PriceRow, ProductRow, StockRow } from '../connectors/connector.ts';
import type { RowWriter } from './apply-in-slices.ts';

/** Products with their SKUs and barcodes. */
export const productWriter: RowWriter<ProductRow> = {
  skusOf: (product) => Math.max(1, product.skus.length),
  save: saveProduct,
};

/** Prices, a row for each SKU. */
export const priceWriter: RowWriter<PriceRow> = { skusOf: () => 1, save: savePrice };

/** Balances, with the time they were read: a till shows how old they are. */
export function stockWriter(readAtMs: number): RowWriter<StockRow> {
  return { skusOf: () => 1, save: (tx, row) => saveStock(tx, { ...row, readAtMs }) };
}
