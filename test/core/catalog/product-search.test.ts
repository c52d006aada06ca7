import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { productQueries } from '../../../core/catalog/product-queries.ts';
import { sweepRegister, SWEEP_START, type SweepPlace } from '../../../db/catalog-sweep.ts';
import { indexMissingProducts } from '../../../db/product-index.ts';
import { listProductsByWords } from '../../../db/product-queries.ts';
import { temporaryDatabase } from '../sync/support.ts';
import { readIndexState, writeProduct, writeStation, type TestProduct } from './support.ts';

/* Each test searches a real file, written by what writes the catalogue of a station. */

const SIZES = ['P', 'M', 'G'].map((size) => ({ size }));
const CATALOGUE: readonly (readonly [id: number, product: TestProduct])[] = [
  [1, { description: 'Calça Pantalona Crepe', reference: 'CP-77', skus: [{ color: 'Azul Bebê', size: '40' }] }],
  [2, { description: 'Vestido Midi Linho', reference: 'VE1002', brand: 'Maré Alta', skus: SIZES }],
  [3, { description: 'Blusa Linho com Vestido Midi', reference: 'BL1003', skus: [{ barcode: '7891234567895' }] }],
  [4, { description: 'Vestido Longo Midi', reference: 'VE1004', collection: 'Verão 2027' }],
  [5, { description: 'Saia Évasê Coração', reference: 'SA1005', skus: [{ barcode: '7891234567895', color: 'Nude' }] }],
  [6, { description: 'Casaco Recolhido', isActive: false }],
  [7, { description: 'Casaco Bloqueado', isBlocked: true, skus: [{ priceCents: 0 }, { priceCents: null }] }],
  [8, { description: 'Casaco só no Papel', skus: [{ isActive: false }] }],
  [9, { description: 'Lenço', productCode: '000777', reference: '', skus: [{ barcode: null, stock: null }] }],
  [11, { description: 'Capa para Vestido Midi' }],
  [10, { description: '"Especial" AND (2*3) -linho', skus: [{ stock: -2 }, { priceCents: 14_990, stock: null }] }],
];

const SHIRT: TestProduct = {
  description: 'Camisa Pólo',
  brand: 'Maré, Alta',
  collection: 'Alto Verão',
  skus: ['Verde', 'Azul Claro', 'Azul Claro'].flatMap((color) => ['P', 'GG', 'M'].map((size) => ({ color, size }))),
};

const { db, remove } = temporaryDatabase();
beforeAll(() => {
  writeStation(db);
  db.write((tx) => {
    for (const [id, product] of CATALOGUE) writeProduct(tx, id, product);
  });
});
afterAll(remove);

function search(text: string, limit = 30) {
  const reply = productQueries['product.search'](db.read, { text, limit });
  if (!reply.ok) throw new Error('refused');
  return reply.value;
}
const found = (text: string, limit?: number): number[] => search(text, limit).products.map((row) => row.productId);

