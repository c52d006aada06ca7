import type { GradeCellView, ProductRowView } from '../../contract/product-views.ts';
import { ok, refuse } from '../../contract/result.ts';
import type { ReadDb } from '../../db/database-types.ts';
import {
  findProduct,
  findProductCard,
  listGradeSkus,
  listProductsByCode,
  listProductsByWords,
  listSkusForSale,
  type GradeSku,
  type IndexedProduct,
  type OwnFigures,
  type ProductCard,
} from '../../db/product-queries.ts';
import { findEnrolment } from '../../db/setup-queries.ts';
import type { QueryHandler } from '../handlers.ts';
import { findOwnBranch } from '../setup/read-policies.ts';
import { arrangeGrade } from './grade-rules.ts';
import { parseProductSearch, type IndexQuestion } from './search-rules.ts';

/** Products looked at to rank them, at least: a description that begins with the text is rarely behind so many. */
const CANDIDATES = 100;

/** What a cashier looks for with the piece not at hand. */
export const productQueries: {
  readonly 'product.search': QueryHandler<'product.search'>;
  readonly 'product.grade': QueryHandler<'product.grade'>;
} = {
  'product.search': (db, { text, limit }) => {
    const found = findProducts(db, text, limit + 1);
    const own = findOwnFigures(db);
    const products: ProductRowView[] = [];
    for (const [productId, sku] of [...found].slice(0, limit)) {
      const card = findProductCard(db, productId, own);
      if (card !== null) products.push(toProductRow(card, sku));
    }
    return ok({ products, isMore: found.size > limit });
  },

  'product.grade': (db, { productId }) => {
    const product = findProduct(db, productId);
    if (product === null) return refuse({ code: 'product_not_found', productId });
    const { isActive, isBlocked, ...texts } = product;
    if (!isActive) return refuse({ code: 'product_inactive', description: product.description });
    const skus = listGradeSkus(db, productId, findOwnFigures(db));
    const { sizes, rows } = arrangeGrade(skus);
    const readings = skus.flatMap(({ stockAtMs }) => (stockAtMs === null ? [] : [stockAtMs]));
    return ok({
      productId,
      ...texts,
      sizes: [...sizes],
      rows: rows.map(({ color, print, cells }) => ({
        color,
        print,
        cells: cells.map((sku) => (sku === null ? null : toCell(sku, isBlocked))),
      })),
      stockAt: readings.length === 0 ? null : new Date(Math.min(...readings)).toISOString(),
    });
  },
};

/** Products in their rank, with the SKU whose barcode was typed; more than `limit` when there are. */
function findProducts(db: ReadDb, text: string, limit: number): ReadonlyMap<number, string | null> {
  const found = new Map<number, string | null>();
  const add = (productId: number, sku: string | null = null): void => {
    if (!found.has(productId)) found.set(productId, sku);
  };
  if (text === '') return found;
  for (const { productId, sku } of listSkusForSale(db, text)) add(productId, sku);
  for (const productId of listProductsByCode(db, text, limit)) add(productId);
  const search = parseProductSearch(text);
  if (search === null) return found;
  const first = ask(db, search.first, limit);
  const [begin, rest] = [first.filter(({ words }) => search.beginsDescription(words)), first];
  for (const { productId } of [...begin, ...rest]) add(productId);
  if (found.size < limit) for (const { productId } of ask(db, search.all, limit)) add(productId);
  return found;
}

function ask(db: ReadDb, { loose, strict, isMatch }: IndexQuestion, limit: number): IndexedProduct[] {
  const candidates = Math.max(2 * limit, CANDIDATES);
  const found = listProductsByWords(db, loose, candidates);
  const matching = found.filter(({ words }) => isMatch(words));
  // Enough, or all there are. Otherwise the word is rare among those that begin like it: finding it alone is quick.
  if (matching.length >= limit || found.length < candidates) return matching;
  return listProductsByWords(db, strict, candidates);
}

function findOwnFigures(db: ReadDb): OwnFigures {
  return { branchCode: findOwnBranch(db)?.branchCode ?? '', priceColumn: findEnrolment(db)?.priceColumn ?? 1 };
}

function toProductRow({ isBlocked, ...card }: ProductCard, sku: string | null): ProductRowView {
  return { ...card, isBlocked: isBlocked === 1, sku };
}

function toCell(sku: GradeSku, isProductBlocked: boolean): GradeCellView {
  const isBlocked = isProductBlocked || sku.priceIsBlocked === true;
  return {
    sku: sku.sku,
    // A SKU without a barcode is sold by its own id.
    barcode: sku.barcode ?? sku.sku,
    priceCents: sku.priceCents,
    stockMilli: sku.stockMilli,
    stockAt: sku.stockAtMs === null ? null : new Date(sku.stockAtMs).toISOString(),
    notForSale: isBlocked ? 'product_blocked' : sku.priceCents === null ? 'price_missing' : null,
  };
}
