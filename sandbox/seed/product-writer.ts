import type Database from 'better-sqlite3';
import type { CatalogueProduct } from './catalogue-product.ts';
import { BRANDS, COLLECTIONS, COLOURS, PRINTS } from './fashion-words.ts';

type Branch = { readonly filial: number; readonly code: string };

/** Internal ids start far from the screen codes, so that nobody mistakes one for the other. */
const FIRST_PRODUCT_ID = 30_200_000;
const FIRST_COLOUR_ID = 30_110_000;
const FIRST_PRINT_ID = 40_100_000;

/** Writes products with their SKUs, prices and balances; all rows of one product share its trans_id in each sequence. */
export function createProductWriter(
  db: Database.Database,
  branches: readonly Branch[],
  atMs: number,
): (product: CatalogueProduct, transId: number) => void {
  const insertProduct = db.prepare(`INSERT INTO products VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)`);
  const insertSku = db.prepare(`INSERT INTO skus VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)`);
  const insertPrice = db.prepare(`INSERT INTO prices VALUES (?,?,?,?,?,?,?)`);
  const insertStock = db.prepare(`INSERT INTO stocks VALUES (?,?,?,?,?,?,?,?)`);
  const groups: string[] = [];
  const departments: string[] = [];

  return (product, transId) => {
    const produto = FIRST_PRODUCT_ID + Number(product.code) - 100_000;
    insertProduct.run(
      produto,
      product.code,
      product.description,
      product.reference,
      product.ncm,
      product.unit,
      Number(product.active),
      0,
      Number(product.blocked),
      code(product.brand),
      BRANDS[product.brand] ?? '',
      code(product.collection),
      COLLECTIONS[product.collection] ?? '',
      codeOf(groups, product.group),
      product.group,
      codeOf(departments, product.department),
      product.department,
      atMs,
      transId,
    );
    product.skus.forEach((sku, position) => {
      const cor = FIRST_COLOUR_ID + sku.colour;
      const estampa = sku.print === 0 ? 0 : FIRST_PRINT_ID + sku.print;
      const key = `${produto}_${cor}_${estampa}_${sku.size}`;
      insertSku.run(
        produto,
        position,
        key,
        cor,
        code(sku.colour),
        COLOURS[sku.colour] ?? '',
        estampa,
        sku.print === 0 ? '' : code(sku.print),
        PRINTS[sku.print] ?? '',
        sku.size,
        sku.barra,
        sku.barra13,
        `${product.reference}-${code(sku.colour)}-${sku.size}`,
        1,
      );
      if (product.prices !== null) {
        insertPrice.run(key, produto, product.prices.preco1Cents, product.prices.preco2Cents, 0, atMs, transId);
      }
      branches.forEach((branch, index) => {
        const balance = sku.balances[index] ?? null;
        insertStock.run(
          key,
          branch.filial,
          branch.code,
          produto,
          sku.barra,
          balance === null ? null : balance * 1000,
          atMs,
          transId,
        );
      });
    });
  };
}

function code(index: number): string {
  return String(index + 1).padStart(3, '0');
}

function codeOf(known: string[], name: string): string {
  const index = known.indexOf(name);
  return code(index === -1 ? known.push(name) - 1 : index);
}
