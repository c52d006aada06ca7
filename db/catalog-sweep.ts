import { sql } from 'drizzle-orm';
import type { ReadDb, WriteTx } from './database-types.ts';
import { forgetInactiveProducts } from './product-index.ts';
import { readStatement, writeStatement } from './statement.ts';

/** Rows looked at in one transaction: under 2 ms, so that a sale meanwhile does not wait. */
const SLICE = 500;

/** What leaves a table, and how: deletions would break what points at a row, so that it is marked. */
type Sweep = { readonly table: string; readonly key: string; readonly change: string; readonly isHere: string };

const SWEEPS = {
  products: [
    { table: 'products', key: 'product_id', change: 'is_active = 0', isHere: 'is_active = 1' },
    { table: 'skus', key: 'sku', change: 'is_active = 0', isHere: 'is_active = 1' },
  ],
  prices: [
    {
      table: 'prices',
      key: 'sku',
      change: 'price1_cents = NULL, price2_cents = NULL',
      isHere: '(price1_cents IS NOT NULL OR price2_cents IS NOT NULL)',
    },
  ],
  stock: [{ table: 'stocks', key: 'sku', change: 'quantity_milli = NULL', isHere: 'quantity_milli IS NOT NULL' }],
} as const satisfies Readonly<Record<string, readonly Sweep[]>>;

/** Where a sweep goes on: which of the register's tables, after which key. */
export type SweepPlace = { readonly table: number; readonly after: string | number };
export const SWEEP_START: SweepPlace = { table: 0, after: '' };

const connection = writeStatement((orm) => orm);

/**
 * After a whole read: marks the rows of a register that were not seen in `generation`, some hundred at a time: products
 * and SKUs become inactive and are not found any more, prices are gone, balances unknown. The generation of the row stays the old one, so that
 * what comes back with an older id is taken. Answers how many left and where to go on, null at the end.
 */
export function sweepRegister(
  tx: WriteTx,
  register: 'products' | 'prices' | 'stock',
  generation: number,
  place: SweepPlace,
): { readonly left: number; readonly next: SweepPlace | null } {
  const sweep: Sweep | undefined = SWEEPS[register][place.table];
  if (sweep === undefined) return { left: 0, next: null };
  const [table, key] = [sql.raw(sweep.table), sql.raw(sweep.key)];
  // An empty text is above every number and below every other text: the first integer key is asked for by itself.
  const isAfter = place.after === '' ? sql`1` : sql`${key} > ${place.after}`;
  const slice = sql`SELECT ${key} FROM ${table} WHERE ${isAfter} ORDER BY ${key} LIMIT ${sql.raw(String(SLICE))}`;
  const orm = connection(tx);
  const last = orm.get<{ key: string | number | null }>(sql`SELECT max(${key}) AS key FROM (${slice})`)?.key ?? null;
  if (last === null) return { left: 0, next: { table: place.table + 1, after: '' } };
  const { changes } = orm.run(
    sql`UPDATE ${table} SET ${sql.raw(sweep.change)}
        WHERE ${isAfter} AND ${key} <= ${last} AND generation < ${generation} AND ${sql.raw(sweep.isHere)}`,
  );
  if (changes > 0 && sweep.table === 'products') {
    forgetInactiveProducts(tx, {
      after: place.after === '' ? Number.MIN_SAFE_INTEGER : Number(place.after),
      last: Number(last),
    });
  }
  return { left: changes, next: { table: place.table, after: last } };
}

const reading = readStatement((orm) => orm);

/** Whether nothing of a register is here. */
export function isRegisterEmpty(db: ReadDb, register: keyof typeof SWEEPS): boolean {
  const { table } = SWEEPS[register][0];
  return reading(db).get(sql`SELECT 1 FROM ${sql.raw(table)} LIMIT 1`) === undefined;
}
