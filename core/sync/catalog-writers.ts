import { savePrice, saveProduct, saveStock } from '../../db/catalog-writes.ts';
import type { PriceRow, ProductRow, StockRow } from '../connectors/register-rows.ts';
import type { RowWriter } from './apply-in-slices.ts';

/** With what rows are kept: the full read they belong to, whether it is the first of all, and when they were read. */
export type Reading = { readonly generation: number; readonly isFirstRead: boolean; readonly readAtMs: number };

/** Products with their SKUs and barcodes. */
export function productWriter({ generation, isFirstRead }: Reading): RowWriter<ProductRow> {
  return (tx, product) => saveProduct(tx, { ...product, generation }, isFirstRead);
}

/** Prices, a row for each SKU. */
export function priceWriter({ generation }: Reading): RowWriter<PriceRow> {
  return (tx, row) => savePrice(tx, { ...row, generation });
}

/** Balances, with the time they were read: a till shows how old they are. */
export function stockWriter({ generation, readAtMs }: Reading): RowWriter<StockRow> {
  return (tx, row) => saveStock(tx, { ...row, generation, readAtMs });
}
