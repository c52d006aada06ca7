import { eq, sql } from 'drizzle-orm';
import type { ReadDb, WriteTx } from './database-types.ts';
import { isStoredAlike, markProductSeen } from './product-comparison.ts';
import { indexProduct } from './product-index.ts';
import { barcodes, prices, products, skus, stocks } from './schema-catalog.ts';
import { bulkStatement, readStatement, type BulkWrite } from './statement.ts';

type StoredSku = Omit<typeof skus.$inferSelect, 'productId' | 'generation' | 'position'> & {
  readonly barcodes: readonly string[];
};

/**
 * A product with its SKUs and their barcodes, as the register of products has it. `generation`: the full read of the
 * register it comes with; the first row of a new one wins over what is here, as ids of an older one may mean nothing.
 */
export type ProductWrite = typeof products.$inferSelect & { readonly skus: readonly StoredSku[] };
export type PriceWrite = typeof prices.$inferSelect;
export type StockWrite = typeof stocks.$inferSelect;

const versionOfProduct = readStatement((orm) =>
  orm
    .select({ transId: products.transId, generation: products.generation })
    .from(products)
    .where(eq(products.productId, sql.placeholder('productId')))
    .prepare(),
);

const upsertProduct: BulkWrite<typeof products.$inferSelect> = bulkStatement((orm) =>
  orm
    .insert(products)
    .values({
      productId: sql.placeholder('productId'),
      productCode: sql.placeholder('productCode'),
      reference: sql.placeholder('reference'),
      description: sql.placeholder('description'),
      unit: sql.placeholder('unit'),
      ncm: sql.placeholder('ncm'),
      brand: sql.placeholder('brand'),
      collection: sql.placeholder('collection'),
      productGroup: sql.placeholder('productGroup'),
      department: sql.placeholder('department'),
      isActive: sql.placeholder('isActive'),
      isBlocked: sql.placeholder('isBlocked'),
      transId: sql.placeholder('transId'),
      generation: sql.placeholder('generation'),
    })
    .onConflictDoUpdate({
      target: products.productId,
      set: {
        productCode: sql`excluded.product_code`,
        reference: sql`excluded.reference`,
        description: sql`excluded.description`,
        unit: sql`excluded.unit`,
        ncm: sql`excluded.ncm`,
        brand: sql`excluded.brand`,
        collection: sql`excluded.collection`,
        productGroup: sql`excluded.product_group`,
        department: sql`excluded.department`,
        isActive: sql`excluded.is_active`,
        isBlocked: sql`excluded.is_blocked`,
        transId: sql`excluded.trans_id`,
        generation: sql`excluded.generation`,
      },
    }),
);

const upsertSku: BulkWrite<typeof skus.$inferSelect> = bulkStatement((orm) =>
  orm
    .insert(skus)
    .values({
      sku: sql.placeholder('sku'),
      productId: sql.placeholder('productId'),
      colorCode: sql.placeholder('colorCode'),
      color: sql.placeholder('color'),
      printCode: sql.placeholder('printCode'),
      print: sql.placeholder('print'),
      size: sql.placeholder('size'),
      position: sql.placeholder('position'),
      isActive: sql.placeholder('isActive'),
      generation: sql.placeholder('generation'),
    })
    .onConflictDoUpdate({
      target: skus.sku,
      set: {
        productId: sql`excluded.product_id`,
        colorCode: sql`excluded.color_code`,
        color: sql`excluded.color`,
        printCode: sql`excluded.print_code`,
        print: sql`excluded.print`,
        size: sql`excluded.size`,
        position: sql`excluded.position`,
        isActive: sql`excluded.is_active`,
        generation: sql`excluded.generation`,
      },
    }),
);

const deleteBarcodes: BulkWrite<{ readonly sku: string }> = bulkStatement((orm) =>
  orm.delete(barcodes).where(eq(barcodes.sku, sql.placeholder('sku'))),
);

