import { z } from 'zod';
import { Instant } from './ids.ts';
import { Cents } from './money.ts';

/**
 * A product as the search lists it.
 *
 * Prices are the lowest and highest of its SKUs for sale, null when none has a price here. `stockMilli` is the sum of
 * this branch's balances as they were read last: null when none is known, below zero when the ERP says so. `sku`: the one
 * whose barcode was typed.
 */
export const ProductRowView = z.object({
  productId: z.int(),
  productCode: z.string(),
  reference: z.string(),
  description: z.string(),
  brand: z.string(),
  collection: z.string(),
  lowestCents: Cents.nullable(),
  highestCents: Cents.nullable(),
  stockMilli: z.int().nullable(),
  /** Found, but not to be sold: taken back by the maker, for example. */
  isBlocked: z.boolean(),
  sku: z.string().nullable(),
});

/** What a search found, the best first; `isMore`: there would be more rows with a higher limit. */
export const ProductSearchView = z.object({ products: z.array(ProductRowView), isMore: z.boolean() });

/**
 * One SKU in the grade. `barcode` is what `sale.addItem` takes with the `sku`. Why it cannot be sold, null when it can;
 * stock is never a reason. `stockMilli` null is unknown, which is not zero.
 */
export const GradeCellView = z.object({
  sku: z.string(),
  barcode: z.string(),
  priceCents: Cents.nullable(),
  stockMilli: z.int().nullable(),
  stockAt: Instant.nullable(),
  notForSale: z.enum(['product_blocked', 'price_missing']).nullable(),
});

/**
 * The grade of a product: a row for each colour and print, a column for each size in the ERP's order. A cell is null where
 * the product is not made or not for sale. `stockAt`: the oldest of its readings.
 */
export const ProductGradeView = z.object({
  productId: z.int(),
  productCode: z.string(),
  reference: z.string(),
  description: z.string(),
  brand: z.string(),
  collection: z.string(),
  sizes: z.array(z.string()),
  rows: z.array(z.object({ color: z.string(), print: z.string(), cells: z.array(GradeCellView.nullable()) })),
  stockAt: Instant.nullable(),
});

export type ProductRowView = z.infer<typeof ProductRowView>;
export type ProductSearchView = z.infer<typeof ProductSearchView>;
export type GradeCellView = z.infer<typeof GradeCellView>;
export type ProductGradeView = z.infer<typeof ProductGradeView>;
