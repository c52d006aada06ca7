import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { getTableConfig, type SQLiteTable } from 'drizzle-orm/sqlite-core';
import { afterEach, describe, expect, it } from 'vitest';
import * as backup from '../../db/schema-backup.ts';
import * as catalog from '../../db/schema-catalog.ts';
import * as print from '../../db/schema-print.ts';
import * as sale from '../../db/schema-sale.ts';
import * as setup from '../../db/schema-setup.ts';
import * as sync from '../../db/schema-sync.ts';
import { openDatabase } from '../../db/open-database.ts';

const folder = mkdtempSync(join(tmpdir(), 'station-schema-'));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the schema', () => {
  it('of the query builder is the one the migrations make', () => {
    const file = join(folder, 'station.db');
    openDatabase(file, { nowMs: () => 1, newId: () => 'installation' }).close();
    const raw = new SqliteDatabase(file, { readonly: true });
    const stored = Object.values({ ...backup, ...catalog, ...print, ...sale, ...setup, ...sync });
    // The index of products is a virtual table with tables of its own, whose columns have no types.
    const declared: SQLiteTable[] = stored.filter((table) => table !== catalog.productSearch);
    const described = declared.map((table) => {
      const config = getTableConfig(table);
      const columns = config.columns.map(
        (column) => `${column.name} ${column.getSQLType()}${column.notNull ? ' not null' : ''}`,
      );
      return [config.name, columns.toSorted()] as const;
    });
    const tables = raw
      .prepare(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'",
      )
      .pluck()
      .all() as string[];
    const found = tables.map((name) => {
      const columns = raw.pragma(`table_info(${name})`) as {
        name: string;
        type: string;
        notnull: number;
        pk: number;
      }[];
      const single = columns.filter((column) => column.pk > 0).length === 1;
      const texts = columns.map((column) => {
        const isNotNull = column.notnull === 1 || (column.pk > 0 && single);
        return `${column.name} ${column.type.toLowerCase()}${isNotNull ? ' not null' : ''}`;
      });
      return [name, texts.toSorted()] as const;
    });
    raw.close();
    expect(Object.fromEntries(described)).toEqual(Object.fromEntries(found));
  });

  it('checks every table strictly and every amount of money', () => {
    const file = join(folder, 'strict.db');
    openDatabase(file, { nowMs: () => 1, newId: () => 'installation' }).close();
    const raw = new SqliteDatabase(file, { readonly: true });
    const tables = raw.pragma('table_list') as { name: string; strict: number; type: string; schema: string }[];
    const own = tables.filter(
      (table) => table.schema === 'main' && table.type === 'table' && !table.name.startsWith('sqlite_'),
    );
    expect(own.length).toBeGreaterThan(30);
    expect(own.filter((table) => table.strict !== 1)).toEqual([]);
    const sqlOf = raw.prepare('SELECT sql FROM sqlite_master WHERE name = ?').pluck();
    // What a drawer should hold may be below zero: cash paid back can pass what was taken.
    const mayBeNegative = new Set(['cash_sessions.expected_cash_cents']);
    const unchecked = own.flatMap((table) => {
      const sql = String(sqlOf.get(table.name));
      const columns = (raw.pragma(`table_info(${table.name})`) as { name: string }[]).map((column) => column.name);
      return columns
        .filter((column) => column.endsWith('_cents') && !mayBeNegative.has(`${table.name}.${column}`))
        .filter((column) => !new RegExp(`CHECK \\(${column} (>=?) 0\\)`).test(sql))
        .map((column) => `${table.name}.${column}`);
    });
    raw.close();
    expect(unchecked).toEqual([]);
  });
});
