import type { CatalogueProduct, CatalogueSku } from './catalogue-product.ts';
import { ean13 } from './ean13.ts';
import { BRANDS, COLLECTIONS, COLOURS, PRINTS } from './fashion-words.ts';
import type { GarmentKind } from './garment-kinds.ts';
import { createRandom, mixSeed, type Random } from './random.ts';

/** Code of the n-th product (1 is the first): six digits or more, stable whatever the size of the catalogue. */
export function productCode(number: number): string {
  return String(100_000 + number);
}

/**
 * The EAN-13 of a SKU: 7899 (a Brazilian prefix), six digits of the product, two of the SKU, check digit.
 * Shape: number 1 to 999,999; position 0 to 98.
 */
export function skuBarcode(number: number, position: number): string {
  return ean13(`7899${String(number).padStart(6, '0')}${String(position + 1).padStart(2, '0')}`);
}

/** What every product of one catalogue is drawn from; `branches` is how many balances each SKU gets. */
export type CatalogueSource = {
  readonly seed: number;
  readonly kinds: readonly GarmentKind[];
  readonly branches: number;
};

/** Draws product `number`: the same in a catalogue of 1,000 and in one of 200,000. */
export function generateProduct({ seed, kinds, branches }: CatalogueSource, number: number): CatalogueProduct {
  const random = createRandom(mixSeed(seed, number));
  const kind = random.pick(kinds);
  const style = random.pick(kind.styles);
  const print = random.next() < 0.25 ? 1 + random.integer(PRINTS.length - 1) : 0;
  const words = [kind.noun, style, PRINTS[print] ?? '', random.next() < 0.6 ? random.pick(kind.fabrics) : ''];

  const colours = drawColours(random, 1 + random.integer(kind.maxColours));
  const sizes = kind.sizes.length !== 5 || random.next() < 0.85 ? kind.sizes : kind.sizes.slice(1, 4);
  const skus: CatalogueSku[] = [];
  for (const colour of colours) {
    for (const size of sizes) {
      const barra = skuBarcode(number, skus.length);
      skus.push({ colour, print, size, barra, barra13: barra, balances: drawBalances(random, branches) });
    }
  }

  return {
    code: productCode(number),
    description: words.filter((word) => word !== '').join(' '),
    reference: `${kind.prefix}${1000 + number}`,
    ncm: kind.ncm,
    unit: kind.unit,
    brand: random.integer(BRANDS.length),
    collection: random.integer(COLLECTIONS.length),
    group: kind.group,
    department: kind.department,
    active: random.next() >= 0.01,
    blocked: random.next() < 0.002,
    prices: drawPrices(random, kind.priceFrom, kind.priceTo),
    skus,
  };
}

function drawColours(random: Random, count: number): number[] {
  const first = random.integer(COLOURS.length);
  return Array.from({ length: count }, (_, index) => (first + index * 5) % COLOURS.length);
}

/** Tags end in 9,90; three products in ten are on offer by the promotional column, the others cost the same in both. */
function drawPrices(random: Random, from: number, to: number): { preco1Cents: number; preco2Cents: number } {
  const tens = Math.round((from + random.next() * (to - from)) / 10);
  const preco1Cents = tens * 1000 - 10;
  const offer = random.next() < 0.3;
  const preco2Cents = offer
    ? Math.round((preco1Cents * random.pick([0.5, 0.6, 0.7, 0.8])) / 1000) * 1000 - 10
    : preco1Cents;
  return { preco1Cents, preco2Cents };
}

function drawBalances(random: Random, branches: number): number[] {
  return Array.from({ length: branches }, () => (random.next() < 0.15 ? 0 : 1 + random.integer(9)));
}
