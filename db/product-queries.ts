import { and, asc, desc, eq, sql } from 'drizzle-orm';
import type { ReadDb } from './database-types.ts';
import { barcodes, prices, products, productSearch, skus, stocks } from './schema-catalog.ts';
import { plainRows, readStatement } from './statement.ts';

const byWords = readStatement((orm) =>
  orm
    .select({ productId: productSearch.productId, words: productSearch.words })
    .from(productSearch)
    .where(sql`product_search MATCH ${sql.placeholder('match')}`)
    // The order that costs nothing, and the newest products are what people ask for. By relevance it took 50 ms.
    .orderBy(sql`rowid DESC`)
    .limit(sql.placeholder('limit'))
    .prepare(),
);

/** A product in the index, with its words as `productWords` makes them. */
export type IndexedProduct = { readonly productId: number; readonly words: string };

/** Products that `match` (a query of FTS5) finds, the newest first. */
export function listProductsByWords(db: ReadDb, match: string, limit: number): IndexedProduct[] {
  return plainRows<IndexedProduct>({ productId: true, words: true }, byWords(db).values({ match, limit }));
}

const byBarcode = readStatement((orm) =>
  orm
    .select({ productId: skus.productId, sku: skus.sku })
    .from(barcodes)
    .innerJoin(skus, and(eq(skus.sku, barcodes.sku), eq(skus.isActive, true)))
    .innerJoin(products, and(eq(products.productId, skus.productId), eq(products.isActive, true)))
    .where(eq(barcodes.barcode, sql.placeholder('barcode')))
    .orderBy(skus.sku)
    .prepare(),
);

/** The SKUs for sale that carry a barcode, with their products. */
export function listSkusForSale(db: ReadDb, barcode: string): { readonly productId: number; readonly sku: string }[] {
  return byBarcode(db).all({ barcode });
}

const byCode = readStatement((orm) =>
  orm
    .select({ productId: products.productId })
    .from(products)
    .where(
      and(
        // Joined by OR the two indexes are not used at all, and the table is read from end to end: 30 ms.
        sql`products.product_id IN (
          SELECT product_id FROM products WHERE product_code = ${sql.placeholder('code')}
          UNION ALL SELECT product_id FROM products WHERE reference = ${sql.placeholder('code')} COLLATE NOCASE
        )`,
        eq(products.isActive, true),
      ),
    )
    .orderBy(desc(products.productId))
    .limit(sql.placeholder('limit'))
    .prepare(),
);

/** Ids of the products for sale whose code or reference is exactly this one, the newest first. */
export function listProductsByCode(db: ReadDb, code: string, limit: number): number[] {
  return byCode(db)
    .all({ code, limit })
    .map(({ productId }) => productId);
}

const price = sql`nullif(CASE ${sql.placeholder('priceColumn')} WHEN 2 THEN ${prices.price2Cents} ELSE ${prices.price1Cents} END, 0)`;

const CARD = {
  productId: products.productId,
  productCode: products.productCode,
  reference: products.reference,
  description: products.description,
  brand: products.brand,
  collection: products.collection,
  isBlocked: sql<number>`${products.isBlocked}`.as('is_blocked'),
  lowestCents: sql<number | null>`min(${price})`.as('lowest'),
  highestCents: sql<number | null>`max(${price})`.as('highest'),
  stockMilli: sql<number | null>`sum(${stocks.quantityMilli})`.as('stock'),
};

/**
 * A product as a list shows it, of its SKUs for sale: between which prices (cents; null: none has one), how much is in stock (thousandths; null: not known of any).
 */
export type ProductCard = {
  readonly productId: number;
  readonly productCode: string;
  readonly reference: string;
  readonly description: string;
  readonly brand: string;
  readonly collection: string;
  readonly isBlocked: number;
  readonly lowestCents: number | null;
  readonly highestCents: number | null;
  readonly stockMilli: number | null;
};

/** Which of a product's prices and balances count here. */
export type OwnFigures = { readonly branchCode: string; readonly priceColumn: number };

const card = readStatement((orm) =>
  orm
    .select(CARD)
    .from(products)
    .innerJoin(skus, and(eq(skus.productId, products.productId), eq(skus.isActive, true)))
    .leftJoin(prices, eq(prices.sku, skus.sku))
    .leftJoin(stocks, and(eq(stocks.sku, skus.sku), eq(stocks.branchCode, sql.placeholder('branchCode'))))
    .where(eq(products.productId, sql.placeholder('productId')))
    .groupBy(products.productId)
    .prepare(),
);

/** The card of a product; null when no SKU of it is for sale. */
export function findProductCard(db: ReadDb, productId: number, own: OwnFigures): ProductCard | null {
  return plainRows<ProductCard>(CARD, card(db).values({ ...own, productId }))[0] ?? null;
}

const productById = readStatement((orm) =>
  orm
    .select({
      productCode: products.productCode,
      reference: products.reference,
      description: products.description,
      brand: products.brand,
      collection: products.collection,
      isBlocked: products.isBlocked,
      isActive: products.isActive,
    })
    .from(products)
    .where(eq(products.productId, sql.placeholder('productId')))
    .prepare(),
);

/** A product by its id at the ERP, whether it is for sale or not. */
export function findProduct(db: ReadDb, productId: number) {
  return productById(db).get({ productId }) ?? null;
}

const gradeSkus = readStatement((orm) =>
  orm
    .select({
      sku: skus.sku,
      colorCode: skus.colorCode,
      color: skus.color,
      printCode: skus.printCode,
      print: skus.print,
      size: skus.size,
      barcode: sql<string | null>`(SELECT min(barcodes.barcode) FROM barcodes WHERE barcodes.sku = skus.sku)`,
      priceIsBlocked: prices.isBlocked,
      priceCents: sql<number | null>`${price}`,
      stockMilli: stocks.quantityMilli,
      stockAtMs: stocks.readAtMs,
    })
    .from(skus)
    .leftJoin(prices, eq(prices.sku, skus.sku))
    .leftJoin(stocks, and(eq(stocks.sku, skus.sku), eq(stocks.branchCode, sql.placeholder('branchCode'))))
    .where(and(eq(skus.productId, sql.placeholder('productId')), eq(skus.isActive, true)))
    .orderBy(asc(skus.position), asc(skus.sku))
    .prepare(),
);

/** A SKU for sale as the grade shows it; `barcode` is one of its own, null when it has none. */
export type GradeSku = ReturnType<typeof listGradeSkus>[number];

/** The SKUs of a product that are for sale, in the ERP's order. Prices that are zero are none. */
export function listGradeSkus(db: ReadDb, productId: number, own: OwnFigures) {
  return gradeSkus(db).all({ ...own, productId });
}
