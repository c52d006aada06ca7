import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { getTableColumns } from 'drizzle-orm';
import { afterAll, expect, it } from 'vitest';
import { openDatabase } from '../../db/open-database.ts';
import { listSaleItems } from '../../db/sale-line-queries.ts';
import { saleItems } from '../../db/schema-sale.ts';

const folder = mkdtempSync(join(tmpdir(), 'station-lines-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('a line counts as changed when any column of it that is read was written', () => {
  const file = join(folder, 'station.db');
  const db = openDatabase(file, { nowMs: () => 1, newId: () => 'installation' });
  const raw = new SqliteDatabase(file);
  raw.pragma('foreign_keys = OFF');
  raw.exec(
    "INSERT INTO sales (sale_id, state, cash_session_id, operator_code, started_at_ms) VALUES ('s', 'open', 'c', '1', 1)",
  );
  raw.exec(`INSERT INTO sale_items
    (line_id, sale_id, position, sku, barcode, product_code, reference, description, color, print, size, quantity_milli, unit_price_cents)
    VALUES ('l', 's', 1, '1', '1', '1', '1', '1', '1', '1', '1', 1000, 100)`);
  const count = (): number => raw.prepare("SELECT item_changes FROM sales WHERE sale_id = 's'").pluck().get() as number;
  const [line] = listSaleItems(db.read, { saleId: 's', itemChanges: count() });
  const columns = getTableColumns(saleItems);
  const read = Object.keys(columns).filter((name) => name in (line ?? {}));
  expect(read.length).toBeGreaterThan(12);
  for (const column of [
    ...read.map((name) => columns[name as keyof typeof columns].name),
    'sale_id',
    'removed_at_ms',
  ]) {
    const before = count();
    raw.exec(`UPDATE sale_items SET ${column} = ${column} WHERE line_id = 'l'`);
    expect(count(), column).toBe(before + 1);
  }
  raw.close();
  db.close();
});
