import { and, asc, eq, gt, lte, sql } from 'drizzle-orm';
import type { WriteTx } from './database-types.ts';
import { products, productSearch, skus } from './schema-catalog.ts';
import { productWords, type SearchableProduct } from '../contract/search-words.ts';
import { bulkStatement, plainRows, readStatement, writeStatement, type BulkWrite } from './statement.ts';

/**
 * Products looked at in one transaction. `whileClosed` is for the first read, in which nobody scans: larger ones make the
 * index cheaper, each of them being a part that is merged later. `whileOpen` there is next to nothing to index.
 */
export const SLICE_PRODUCTS = { whileClosed: 500, whileOpen: 100 } as const;

type IndexRow = { readonly productId: number; readonly words: string };

const wordsOf = readStatement((orm) =>
  orm
    .select({ words: productSearch.words })
    .from(productSearch)
    .where(eq(productSearch.productId, sql.placeholder('productId')))
    .prepare(),
);

const insertWords: BulkWrite<IndexRow> = bulkStatement((orm) =>
  orm.insert(productSearch).values({ productId: sql.placeholder('productId'), words: sql.placeholder('words') }),
);

const deleteWords: BulkWrite<Pick<IndexRow, 'productId'>> = bulkStatement((orm) =>
  orm.delete(productSearch).where(eq(productSearch.productId, sql.placeholder('productId'))),
);

/**
 * Keeps the words of a product in the index, in the transaction that writes the product. Products that are not for sale
 * are not in it. An index is only written when its words change: prices, taxes and dates do not.
 */
export function indexProduct(
  tx: WriteTx,
  product: SearchableProduct & {
    readonly productId: number;
    readonly isActive: boolean;
    readonly skus: readonly {
      readonly color: string;
      readonly print: string;
      readonly size: string;
      readonly isActive: boolean;
    }[];
  },
): void {
  const { productId } = product;
  const stored = wordsOf(tx).get({ productId })?.words ?? '';
  const skuTexts = product.skus.flatMap(({ color, print, size, isActive }) => (isActive ? [color, print, size] : []));
  const words = product.isActive ? productWords(product, skuTexts) : '';
  if (words === stored) return;
  if (stored !== '') deleteWords(tx)({ productId });
  if (words !== '') insertWords(tx)({ productId, words });
}

const sliceEnd = readStatement((orm) =>
  orm
    .select({ productId: products.productId })
    .from(products)
    .where(gt(products.productId, sql.placeholder('after')))
    .orderBy(asc(products.productId))
    .limit(1)
    .offset(sql.placeholder('offset'))
    .prepare(),
);

const MISSING = {
  productId: products.productId,
  productCode: products.productCode,
  reference: products.reference,
  description: products.description,
  brand: products.brand,
  collection: products.collection,
  productGroup: products.productGroup,
  // Six rows a product would be read and named for a few words.
  skuTexts: sql<string>`group_concat(DISTINCT ${skus.color}) || ' ' || group_concat(DISTINCT ${skus.print})
    || ' ' || group_concat(DISTINCT ${skus.size})`.as('sku_texts'),
};
type MissingRow = SearchableProduct & { readonly productId: number; readonly skuTexts: string };

const missing = readStatement((orm) =>
  orm
    .select(MISSING)
    .from(products)
    .innerJoin(skus, and(eq(skus.productId, products.productId), eq(skus.isActive, true)))
    .where(
      and(
        gt(products.productId, sql.placeholder('after')),
        lte(products.productId, sql.placeholder('last')),
        eq(products.isActive, true),
        sql`NOT EXISTS (SELECT 1 FROM product_search WHERE product_search.rowid = products.product_id)`,
      ),
    )
    .groupBy(products.productId)
    .orderBy(asc(products.productId))
    .prepare(),
);

/**
 * Indexes products that are not in the index, of the next `slice`: after a first load all of them. Answers after which
 * product to go on, null at the end. What a kill left out comes again, what was done is passed by.
 */
export function indexMissingProducts(tx: WriteTx, after: number, slice: number): number | null {
  const next = sliceEnd(tx).get({ after, offset: slice - 1 })?.productId ?? null;
  const rows = missing(tx).values({ after, last: next ?? Number.MAX_SAFE_INTEGER });
  const insert = insertWords(tx);
  for (const { productId, skuTexts, ...product } of plainRows<MissingRow>(MISSING, rows)) {
    const words = productWords(product, [skuTexts]);
    if (words !== '') insert({ productId, words });
  }
  return next;
}

const connection = writeStatement((orm) => orm);

/** Takes products out of the index that are not for sale any more, of those with an id in a range, its end included. */
export function forgetInactiveProducts(tx: WriteTx, { after, last }: { after: number; last: number }): void {
  connection(tx).run(
    sql`DELETE FROM product_search WHERE rowid IN
        (SELECT product_id FROM products WHERE product_id > ${after} AND product_id <= ${last} AND is_active = 0)`,
  );
}
