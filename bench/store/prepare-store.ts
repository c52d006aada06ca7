import { createHash, randomUUID } from 'node:crypto';
import {
  constants,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { join } from 'node:path';
import { savePrice, saveProduct, saveStock } from '../../db/catalog-writes.ts';
import type { Database, WriteTx } from '../../db/database-types.ts';
import { openDatabase } from '../../db/open-database.ts';
import { projectFolder } from '../../scripts/resolve-electron.ts';
import { countProducts, generatedProduct } from './generated-catalogue.ts';
import { BRANCH_CODE, openTill, writeRegisters } from './write-registers.ts';

/** On the disk of the checkout: a temporary folder in memory would make every commit free. */
export const benchFolder = join(projectFolder, '.cache', 'bench');
/** Raised when a template is made of other rows than before. */
const TEMPLATE = 1;
const PRODUCTS_PER_TRANSACTION = 500;
const clock = { nowMs: Date.now, newId: randomUUID };

/** A store's folder of the benchmark's own, with a database that no process has open. */
export type PreparedStore = { readonly data: string; readonly file: string; readonly products: number };

/**
 * A folder with a store of at least `skus` SKUs, an operator at the till and an open drawer; nothing was sold yet.
 *
 * The catalogue is made once by the product's own writes and copied from then on (a minute for a million SKUs).
 */
export function prepareStore(options: {
  readonly skus: number;
  readonly isTillOpen: boolean;
  readonly into: string;
  readonly note: (line: string) => void;
}): PreparedStore {
  const template = join(benchFolder, `store-${options.skus}-${hashSchema()}-${TEMPLATE}.db`);
  if (!existsSync(template)) makeTemplate(template, options.skus, options.note);
  const data = join(options.into, 'data');
  mkdirSync(data, { recursive: true });
  const file = join(data, 'station.db');
  copyFileSync(template, file, constants.COPYFILE_FICLONE);
  const db = openDatabase(file, clock);
  if (options.isTillOpen) db.write((tx) => openTill(tx, Date.now(), randomUUID()));
  db.close();
  return { data, file, products: countProducts(options.skus) };
}

/** A folder of the system that is in memory, where there is one. */
const MEMORY_FOLDER = '/dev/shm';

/**
 * A folder below the benchmarks' own; `remove` takes it away with all that is in it. `elsewhere` is for what stands on
 * another machine, whose disk the station does not wait for: in memory where that can be.
 */
export function temporaryFolder(place: 'here' | 'elsewhere' = 'here'): {
  readonly path: string;
  readonly remove: () => void;
} {
  mkdirSync(benchFolder, { recursive: true });
  const parent = place === 'elsewhere' && existsSync(MEMORY_FOLDER) ? MEMORY_FOLDER : benchFolder;
  const path = mkdtempSync(join(parent, 'run-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }) };
}

/** A template of another schema is not opened: until a release, a migration is edited in its place. */
function hashSchema(): string {
  const folder = join(projectFolder, 'db', 'migrations');
  const hash = createHash('sha256');
  for (const name of readdirSync(folder).sort()) hash.update(readFileSync(join(folder, name)));
  return hash.digest('hex').slice(0, 8);
}

function makeTemplate(template: string, skus: number, note: (line: string) => void): void {
  mkdirSync(benchFolder, { recursive: true });
  const partial = `${template}.${process.pid}`;
  const startedAt = performance.now();
  note(`filling a store with ${skus} SKUs`);
  const db = openDatabase(partial, clock);
  db.write((tx) => writeRegisters(tx, Date.now()));
  const products = countProducts(skus);
  for (let first = 1; first <= products; first += PRODUCTS_PER_TRANSACTION) writeProducts(db, first, products);
  db.checkpoint();
  db.close();
  // A run that was killed leaves no half-filled template.
  renameSync(partial, template);
  note(`filled in ${Math.round(performance.now() - startedAt)} ms, ${products} products`);
}

function writeProducts(db: Database, first: number, products: number): void {
  const last = Math.min(products, first + PRODUCTS_PER_TRANSACTION - 1);
  db.write((tx) => {
    for (let number = first; number <= last; number += 1) writeProduct(tx, number);
  });
}

function writeProduct(tx: WriteTx, number: number): void {
  const { product, price1Cents, price2Cents, balances } = generatedProduct(number);
  saveProduct(tx, product);
  for (const [index, { sku }] of product.skus.entries()) {
    savePrice(tx, { sku, price1Cents, price2Cents, isBlocked: false, transId: number, generation: 1 });
    const quantityMilli = (balances[index] ?? 0) * 1000;
    saveStock(tx, {
      sku,
      branchCode: BRANCH_CODE,
      quantityMilli,
      readAtMs: Date.now(),
      transId: number,
      generation: 1,
    });
  }
}
