import { and, eq, sql } from 'drizzle-orm';
import type { ReadDb } from './database-types.ts';
import { barcodes, prices, products, skus, stocks } from './schema-catalog.ts';
import { readStatement } from './statement.ts';

/** A SKU found by barcode, with what decides whether it may be sold. Prices in cents; null is "not in the table". */
export type ScannedSku = {
  readonly sku: string;
  readonly productCode: string;
  readonly reference: string;
  readonly description: string;
  readonly color: string;
  readonly print: string;
  readonly size: string;
  readonly isActive: boolean;
  readonly isBlocked: boolean;
  readonly price1Cents: number | null;
  readonly price2Cents: number | null;
};

const SCANNED = {
  sku: skus.sku,
  productCode: products.productCode,
  reference: products.reference,
  description: products.description,
  color: skus.color,
  print: skus.print,
  size: skus.size,
  skuIsActive: skus.isActive,
  productIsActive: products.isActive,
  productIsBlocked: products.isBlocked,
  priceIsBlocked: prices.isBlocked,
  price1Cents: prices.price1Cents,
  price2Cents: prices.price2Cents,
};

const byBarcode = readStatement((orm) =>
  orm
    .select(SCANNED)
    .from(barcodes)
    .innerJoin(skus, eq(skus.sku, barcodes.sku))
    .innerJoin(products, eq(products.productId, skus.productId))
    .leftJoin(prices, eq(prices.sku, skus.sku))
    .where(eq(barcodes.barcode, sql.placeholder('barcode')))
    .orderBy(skus.sku)
    .prepare(),
);

const withoutBarcode = readStatement((orm) =>
  orm
    .select(SCANNED)
    .from(skus)
    .innerJoin(products, eq(products.productId, skus.productId))
    .leftJoin(prices, eq(prices.sku, skus.sku))
    .where(
      and(eq(skus.sku, sql.placeholder('sku')), sql`NOT EXISTS (SELECT 1 FROM barcodes WHERE barcodes.sku = skus.sku)`),
    )
    .prepare(),
);

/** Every SKU that carries `barcode`: none, one, or several when the catalogue repeats it. */
export function findSkusByBarcode(db: ReadDb, barcode: string): ScannedSku[] {
  return byBarcode(db).all({ barcode }).map(toScannedSku);
}

/** A SKU by its id at the ERP, if it has no barcode: nobody can scan it, so that it is searched for. */
export function findSkuWithoutBarcode(db: ReadDb, sku: string): ScannedSku | undefined {
  return withoutBarcode(db).all({ sku }).map(toScannedSku)[0];
}

function toScannedSku({
  skuIsActive,
  productIsActive,
  productIsBlocked,
  priceIsBlocked,
  ...sku
}: ReturnType<ReturnType<typeof byBarcode>['all']>[number]): ScannedSku {
  return {
    ...sku,
    isActive: skuIsActive && productIsActive,
    isBlocked: productIsBlocked || priceIsBlocked === true,
  };
}

const stockOf = readStatement((orm) =>
  orm
    .select({ quantityMilli: stocks.quantityMilli, readAtMs: stocks.readAtMs })
    .from(stocks)
    .where(and(eq(stocks.sku, sql.placeholder('sku')), eq(stocks.branchCode, sql.placeholder('branchCode'))))
    .prepare(),
);

/** The last reading of a SKU's stock in a branch; its quantity is null when the ERP does not know it. */
export function findStock(
  db: ReadDb,
  sku: string,
  branchCode: string,
): { quantityMilli: number | null; readAtMs: number } | null {
  return stockOf(db).get({ sku, branchCode }) ?? null;
}

const counts = readStatement((orm) =>
  orm
    .select({
      products: sql<number>`(SELECT count(*) FROM ${products})`,
      skus: sql<number>`(SELECT count(*) FROM ${skus})`,
    })
    .from(sql`(SELECT 1)`)
    .prepare(),
);

/** How large the catalogue is. */
export function countCatalog(db: ReadDb): { products: number; skus: number } {
  return counts(db).get() ?? { products: 0, skus: 0 };
}
