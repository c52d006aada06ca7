import { asc, eq, sql } from 'drizzle-orm';
import type { ProductWrite } from './catalog-writes.ts';
import type { ReadDb, WriteTx } from './database-types.ts';
import { products, skus } from './schema-catalog.ts';
import { bulkStatement, readStatement, type BulkWrite } from './statement.ts';

const storedProduct = readStatement((orm) =>
  orm
    .select({
      productCode: products.productCode,
      reference: products.reference,
      description: products.description,
      unit: products.unit,
      ncm: products.ncm,
      brand: products.brand,
      collection: products.collection,
      productGroup: products.productGroup,
      department: products.department,
      isActive: products.isActive,
      isBlocked: products.isBlocked,
    })
    .from(products)
    .where(eq(products.productId, sql.placeholder('productId')))
    .prepare(),
);

const storedSkus = readStatement((orm) =>
  orm
    .select({
      sku: skus.sku,
      colorCode: skus.colorCode,
      color: skus.color,
      printCode: skus.printCode,
      print: skus.print,
      size: skus.size,
      position: skus.position,
      isActive: skus.isActive,
      // Named in full: the builder drops the tables' names.
      barcodes: sql<string>`(SELECT json_group_array(b.barcode ORDER BY b.barcode) FROM barcodes b WHERE b.sku = skus.sku)`,
    })
    .from(skus)
    .where(eq(skus.productId, sql.placeholder('productId')))
    .orderBy(asc(skus.position), asc(skus.sku))
    .prepare(),
);

/**
 * Whether a product, its SKUs and their barcodes are stored just as they came: in a whole read nearly all are, and
 * comparing costs a tenth of writing. What is stored is read and not remembered as a hash, as sweeps change it too.
 */
export function isStoredAlike(db: ReadDb, product: ProductWrite): boolean {
  const { productId } = product;
  const [row] = storedProduct(db).values({ productId });
  return (
    JSON.stringify(row) === JSON.stringify(valuesOf(product)) &&
    JSON.stringify(storedSkus(db).values({ productId })) === JSON.stringify(product.skus.map(valuesOfSku))
  );
}

function valuesOf(product: ProductWrite): unknown[] {
  return [
    product.productCode,
    product.reference,
    product.description,
    product.unit,
    product.ncm,
    product.brand,
    product.collection,
    product.productGroup,
    product.department,
    Number(product.isActive),
    Number(product.isBlocked),
  ];
}

function valuesOfSku(sku: ProductWrite['skus'][number], position: number): unknown[] {
  return [
    sku.sku,
    sku.colorCode,
    sku.color,
    sku.printCode,
    sku.print,
    sku.size,
    position,
    Number(sku.isActive),
    JSON.stringify(sku.barcodes.toSorted()),
  ];
}

type Version = Pick<ProductWrite, 'productId' | 'transId' | 'generation'>;

const seenProduct: BulkWrite<Version> = bulkStatement((orm) =>
  orm
    .update(products)
    .set({ transId: sql`${sql.placeholder('transId')}`, generation: sql`${sql.placeholder('generation')}` })
    .where(eq(products.productId, sql.placeholder('productId'))),
);
const seenSkus: BulkWrite<Version> = bulkStatement((orm) =>
  orm
    .update(skus)
    .set({ generation: sql`${sql.placeholder('generation')}` })
    .where(eq(skus.productId, sql.placeholder('productId'))),
);

/** Notes that a product came again as it is stored: its version, and the full read in which it and its SKUs were seen. */
export function markProductSeen(tx: WriteTx, version: Version): void {
  seenProduct(tx)(version);
  seenSkus(tx)(version);
}
