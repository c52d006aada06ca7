import Database from 'better-sqlite3';
import { ERP_INDEXES, ERP_TABLES } from '../store/erp-schema.ts';
import type { CatalogueProduct } from './catalogue-product.ts';
import { fixedProducts } from './fixed-products.ts';
import { readGarmentKinds } from './garment-kinds.ts';
import { generateProduct } from './generate-product.ts';
import { createProductWriter } from './product-writer.ts';
import { seedCustomers } from './seed-customers.ts';
import { seedRegisters } from './seed-registers.ts';
import { stationDigits } from './seed-stations.ts';

/** How many products to make (200,000 at most), from which seed, and how many stations (5) with a user each. */
export type CatalogueSize = { readonly products: number; readonly seed: number; readonly stations?: number };

const STATIONS = 5;

/** Every row of a new file says it was last changed at this instant, so that one seed gives one file. */
const SEEDED_AT_MS = Date.parse('2026-09-01T09:00:00-03:00');

/** Writes a whole new ERP file; must not exist before. About 1.2 s for 10,000 products on the development machine. */
export function createErpFile(file: string, size: CatalogueSize): void {
  const db = new Database(file);
  // Nothing to protect yet: the caller renames the file into place only when it is complete.
  db.pragma('journal_mode = OFF');
  db.pragma('synchronous = OFF');
  // The indexes of 200,000 products are sorted in memory: with the default 2 MB the file takes twice as long.
  db.pragma('cache_size = -256000');
  db.pragma('temp_store = MEMORY');
  db.exec(ERP_TABLES);
  db.transaction(() => {
    writeCatalogue(db, size);
    const stations = size.stations ?? STATIONS;
    writeRegisters(db, stations);
    writeCustomers(db);
    writeUsers(db, stations);
    db.prepare('INSERT INTO meta (name, value) VALUES (?, ?)').run('seed', String(size.seed));
  })();
  db.exec(ERP_INDEXES);
  db.exec('ANALYZE');
  db.close();
}

/** The catalogue in order: the fixed products, then the generated ones. */
export function* catalogue({ products, seed }: CatalogueSize, branches: number): Generator<CatalogueProduct> {
  const source = { seed, kinds: readGarmentKinds(), branches };
  const fixed = fixedProducts();
  yield* fixed.slice(0, products);
  for (let number = fixed.length + 1; number <= products; number++) yield generateProduct(source, number);
}

function writeCatalogue(db: Database.Database, size: CatalogueSize): void {
  const branches = [
    { filial: 8, code: '00010' },
    { filial: 9, code: '00011' },
  ];
  const writeProduct = createProductWriter(db, branches, SEEDED_AT_MS);
  let transId = 0;
  for (const product of catalogue(size, branches.length)) writeProduct(product, (transId += 1));
  const setSequence = db.prepare('INSERT INTO sequences (name, last) VALUES (?, ?)');
  for (const name of ['products', 'prices', 'stocks']) setSequence.run(name, transId);
}

function writeRegisters(db: Database.Database, stations: number): void {
  const insert = db.prepare('INSERT INTO register_rows (register, id, trans_id, body) VALUES (?, ?, ?, ?)');
  const setSequence = db.prepare('INSERT INTO sequences (name, last) VALUES (?, ?)');
  for (const [register, { idField, rows }] of Object.entries(seedRegisters(stations))) {
    rows.forEach((row, index) => insert.run(register, row[idField], index + 1, JSON.stringify(row)));
    setSequence.run(`register:${register}`, rows.length);
  }
}

function writeCustomers(db: Database.Database): void {
  const insert = db.prepare(
    `INSERT INTO customers (cliente, cod_cliente, nome, cpf, cnpj, e_mail, body, updated_at_ms, trans_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const rows = seedCustomers();
  rows.forEach((row, index) => {
    insert.run(
      row['cliente'],
      row['cod_cliente'],
      row['nome'],
      row['cpf'],
      row['cnpj'],
      row['e_mail'],
      JSON.stringify(row),
      SEEDED_AT_MS,
      index + 1,
    );
  });
  const setSequence = db.prepare('INSERT INTO sequences (name, last) VALUES (?, ?)');
  setSequence.run('customers', rows.length);
  setSequence.run('customer_ids', 5000);
}

/** One ERP user for each station: a second session of one user locks the first one out. */
function writeUsers(db: Database.Database, stations: number): void {
  const insert = db.prepare('INSERT INTO users (user, password) VALUES (?, ?)');
  for (let number = 1; number <= stations; number += 1) {
    const user = `e${stationDigits(number)}`;
    insert.run(user, `demo-${user}`);
  }
}
