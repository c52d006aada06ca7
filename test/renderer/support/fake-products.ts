import type { GradeCellView, ProductGradeView, ProductRowView } from '../../../contract/product-views.ts';

export const READ_AT = '2026-11-21T12:32:00.000Z';

/** A product as the search lists it. */
export function productRow(productId: number, change: Partial<ProductRowView> = {}): ProductRowView {
  return {
    productId,
    productCode: String(100_000 + productId),
    reference: `VE${1000 + productId}`,
    description: `Vestido Midi Linho ${productId}`,
    brand: 'Maré Alta',
    collection: 'Verão 2027',
    lowestCents: 18_990,
    highestCents: 18_990,
    stockMilli: 12_000,
    isBlocked: false,
    sku: null,
    ...change,
  };
}

/** A SKU in a grade; its barcode is its id with a 7 before it. */
export function gradeCell(sku: string, change: Partial<GradeCellView> = {}): GradeCellView {
  return {
    sku,
    barcode: `7${sku}`,
    priceCents: 18_990,
    stockMilli: 4000,
    stockAt: READ_AT,
    notForSale: null,
    ...change,
  };
}

/**
 *            PP    P     M       G
 *   Areia    0     3     none    ?      (none: not made)
 *   Preto    none  -2    5       no price
 */
export function gradeView(change: Partial<ProductGradeView> = {}): ProductGradeView {
  return {
    productId: 2,
    productCode: '100002',
    reference: 'VE1002',
    description: 'Vestido Midi Linho',
    brand: 'Maré Alta',
    collection: 'Verão 2027',
    sizes: ['PP', 'P', 'M', 'G'],
    rows: [
      {
        color: 'Areia',
        print: '',
        cells: [
          gradeCell('A-PP', { stockMilli: 0 }),
          gradeCell('A-P', { stockMilli: 3000 }),
          null,
          gradeCell('A-G', { stockMilli: null, stockAt: null }),
        ],
      },
      {
        color: 'Preto',
        print: 'Poá',
        cells: [
          null,
          gradeCell('P-P', { stockMilli: -2000 }),
          gradeCell('P-M', { stockMilli: 5000, priceCents: 19_990 }),
          gradeCell('P-G', { priceCents: null, notForSale: 'price_missing' }),
        ],
      },
    ],
    stockAt: READ_AT,
    ...change,
  };
}
