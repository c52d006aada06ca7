import type { ProductWrite } from '../../db/catalog-writes.ts';
import { COLOURS, PRINTS } from '../../sandbox/seed/fashion-words.ts';
import { readGarmentKinds } from '../../sandbox/seed/garment-kinds.ts';
import { generateProduct, productCode } from '../../sandbox/seed/generate-product.ts';
import { createRandom } from '../../sandbox/seed/random.ts';

/** A product as it is stored, with what its price and stock rows say. */
export type GeneratedProduct = {
  readonly product: ProductWrite;
  readonly price1Cents: number | null;
  readonly price2Cents: number | null;
  readonly balances: readonly (number | null)[];
};

const SEED = 1;
const source = { seed: SEED, kinds: readGarmentKinds(), branches: 1 };

/** Product `number` (1 is the first) of the sandbox's own catalogue: the same on every machine, whatever its size. */
export function generatedProduct(number: number): GeneratedProduct {
  const made = generateProduct(source, number);
  return {
    product: {
      productId: number,
      productCode: made.code,
      reference: made.reference,
      description: made.description,
      unit: made.unit,
      ncm: made.ncm,
      brand: String(made.brand),
      collection: String(made.collection),
      productGroup: made.group,
      department: made.department,
      isActive: made.active,
      isBlocked: made.blocked,
      generation: 1,
      transId: number,
      skus: made.skus.map((sku, position) => ({
        sku: `${productCode(number)}${String(position).padStart(2, '0')}`,
        colorCode: String(sku.colour),
        color: COLOURS[sku.colour] ?? '',
        printCode: String(sku.print),
        print: PRINTS[sku.print] ?? '',
        size: sku.size,
        isActive: true,
        barcodes: [sku.barra],
      })),
    },
    price1Cents: made.prices?.preco1Cents ?? null,
    price2Cents: made.prices?.preco2Cents ?? null,
    balances: made.skus.map((sku) => sku.balances[0] ?? null),
  };
}

/** Barcodes that may be sold, drawn over the first `products` products without an end; one seed gives one order. */
export function* sellableBarcodes(products: number, seed: number): Generator<string, never> {
  const random = createRandom(seed);
  for (;;) {
    const { product, price1Cents } = generatedProduct(1 + random.integer(products));
    if (!product.isActive || product.isBlocked || price1Cents === null) continue;
    yield random.pick(random.pick(product.skus).barcodes);
  }
}

/** Products that hold `skus` SKUs at least. */
export function countProducts(skus: number): number {
  let products = 0;
  for (let left = skus; left > 0; products += 1) left -= generatedProduct(products + 1).product.skus.length;
  return products;
}
