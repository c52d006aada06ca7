import type { CatalogueProduct, CatalogueSku } from './catalogue-product.ts';
import { productCode, skuBarcode } from './generate-product.ts';

/**
 * The first products of every catalogue, whatever its seed: what a person can type at the till and what each shows.
 * Their barcodes are listed in sandbox/README.md.
 */
export function fixedProducts(): readonly CatalogueProduct[] {
  return [
    {
      ...product(1, 'Camiseta Básica Algodão', 'CM1001', grid(1, [0, 1, 2], ['PP', 'P', 'M', 'G', 'GG'])),
      ...priced(8990),
    },
    {
      ...product(2, 'Vestido Midi Floral Viscose', 'VE1002', grid(2, [4, 6], ['P', 'M', 'G'], 1)),
      ...kind('62044200', 'Vestidos'),
      ...priced(19990, 14990),
    },
    {
      ...product(3, 'Calça Jeans Skinny', 'CJ1003', grid(3, [15], ['36', '38', '40', '42', '44', '46'])),
      ...kind('62046200', 'Calças'),
      ...priced(15990),
    },
    {
      ...product(4, 'Sapato Scarpin Couro', 'SP1004', grid(4, [0, 14], ['34', '35', '36', '37', '38', '39'])),
      ...kind('64039990', 'Calçados', 'PAR'),
      ...priced(22990),
    },
    {
      ...product(5, 'Bolsa Tote Couro Ecológico', 'BO1005', grid(5, [0, 7], ['U'])),
      ...kind('42022210', 'Bolsas'),
      ...priced(29990),
    },
    {
      ...product(6, 'Blusa Recolhida pelo Fabricante', 'BL1006', grid(6, [1], ['P', 'M', 'G'])),
      ...priced(9990),
      blocked: true,
    },
    {
      ...product(7, 'Saia Plissada Coleção Antiga', 'SA1007', grid(7, [11], ['P', 'M', 'G'])),
      ...priced(12990),
      active: false,
    },
    {
      ...product(8, 'Cinto Trançado sem Preço', 'CI1008', grid(8, [7], ['P', 'M', 'G'])),
      ...kind('42033000', 'Acessórios'),
      prices: null,
    },
    { ...product(9, 'Blusa de Tricô com Saldo Estranho', 'BL1009', oddBalances(9)), ...priced(13990) },
    {
      ...product(10, 'Saia  Evasê   Coração & Laço\u200B ', 'SA1010', grid(10, [4], ['P', 'M', 'G'])),
      ...priced(11990),
    },
    { ...product(11, 'Regata Canelada com Etiqueta Repetida', 'CM1011', sharedBarcode(11, 0)), ...priced(4990) },
    { ...product(12, 'Regata Nadador com Etiqueta Repetida', 'CM1012', sharedBarcode(12, 1)), ...priced(5990) },
    {
      ...product(13, 'Lenço de Seda com Código Próprio', 'AC1013', ownCode(13)),
      ...kind('71171900', 'Acessórios'),
      ...priced(7990),
    },
  ];
}

function product(
  number: number,
  description: string,
  reference: string,
  skus: readonly CatalogueSku[],
): CatalogueProduct {
  return {
    code: productCode(number),
    description,
    reference,
    ncm: '61091000',
    unit: 'PC',
    brand: 0,
    collection: 0,
    group: 'Camisetas',
    department: 'Feminino',
    active: true,
    blocked: false,
    prices: null,
    skus,
  };
}

function kind(ncm: string, group: string, unit = 'PC'): Pick<CatalogueProduct, 'ncm' | 'group' | 'unit'> {
  return { ncm, group, unit };
}

function priced(preco1Cents: number, preco2Cents = preco1Cents): Pick<CatalogueProduct, 'prices'> {
  return { prices: { preco1Cents, preco2Cents } };
}

function grid(number: number, colours: readonly number[], sizes: readonly string[], print = 0): CatalogueSku[] {
  return colours
    .flatMap((colour) => sizes.map((size) => ({ colour, size })))
    .map(({ colour, size }, position) => {
      const barra = skuBarcode(number, position);
      return { colour, print, size, barra, barra13: barra, balances: [10, 4] };
    });
}

/** P is unknown (null), M is negative, G is zero: a till sells all three. */
function oddBalances(number: number): CatalogueSku[] {
  const balances = [
    [null, 2],
    [-3, 0],
    [0, 0],
  ];
  return grid(number, [8], ['P', 'M', 'G']).map((sku, position) =>
    Object.assign(sku, { balances: balances[position] ?? [0, 0] }),
  );
}

/** Both products carry the barcode of the first one's only SKU in `barra`; their `barra13` stay their own. */
function sharedBarcode(number: number, colour: number): CatalogueSku[] {
  return grid(number, [colour], ['U']).map((sku) => Object.assign(sku, { barra: skuBarcode(11, 0) }));
}

/** The tag carries the shop's own code (`barra`), the maker's EAN is in `barra13`. */
function ownCode(number: number): CatalogueSku[] {
  return grid(number, [4, 10], ['U']).map((sku, position) =>
    Object.assign(sku, { barra: `LEN${number}${position + 1}` }),
  );
}
