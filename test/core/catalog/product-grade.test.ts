import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findScannedSku } from '../../../core/catalog/catalog-queries.ts';
import { productQueries } from '../../../core/catalog/product-queries.ts';
import { temporaryDatabase } from '../sync/support.ts';
import { READ_AT_MS, writeProduct, writeStation } from './support.ts';

const { db, remove } = temporaryDatabase();
beforeAll(() => {
  writeStation(db);
  db.write((tx) => {
    writeProduct(tx, 1, {
      description: 'Camiseta',
      skus: [
        { color: 'Preto', size: 'PP', stock: 0 },
        { color: 'Preto', size: 'P', stock: null },
        { color: 'Preto', size: 'M', stock: -3, priceCents: 12_990 },
        { color: 'Branco', size: 'P', priceCents: null },
        { color: 'Branco', size: 'M', priceCents: 0, barcode: null },
        { color: 'Branco', size: 'G', isActive: false },
      ],
    });
    writeProduct(tx, 2, { description: 'Blusa', isBlocked: true });
    writeProduct(tx, 3, { description: 'Saia', isActive: false });
    writeProduct(tx, 4, { description: 'Broche', skus: [{ barcode: null }] });
  });
});
afterAll(remove);

const grade = (productId: number) => productQueries['product.grade'](db.read, { productId });

describe('the grade of a product', () => {
  it('has stock and price of each SKU: unknown is not zero, below zero is told', () => {
    const reply = grade(1);
    expect(reply).toMatchObject({
      ok: true,
      value: { sizes: ['PP', 'P', 'M'], stockAt: new Date(READ_AT_MS).toISOString() },
    });
    if (!reply.ok) return;
    const figures = reply.value.rows.map(({ color, cells }) => [
      color,
      ...cells.map((cell) => cell && [cell.stockMilli, cell.priceCents, cell.notForSale]),
    ]);
    expect(figures).toEqual([
      ['Preto', [0, 9990, null], [null, 9990, null], [-3000, 12_990, null]],
      ['Branco', null, [5000, null, 'price_missing'], [5000, null, 'price_missing']],
    ]);
  });

  it('keeps the order of the ERP, whatever its ids are', () => {
    const sizes = ['34', '35', '36', '37', '38', '39', '40', '41', '42', '43', '44', '33'];
    const skus = sizes.map((size) => ({ size, id: size }));
    db.write((tx) => writeProduct(tx, 5, { skus }));
    expect(grade(5)).toMatchObject({ value: { sizes } });
    // The ERP puts a new one at its beginning, which is where it belongs from now on.
    db.write((tx) => writeProduct(tx, 5, { transId: 6, skus: [{ size: '32', id: '99' }, ...skus] }));
    expect(grade(5)).toMatchObject({ value: { sizes: ['32', ...sizes] } });
  });

  it('shows what is blocked, and that it is not for sale', () => {
    expect(grade(2)).toMatchObject({ value: { rows: [{ cells: [{ notForSale: 'product_blocked' }] }] } });
  });

  it('is refused for what is gone', () => {
    expect(grade(3)).toMatchObject({ ok: false, error: { code: 'product_inactive', description: 'Saia' } });
    expect(grade(99)).toMatchObject({ ok: false, error: { code: 'product_not_found', productId: 99 } });
  });

  it('names a SKU without a barcode by its own id, which the till then sells', () => {
    expect(grade(4)).toMatchObject({ value: { rows: [{ cells: [{ sku: '4-0', barcode: '4-0' }] }] } });
    expect(findScannedSku(db.read, '4-0', '4-0')).toMatchObject({ ok: true, value: { sku: '4-0' } });
    // Typed or scanned alone it is no barcode, and nor is the id of a SKU that has one.
    expect(findScannedSku(db.read, '4-0')).toMatchObject({ error: { code: 'unknown_barcode' } });
    expect(findScannedSku(db.read, '1-0', '1-0')).toMatchObject({ error: { code: 'unknown_barcode' } });
  });
});
