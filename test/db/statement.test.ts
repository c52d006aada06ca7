import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../db/database-types.ts';
import { openDatabase } from '../../db/open-database.ts';
import { findOldestUnsent } from '../../db/elsewhere-queries.ts';
import { findOpenSale, findOpenSaleId, findSale, listParkedSaleIds } from '../../db/sale-queries.ts';

const folder = mkdtempSync(join(tmpdir(), 'station-statement-'));
let db: Database;
let raw: SqliteDatabase.Database;
beforeAll(() => {
  db = openDatabase(join(folder, 'station.db'), { nowMs: () => 1, newId: () => 'installation' });
  raw = new SqliteDatabase(db.file, { readonly: true });
});
afterAll(() => {
  raw.close();
  db.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The SQL of every statement that was prepared on the connection. */
function preparedSql(): string[] {
  const { prepared } = db.read as unknown as {
    readonly prepared: ReadonlyMap<object, { readonly getQuery: () => { readonly sql: string } }>;
  };
  return [...prepared.values()].map((statement) => statement.getQuery().sql);
}

function medianMs(run: () => unknown): number {
  const samples = Array.from({ length: 200 }, () => {
    const startedAt = performance.now();
    run();
    return performance.now() - startedAt;
  });
  return samples.toSorted((a, b) => a - b)[100] ?? 0;
}

describe('a prepared statement', () => {
  it('is not compiled anew for each run', () => {
    findSale(db.read, 'first');
    const sql = preparedSql().find((text) => text.includes('"sales"."sale_id" = ')) ?? '';
    const bare = raw.prepare(sql.replaceAll('+?', '?')).raw();
    // SQLite itself compiles a join with a bare parameter again and again; where it does not, the plus is in vain.
    expect(medianMs(() => findSale(db.read, 'other'))).toBeLessThan(medianMs(() => bare.all('other')) / 2);
  });

  it('finds the sale being rung and the parked ones among all that were ever made by an index', () => {
    findOpenSale(db.read);
    findOpenSaleId(db.read);
    listParkedSaleIds(db.read);
    findOldestUnsent(db.read);
    const plans = preparedSql().map((sql) => {
      const rows = raw.prepare<unknown[], { readonly detail: string }>(`EXPLAIN QUERY PLAN ${sql}`);
      return rows.all(...Array.from(sql.matchAll(/\+\?/g), () => 'x')).map(({ detail }) => detail);
    });
    expect(plans.length).toBeGreaterThanOrEqual(7);
    expect(plans.flat().filter((step) => /^(SCAN|SEARCH) (sales|outbox)$/.test(step))).toEqual([]);
  });
});
