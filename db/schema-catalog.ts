import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

// The catalogue as stored: each table has one register of the ERP as its owner. The SQL in migrations/ is the truth (STRICT, CHECK, triggers); test/db/schema.test.ts compares both.

export const products = sqliteTable('products', {
  productId: integer('product_id').primaryKey(),
  productCode: text('product_code').notNull(),
  reference: text('reference').notNull(),
  description: text('description').notNull(),
  unit: text('unit').notNull(),
  ncm: text('ncm').notNull(),
  brand: text('brand').notNull(),
  collection: text('collection').notNull(),
  productGroup: text('product_group').notNull(),
  department: text('department').notNull(),
  isActive: integer('is_active', { mode: 'boolean' }).notNull(),
  isBlocked: integer('is_blocked', { mode: 'boolean' }).notNull(),
  transId: integer('trans_id').notNull(),
  generation: integer('generation').notNull(),
});

export const skus = sqliteTable('skus', {
  sku: text('sku').primaryKey(),
  productId: integer('product_id').notNull(),
  colorCode: text('color_code').notNull(),
  color: text('color').notNull(),
  printCode: text('print_code').notNull(),
  print: text('print').notNull(),
  size: text('size').notNull(),
  position: integer('position').notNull(),
  isActive: integer('is_active', { mode: 'boolean' }).notNull(),
  generation: integer('generation').notNull(),
});

/** The index of products: a virtual table of FTS5, whose row is its product's. */
export const productSearch = sqliteTable('product_search', {
  productId: integer('rowid').primaryKey(),
  words: text('words').notNull(),
});

export const barcodes = sqliteTable(
  'barcodes',
  {
    barcode: text('barcode').notNull(),
    sku: text('sku').notNull(),
  },
  (table) => [primaryKey({ columns: [table.barcode, table.sku] })],
);

export const prices = sqliteTable('prices', {
  sku: text('sku').primaryKey(),
  price1Cents: integer('price1_cents'),
  price2Cents: integer('price2_cents'),
  isBlocked: integer('is_blocked', { mode: 'boolean' }).notNull(),
  transId: integer('trans_id').notNull(),
  generation: integer('generation').notNull(),
});

export const stocks = sqliteTable(
  'stocks',
  {
    sku: text('sku').notNull(),
    branchCode: text('branch_code').notNull(),
    quantityMilli: integer('quantity_milli'),
    readAtMs: integer('read_at_ms').notNull(),
    transId: integer('trans_id').notNull(),
    generation: integer('generation').notNull(),
  },
  (table) => [primaryKey({ columns: [table.sku, table.branchCode] })],
);
