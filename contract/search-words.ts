/** What a product is found by, besides its barcodes and what its SKUs are called. */
export type SearchableProduct = {
  readonly productCode: string;
  readonly reference: string;
  readonly description: string;
  readonly brand: string;
  readonly collection: string;
  readonly productGroup: string;
};

/** Stands before the first word of a description: what begins like the typed text comes first. */
export const FIRST_WORD = '^';

/**
 * The words of a text as they are searched: lower case, no accents, everything but letters and digits between them.
 * `Calça Nº 40` and `calca no 40` are the same.
 */
export function foldWords(text: string): string[] {
  return (
    text
      // Only what is not ASCII costs anything: a first load folds every product.
      .replaceAll(NOT_ASCII, (run) => run.normalize('NFKD').replaceAll(MARKS, ''))
      .toLowerCase()
      .match(WORDS) ?? []
  );
}

/**
 * The row of a product in the index: the first word of its description marked, then each word once, the description
 * first. Leading zeros of a code are never typed, so that it stands there without them, too. `skuTexts`: colours, prints
 * and sizes of its SKUs for sale, in any order.
 */
export function productWords(product: SearchableProduct, skuTexts: readonly string[]): string {
  const { description, reference, productCode, brand, collection, productGroup } = product;
  const codes = `${reference} ${productCode} ${productCode.replace(/^0+/, '')}`;
  const words = new Set(foldWords(`${description} ${codes} ${brand} ${collection} ${productGroup}`));
  const [first] = words;
  for (const word of foldWords([...new Set(skuTexts)].join(' ')).toSorted()) words.add(word);
  return first === undefined ? '' : `${FIRST_WORD}${first} ${[...words].join(' ')}`;
}

// oxlint-disable-next-line no-control-regex -- the range of ASCII begins with them
const NOT_ASCII = /[^\u0000-\u007f]+/g;
const MARKS = /\p{M}+/gu;
const WORDS = /[\p{L}\p{N}]+/gu;
