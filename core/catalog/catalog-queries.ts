import type { RefusalOf } from '../../contract/refusals.ts';
import { ok, refuse, type Result } from '../../contract/result.ts';
import { findSkusByBarcode, findSkuWithoutBarcode, findStock, type ScannedSku } from '../../db/catalog-queries.ts';
import type { ReadDb } from '../../db/database-types.ts';
import { findEnrolment } from '../../db/setup-queries.ts';
import type { QueryHandler } from '../handlers.ts';
import { findOwnBranch } from '../setup/read-policies.ts';
import { productQueries } from './product-queries.ts';

/**
 * The one SKU behind a barcode; a person chooses by `sku` when the catalogue gives the same code to several. A SKU that has
 * no barcode, found by searching, goes by its own id.
 */
export function findScannedSku(
  db: ReadDb,
  barcode: string,
  chosenSku: string | null = null,
): Result<ScannedSku, RefusalOf<'unknown_barcode' | 'ambiguous_barcode'>> {
  const skus = findSkusByBarcode(db, barcode).filter(({ sku }) => chosenSku === null || sku === chosenSku);
  const sku = skus[0] ?? (barcode === chosenSku ? findSkuWithoutBarcode(db, barcode) : undefined);
  if (sku === undefined) return refuse({ code: 'unknown_barcode', barcode });
  if (skus.length > 1) {
    return refuse({
      code: 'ambiguous_barcode',
      barcode,
      choices: skus.map(({ sku: id, description, color, size }) => ({ sku: id, description, color, size })),
    });
  }
  return ok(sku);
}

/** The price this store sells at, in cents; null when the price table has none. */
export function priceOf(sku: ScannedSku, priceColumn: number): number | null {
  return priceColumn === 2 ? sku.price2Cents : sku.price1Cents;
}

export const catalogQueries: typeof productQueries & {
  readonly 'catalog.findByBarcode': QueryHandler<'catalog.findByBarcode'>;
} = {
  ...productQueries,
  'catalog.findByBarcode': (db, { barcode }) => {
    const found = findScannedSku(db, barcode);
    if (!found.ok) return found;
    const sku = found.value;
    const stock = findStock(db, sku.sku, findOwnBranch(db)?.branchCode ?? '');
    return ok({
      sku: sku.sku,
      barcode,
      description: sku.description,
      reference: sku.reference,
      color: sku.color,
      print: sku.print,
      size: sku.size,
      priceCents: priceOf(sku, findEnrolment(db)?.priceColumn ?? 1),
      stockMilli: stock?.quantityMilli ?? null,
      stockAt: stock === null ? null : new Date(stock.readAtMs).toISOString(),
    });
  },
};
