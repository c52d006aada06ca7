import type { z } from 'zod';
import type { Remote } from '../connector.ts';
import type { PricePreviewRow, ProductRow } from '../register-rows.ts';
import type { MillenniumCall } from './client.ts';
import { MillenniumPrice, MillenniumProduct } from './decode-catalog.ts';
import { millenniumMethods as methods } from './millennium-methods.ts';

/** Products looked at: enough to find some with a price, and few enough for a slow server. */
const CANDIDATES = 30;

type ReadList = <Schema extends z.ZodType>(
  call: MillenniumCall,
  schema: Schema,
  top?: number,
) => Promise<Remote<readonly z.output<Schema>[]>>;

/**
 * A few products of the shop window with both their prices. Prices belong to `precodetabela`, asked for each product
 * alone: the whole table may be 60,000 rows.
 */
export async function previewPrices(
  readList: ReadList,
  vitrine: number,
  count: number,
): Promise<Remote<readonly PricePreviewRow[]>> {
  const products = await readList(
    { method: methods.products, query: { vitrine, trans_id: 0 } },
    MillenniumProduct,
    CANDIDATES,
  );
  if (!products.ok) return products;
  const rows: PricePreviewRow[] = [];
  for (const product of products.value.filter(isSellable)) {
    // Two equal prices cannot tell the columns apart: only products that can end the search early.
    if (rows.filter(differs).length >= count) break;
    const query = { vitrine, produto: product.productId };
    const prices = await readList({ method: methods.prices, query }, MillenniumPrice);
    if (!prices.ok) return prices;
    const row = toRow(product, prices.value);
    if (row !== null) rows.push(row);
  }
  const wanted = [...rows.filter(differs), ...rows.filter((row) => !differs(row))].slice(0, count);
  return { ok: true, value: wanted };
}

function toRow(product: ProductRow, prices: readonly z.output<typeof MillenniumPrice>[]): PricePreviewRow | null {
  for (const sku of product.skus) {
    const [barcode] = sku.barcodes;
    const price = prices.find((row) => row.sku === sku.sku);
    if (!sku.isActive || barcode === undefined || price === undefined || price.price1Cents === null) continue;
    const { description } = product;
    const { color, size } = sku;
    return { barcode, description, color, size, price1Cents: price.price1Cents, price2Cents: price.price2Cents };
  }
  return null;
}

const isSellable = (product: ProductRow): boolean => product.isActive && !product.isBlocked;
const differs = (row: PricePreviewRow): boolean => row.price2Cents !== null && row.price2Cents !== row.price1Cents;