describe('the search of products', () => {
  it.each([
    ['capitals and accents do not count', 'CALCA', [1]],
    ['accents that are typed do not count either', 'coraçáo', [5]],
    ['composed or not', 'CORAC\u0327A\u0303O', [5]],
    ['each word may be only begun', 'pant cre', [1]],
    ['words may come in any order', 'crepe calça', [1]],
    ['a word in the middle of another is not one', 'talona', []],
    ['all words must be there', 'calça linho', []],
    ['one letter is enough', 'l', [9, 10, 4, 3, 2]],
    ['by reference', 've1002', [2]],
    ['by the beginning of a reference', 've10', [4, 2]],
    ['by a reference with signs', 'CP-77', [1]],
    ['by code', '100002', [2]],
    ['by code without its zeros', '777', [9]],
    ['by colour', 'azul bebe', [1]],
    ['by size', 'vestido g', [2]],
    ['by brand', 'mare', [2]],
    ['by collection', 'verao 2027', [4]],
    ['what is not for sale any more is not found', 'recolhido', []],
    ['nor what has no SKU for sale', 'papel', []],
    ['words longer than what the index holds ready', 'pantalonas', []],
  ])('finds: %s', (_, text, expected) => {
    expect(found(text)).toEqual(expected);
  });

  it.each([
    ['nothing', ''],
    ['a quote', '"'],
    ['a star', '*'],
    ['a hyphen', '-'],
    ['signs alone', `%_^:{}()+'`],
    ['a null character', '\u0000'],
  ])('finds nothing by %s, and does not fail', (_, text) => {
    expect(search(text)).toEqual({ products: [], isMore: false });
  });

  it.each([
    ['a star after a word', 'crepe*', [1]],
    ['a column filter', 'words:crepe', []],
    ['NEAR', 'NEAR(calça crepe)', []],
    ['NEAR unfinished', 'NEAR(', []],
    ['an operator as a word', 'linho AND', [10]],
    ['NOT', 'calça NOT crepe', []],
    ['a minus', 'calça -crepe', [1]],
    ['the mark of first words', '^vestido', [4, 2, 11, 3]],
    ['an open quote', '"crepe', [1]],
    ['a statement', "crepe'; DROP TABLE products; --", []],
    ['letters of other alphabets', 'платье 连衣裙 👗', []],
  ])('takes %s for words like any other', (_, text, expected) => {
    expect(found(text)).toEqual(expected);
  });

  it('puts the exact code first, then descriptions that begin with the text, with its first word, then the rest', () => {
    expect(found('vestido midi')).toEqual([2, 4, 11, 3]);
    expect(found('linho')).toEqual([10, 3, 2]);
    db.write((tx) => writeProduct(tx, 50, { description: 'Outra', reference: 'Vestido' }));
    expect(found('vestido')).toEqual([50, 4, 2, 11, 3]);
    db.write((tx) => writeProduct(tx, 50, { description: 'Outra', reference: 'X', transId: 51 }));
  });

  it('finds a whole barcode at once, with its SKU; all that share it', () => {
    expect(search('7891234567895').products.map(({ productId, sku }) => [productId, sku])).toEqual([
      [3, '3-0'],
      [5, '5-0'],
    ]);
    expect(found('789123456789')).toEqual([]);
    expect(search('saia').products[0]?.sku).toBeNull();
  });

  it('says prices from and to, and the stock of this branch as far as it is known', () => {
    expect(search('especial').products[0]).toMatchObject({
      lowestCents: 9990,
      highestCents: 14_990,
      stockMilli: -2000,
      isBlocked: false,
    });
    expect(search('vestido midi linho').products[0]).toMatchObject({ brand: 'Maré Alta', stockMilli: 15_000 });
    expect(search('lenco').products[0]).toMatchObject({ stockMilli: null });
    expect(search('casaco').products).toMatchObject([{ isBlocked: true, lowestCents: null, highestCents: null }]);
  });

  it('gives as many rows as are asked for, and tells when there are more', () => {
    expect(search('linho', 2)).toMatchObject({ products: [{ productId: 10 }, { productId: 3 }], isMore: true });
    expect(search('linho', 3).isMore).toBe(false);
  });

  it('still ranks when hundreds begin like a rarer word', () => {
    db.write((tx) => {
      for (let id = 1000; id < 1300; id += 1) writeProduct(tx, id, { description: `Camisa ${id}`, skus: [{}] });
      for (let id = 900; id < 940; id += 1) writeProduct(tx, id, { description: `Camiseta ${id}`, skus: [{}] });
    });
    expect(found('camiset')).toHaveLength(30);
    expect(found('camiset')[0]).toBe(939);
    expect(search('camiset', 200).products).toHaveLength(40);
    expect(found('camiseta 905')).toEqual([905]);
    expect(search('camis', 200)).toMatchObject({ isMore: true });
  });
});

