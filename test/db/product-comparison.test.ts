import SqliteDatabase from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sweepRegister, SWEEP_START } from '../../db/catalog-sweep.ts';
import { saveProduct, type ProductWrite } from '../../db/catalog-writes.ts';
import { temporaryDatabase } from '../core/sync/support.ts';

let database: ReturnType<typeof temporaryDatabase>;
let raw: SqliteDatabase.Database;
beforeEach(() => {
  database = temporaryDatabase();
  raw = new SqliteDatabase(database.db.file);
});
afterEach(() => {
  raw.close();
  database.remove();
});

const skuOf = (index: number, color: string): ProductWrite['skus'][number] => ({
  sku: `1-${index}`,
  colorCode: String(index),
  color,
  printCode: '0',
  print: '',
  size: 'U',
  isActive: true,
  barcodes: [`789${index}`, `790${index}`],
});
const black = skuOf(0, 'Preto');
const white = skuOf(1, 'Branco');
const shirt: ProductWrite = {
  productId: 1,
  productCode: '100001',
  reference: 'RF1',
  description: 'Camiseta',
  unit: 'PC',
  ncm: '61091000',
  brand: 'Marca',
  collection: 'Verão',
  productGroup: 'Camisetas',
  department: 'Feminino',
  isActive: true,
  isBlocked: false,
  transId: 1,
  generation: 1,
  skus: [black, white],
};

const save = (product: ProductWrite): boolean => database.db.write((tx) => saveProduct(tx, product));
const stored = (): unknown[] => [
  raw.prepare('SELECT * FROM products').all(),
  raw.prepare('SELECT * FROM skus ORDER BY sku').all(),
  raw.prepare('SELECT * FROM barcodes ORDER BY sku, barcode').all(),
  raw.prepare('SELECT * FROM product_search').all(),
];

describe('a product that comes again', () => {
  test('is written anew in no part when it says the same, and counts as seen', () => {
    save(shirt);
    raw.exec(`
      CREATE TRIGGER no_barcode BEFORE DELETE ON barcodes BEGIN SELECT RAISE(ABORT, 'barcode written'); END;
      CREATE TRIGGER no_sku BEFORE UPDATE OF color ON skus BEGIN SELECT RAISE(ABORT, 'sku written'); END;
      CREATE TRIGGER no_product BEFORE UPDATE OF description ON products BEGIN SELECT RAISE(ABORT, 'product written'); END;
    `);
    const twisted = { ...black, barcodes: black.barcodes.toReversed() };
    expect(save({ ...shirt, transId: 2, generation: 2, skus: [twisted, white] })).toBe(true);
    expect(raw.prepare('SELECT trans_id, generation FROM products').all()).toEqual([{ trans_id: 2, generation: 2 }]);
    expect(raw.prepare('SELECT DISTINCT generation FROM skus').all()).toEqual([{ generation: 2 }]);
    expect(() => save({ ...shirt, transId: 3, description: 'Blusa' })).toThrow('written');
  });

  const changes: readonly [string, Partial<ProductWrite>][] = [
    ...(['productCode', 'reference', 'description', 'unit', 'ncm', 'brand'] as const).map(fieldToText),
    ...(['collection', 'productGroup', 'department'] as const).map(fieldToText),
    ['isActive', { isActive: false }],
    ['isBlocked', { isBlocked: true }],
    ...(['colorCode', 'color', 'printCode', 'print', 'size'] as const).map((field): [string, Partial<ProductWrite>] => {
      return [`the ${field} of a SKU`, { skus: [black, { ...white, [field]: 'other' }] }];
    }),
    ['isActive of a SKU', { skus: [{ ...black, isActive: false }, white] }],
    ['a barcode', { skus: [black, { ...white, barcodes: ['7891', '999'] }] }],
    ['a barcode less', { skus: [black, { ...white, barcodes: ['7891'] }] }],
    ['the order of SKUs', { skus: [white, black] }],
    ['another SKU', { skus: [black, white, { ...black, sku: '1-2', barcodes: [] }] }],
  ];
  test.each(changes)('is written when it differs in %s', (_name, change) => {
    save(shirt);
    const changed = { ...shirt, ...change, transId: 2, generation: 2 };
    save(changed);
    const after = stored();
    for (const table of ['barcodes', 'skus', 'product_search', 'products']) raw.exec(`DELETE FROM ${table}`);
    save(changed);
    expect(after).toEqual(stored());
  });

  test('without a SKU that is here does not count that one as seen', () => {
    save(shirt);
    save({ ...shirt, skus: [black], transId: 2, generation: 2 });
    expect(raw.prepare("SELECT generation FROM skus WHERE sku = '1-1'").get()).toEqual({ generation: 1 });
  });

  test('is for sale again after a whole read had taken it away', () => {
    save(shirt);
    database.db.write((tx) => {
      sweepRegister(tx, 'products', 2, SWEEP_START);
      sweepRegister(tx, 'products', 2, { table: 1, after: '' });
    });
    expect(raw.prepare('SELECT is_active FROM skus').pluck().all()).toEqual([0, 0]);
    save({ ...shirt, generation: 2 });
    expect(raw.prepare('SELECT is_active FROM products UNION ALL SELECT is_active FROM skus').pluck().all()).toEqual([
      1, 1, 1,
    ]);
  });
});

function fieldToText(field: keyof ProductWrite): [string, Partial<ProductWrite>] {
  return [field, { [field]: 'other' }];
}
