import SqliteDatabase from 'better-sqlite3';
import { saveProduct, savePrice, saveStock, type ProductWrite } from '../../../db/catalog-writes.ts';
import type { Database, WriteTx } from '../../../db/database-types.ts';
import { insertEnrolment } from '../../../db/setup-queries.ts';
import { saveBranch, saveStation } from '../../../db/station-queries.ts';
import { BRANCH_RECORD, ENROLMENT_ROW, STATION_ROW } from '../../support/station-rows.ts';

export const READ_AT_MS = Date.parse('2026-09-13T09:30:00.000Z');

/** One SKU: `colour size`, what it costs (cents), how many there are (pieces; null unknown), its barcode. */
export type TestSku = {
  /** Its id after the product's; its place when left out. */
  readonly id?: string;
  readonly color?: string;
  readonly size?: string;
  readonly priceCents?: number | null;
  readonly stock?: number | null;
  readonly barcode?: string | null;
  readonly isActive?: boolean;
};

export type TestProduct = Partial<Omit<ProductWrite, 'skus' | 'productId'>> & { readonly skus?: readonly TestSku[] };

/** A station of branch 00010 that charges the first price, with nothing in its catalogue. */
export function writeStation(db: Database): void {
  db.write((tx) => {
    insertEnrolment(tx, ENROLMENT_ROW);
    saveBranch(tx, BRANCH_RECORD);
    saveStation(tx, STATION_ROW);
  });
}

/** Writes a product as the register of products does; its SKUs are `productId-0`, `productId-1`, ... */
export function writeProduct(tx: WriteTx, productId: number, product: TestProduct = {}, isFirstRead = false): void {
  const { skus = [{}], ...texts } = product;
  const { generation = 1, transId = productId } = product;
  saveProduct(
    tx,
    {
      productId,
      productCode: String(100_000 + productId),
      reference: `RF${productId}`,
      description: `Produto ${productId}`,
      unit: 'PC',
      ncm: '61091000',
      brand: '',
      collection: '',
      productGroup: '',
      department: '',
      isActive: true,
      isBlocked: false,
      generation,
      transId,
      ...texts,
      skus: skus.map((sku, index) => ({
        sku: `${productId}-${sku.id ?? index}`,
        colorCode: sku.color ?? 'Preto',
        color: sku.color ?? 'Preto',
        printCode: '0',
        print: '',
        size: sku.size ?? 'U',
        isActive: sku.isActive ?? true,
        barcodes: sku.barcode === null ? [] : [sku.barcode ?? `789${productId}${index}`],
      })),
    },
    isFirstRead,
  );
  for (const [index, { id = index, priceCents = 9990, stock = 5 }] of skus.entries()) {
    const common = { sku: `${productId}-${id}`, transId, generation };
    if (priceCents !== null) {
      savePrice(tx, { ...common, price1Cents: priceCents, price2Cents: priceCents + 1, isBlocked: false });
    }
    const quantityMilli = stock === null ? null : stock * 1000;
    saveStock(tx, { ...common, branchCode: BRANCH_RECORD.branchCode, quantityMilli, readAtMs: READ_AT_MS });
    // Another branch's balance is nobody's business here.
    saveStock(tx, { ...common, branchCode: '00020', quantityMilli: 777_000, readAtMs: READ_AT_MS });
  }
}

/** What the index says of its own pages, among it how often it was written. */
export function readIndexState(db: Database): unknown {
  const raw = new SqliteDatabase(db.file, { readonly: true });
  try {
    return raw.prepare('SELECT hex(block) FROM product_search_data WHERE id = 10').pluck().get();
  } finally {
    raw.close();
  }
}