const insertBarcode: BulkWrite<typeof barcodes.$inferSelect> = bulkStatement((orm) =>
  orm
    .insert(barcodes)
    .values({ barcode: sql.placeholder('barcode'), sku: sql.placeholder('sku') })
    .onConflictDoNothing(),
);

/**
 * Keeps a product, its SKUs and their barcodes as the ERP has them, unless a newer version of it is here already.
 * SKUs that the ERP does not name any more stay until the next full read. A barcode that left its SKU goes. The search
 * finds it by its new words at once; while `isFirstRead`, by `indexMissingProducts` at its end.
 */
export function saveProduct(tx: WriteTx, product: ProductWrite, isFirstRead = false): boolean {
  const stored = findVersion(tx, product.productId);
  if (stored !== null && stored.generation >= product.generation && stored.transId >= product.transId) return false;
  if (stored !== null && isStoredAlike(tx, product)) {
    markProductSeen(tx, product);
    return true;
  }
  upsertProduct(tx)(product);
  for (const [position, sku] of product.skus.entries()) {
    upsertSku(tx)({ ...sku, productId: product.productId, position, generation: product.generation });
    if (stored !== null) deleteBarcodes(tx)({ sku: sku.sku });
    for (const barcode of sku.barcodes) insertBarcode(tx)({ barcode, sku: sku.sku });
  }
  if (!isFirstRead || stored !== null) indexProduct(tx, product);
  return true;
}

const upsertPrice: BulkWrite<PriceWrite> = bulkStatement((orm) =>
  orm
    .insert(prices)
    .values({
      sku: sql.placeholder('sku'),
      price1Cents: sql.placeholder('price1Cents'),
      price2Cents: sql.placeholder('price2Cents'),
      isBlocked: sql.placeholder('isBlocked'),
      transId: sql.placeholder('transId'),
      generation: sql.placeholder('generation'),
    })
    .onConflictDoUpdate({
      target: prices.sku,
      set: {
        price1Cents: sql`excluded.price1_cents`,
        price2Cents: sql`excluded.price2_cents`,
        isBlocked: sql`excluded.is_blocked`,
        transId: sql`excluded.trans_id`,
        generation: sql`excluded.generation`,
      },
      // A late page must not undo a newer price.
      setWhere: sql`excluded.trans_id > ${prices.transId} OR excluded.generation > ${prices.generation}`,
    }),
);

/** Keeps the prices of a SKU, unless newer ones are here already. */
export function savePrice(tx: WriteTx, price: PriceWrite): boolean {
  return upsertPrice(tx)(price) === 1;
}

const upsertStock: BulkWrite<StockWrite> = bulkStatement((orm) =>
  orm
    .insert(stocks)
    .values({
      sku: sql.placeholder('sku'),
      branchCode: sql.placeholder('branchCode'),
      quantityMilli: sql.placeholder('quantityMilli'),
      readAtMs: sql.placeholder('readAtMs'),
      transId: sql.placeholder('transId'),
      generation: sql.placeholder('generation'),
    })
    .onConflictDoUpdate({
      target: [stocks.sku, stocks.branchCode],
      set: {
        quantityMilli: sql`excluded.quantity_milli`,
        readAtMs: sql`excluded.read_at_ms`,
        transId: sql`excluded.trans_id`,
        generation: sql`excluded.generation`,
      },
      setWhere: sql`excluded.trans_id > ${stocks.transId} OR excluded.generation > ${stocks.generation}`,
    }),
);

/** Keeps the balance of a SKU in a branch with the time it was read, unless a newer one is here already. */
export function saveStock(tx: WriteTx, stock: StockWrite): boolean {
  return upsertStock(tx)(stock) === 1;
}

function findVersion(db: ReadDb, productId: number): { readonly transId: number; readonly generation: number } | null {
  return versionOfProduct(db).get({ productId }) ?? null;
}