describe('the index of products', () => {
  it('follows a product that changes, in the same transaction', () => {
    db.write((tx) => writeProduct(tx, 60, { description: 'Bolsa Tiracolo', transId: 1 }));
    expect(found('tiracolo')).toEqual([60]);
    expect(() =>
      db.write((tx) => {
        writeProduct(tx, 60, { description: 'Bolsa Carteiro', transId: 2 });
        throw new Error('the power went');
      }),
    ).toThrow('the power went');
    expect([found('tiracolo'), found('carteiro')]).toEqual([[60], []]);
    db.write((tx) => writeProduct(tx, 60, { description: 'Bolsa Carteiro', transId: 2 }));
    expect([found('tiracolo'), found('carteiro')]).toEqual([[], [60]]);
    db.write((tx) => writeProduct(tx, 60, { description: 'Bolsa Carteiro', transId: 3, isActive: false }));
    expect(found('carteiro')).toEqual([]);
    db.write((tx) => writeProduct(tx, 60, { description: 'Bolsa Carteiro', transId: 4 }));
    expect(found('carteiro')).toEqual([60]);
  });

  it('is not written when only what is not searched changes', () => {
    db.write((tx) => writeProduct(tx, 61, { description: 'Cinto', transId: 1 }));
    const before = readIndexState(db);
    db.write((tx) => writeProduct(tx, 61, { description: 'Cinto', ncm: '42033000', transId: 2 }));
    expect(readIndexState(db)).toBe(before);
    db.write((tx) => writeProduct(tx, 61, { description: 'Cinto Trançado', transId: 3 }));
    expect(readIndexState(db)).not.toBe(before);
  });

  it('loses what a whole read did not bring', () => {
    db.write((tx) => writeProduct(tx, 70, { description: 'Chinelo Novo', generation: 2 }));
    expect(found('calça')).toEqual([1]);
    for (let place: SweepPlace | null = SWEEP_START; place !== null;) {
      const from: SweepPlace = place;
      place = db.write((tx) => sweepRegister(tx, 'products', 2, from)).next;
    }
    expect([found('calça'), found('chinelo')]).toEqual([[], [70]]);
    // Not only hidden: what is gone must not stand before what is there.
    expect(listProductsByWords(db.read, '"c"*', 10).map(({ productId }) => productId)).toEqual([70]);
  });

  it('is made at the end of a first read, whatever a kill left of it', () => {
    const first = temporaryDatabase();
    const findFirst = (text: string): number[] => {
      const reply = productQueries['product.search'](first.db.read, { text, limit: 200 });
      return reply.ok ? reply.value.products.map(({ productId }) => productId) : [];
    };
    const index = (runs: number): number | null => {
      let after: number | null = Number.MIN_SAFE_INTEGER;
      for (let run = 0; run < runs && after !== null; run += 1) {
        const from: number = after;
        after = first.db.write((tx) => indexMissingProducts(tx, from, 200));
      }
      return after;
    };
    try {
      writeStation(first.db);
      first.db.write((tx) => {
        for (let id = 1; id <= 450; id += 1) {
          writeProduct(tx, id, { description: `Tênis ${id % 2 === 0 ? 'Par' : 'Ímpar'}`, isActive: id !== 7 }, true);
        }
        writeProduct(tx, 5, { ...SHIRT, transId: 451 }, true);
        // Neither letter nor digit anywhere: nobody can ask for it.
        writeProduct(
          tx,
          6,
          { description: '-', productCode: '', reference: '', transId: 452, skus: [{ color: '', size: '' }] },
          true,
        );
      });
      expect(findFirst('tenis')).toEqual([]);
      index(1);
      // Killed here, and the ERP changed one of those that are done and one that is not.
      first.db.write((tx) => {
        writeProduct(tx, 2, { description: 'Sapato', transId: 900 }, true);
        writeProduct(tx, 440, { description: 'Sapato', transId: 901 }, true);
      });
      expect(index(9)).toBeNull();
      expect(findFirst('sapato')).toEqual([440, 2]);
      expect(findFirst('impar')).toHaveLength(200);
      expect(findFirst('tenis 7')).toEqual([]);
      expect(index(9)).toBeNull();
      expect(findFirst('sapato')).toEqual([440, 2]);
      // The same words as a later read would write, in the same order: it has nothing to write.
      const state = readIndexState(first.db);
      first.db.write((tx) => writeProduct(tx, 5, { ...SHIRT, transId: 902 }));
      expect(readIndexState(first.db)).toBe(state);
    } finally {
      first.remove();
    }
  });
});
