import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { afterAll, describe, expect, it } from 'vitest';
import { findMachineFault, MachineError } from '../../db/machine-error.ts';
import { lockData } from '../../db/lock-data.ts';
import { migrate, type Migration } from '../../db/migrate.ts';
import { openDatabase, openReader } from '../../db/open-database.ts';
import { lastOfSequence, raiseSequence } from '../../db/setup-queries.ts';

const folder = mkdtempSync(join(tmpdir(), 'station-db-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const ports = { nowMs: () => 1, newId: () => 'installation' };
const open = (name: string) => openDatabase(join(folder, name), ports);

function faultOf(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return findMachineFault(error);
  }
  return null;
}

describe('the database', () => {
  it('keeps nothing of a transaction that throws or is not wanted', () => {
    const db = open('rollback.db');
    expect(() =>
      db.write((tx) => {
        raiseSequence(tx, 'sale', 1);
        throw new Error('half way');
      }),
    ).toThrow('half way');
    db.write(
      (tx) => raiseSequence(tx, 'sale', 2),
      () => false,
    );
    expect(lastOfSequence(db.read, 'sale')).toBe(0);
    db.write((tx) => raiseSequence(tx, 'sale', 3));
    expect(lastOfSequence(db.read, 'sale')).toBe(3);
    db.close();
  });

  it('lets a reader see what is committed and never write', () => {
    const db = open('reader.db');
    db.write((tx) => raiseSequence(tx, 'sale', 7));
    const reader = openReader(join(folder, 'reader.db'));
    expect(lastOfSequence(reader.read, 'sale')).toBe(7);
    expect(() => raiseSequence(reader.read as never, 'sale', 8)).toThrow(/readonly/);
    reader.close();
    db.close();
  });

  it('refuses a file written by a newer program, and leaves it as it is', () => {
    const file = join(folder, 'newer.db');
    open('newer.db').close();
    const raw = new SqliteDatabase(file);
    raw.exec('UPDATE database_info SET min_reader_version = 9');
    raw.pragma('user_version = 12');
    raw.close();
    expect(faultOf(() => open('newer.db'))).toEqual({ code: 'database_newer', schemaVersion: 12, supportedVersion: 1 });
    const after = new SqliteDatabase(file, { readonly: true });
    expect(after.pragma('user_version', { simple: true })).toBe(12);
    after.close();
  });

  it('opens a file of a newer program that says this one may', () => {
    open('expanded.db').close();
    const raw = new SqliteDatabase(join(folder, 'expanded.db'));
    raw.pragma('user_version = 2');
    raw.close();
    expect(faultOf(() => open('expanded.db').close())).toBeNull();
  });

  it('says that a file is no database', () => {
    writeFileSync(
      join(folder, 'garbage.db'),
      'this is a text, and long enough to be taken for a page of a database '.repeat(20),
    );
    expect(faultOf(() => open('garbage.db'))).toMatchObject({ code: 'database_corrupt' });
  });
});

describe('the lock of a data folder', () => {
  it('is refused to a second process while the first lives, and free again when it is killed', async () => {
    const data = join(folder, 'locked');
    const script = join(folder, 'hold.mjs');
    const lockModule = new URL('../../db/lock-data.ts', import.meta.url).href;
    writeFileSync(
      script,
      `import { lockData } from '${lockModule}'; lockData(process.argv[2], 'caixa da frente'); console.log('held'); setInterval(() => {}, 1000);`,
    );
    const holder = spawn(process.execPath, [script, data], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(holder.stdout, 'data');
    expect(faultOf(() => lockData(data, 'second'))).toEqual({ code: 'data_locked', data, holder: 'caixa da frente' });
    holder.kill('SIGKILL');
    await once(holder, 'exit');
    const lock = lockData(data, 'second');
    expect(readFileSync(join(data, 'station.holder'), 'utf8')).toBe('second');
    lock.release();
  });

  it('makes a folder that nobody else may read', () => {
    lockData(join(folder, 'private'), 'x').release();
    expect(statSync(join(folder, 'private')).mode & 0o777).toBe(0o700);
  });

  it('and a database in a folder that others may read is readable by its own user alone', () => {
    const file = join(folder, 'rights.db');
    writeFileSync(file, '', { mode: 0o644 });
    const db = openDatabase(file, ports);
    db.write((tx) => raiseSequence(tx, 'sale', 1));
    const rights = [file, `${file}-wal`].map((name) => statSync(name).mode & 0o777);
    db.close();
    expect(rights).toEqual([0o600, 0o600]);
  });

  it('says when the folder cannot be used', () => {
    writeFileSync(join(folder, 'a-file'), '');
    expect(() => lockData(join(folder, 'a-file'), 'x')).toThrow(MachineError);
    expect(faultOf(() => lockData(join(folder, 'a-file'), 'x'))).toMatchObject({ code: 'data_unwritable' });
  });
});

describe('facts', () => {
  it('stay as they were written, whatever code runs', () => {
    const db = open('facts.db');
    const raw = new SqliteDatabase(join(folder, 'facts.db'));
    raw.exec(`INSERT INTO cash_sessions (cash_session_id, turn, business_day, opened_at_ms, opened_by, float_cents) VALUES ('s', 1, '2026-09-13', 1, '1', 0);
      INSERT INTO sales (sale_id, state, cash_session_id, operator_code, started_at_ms, number, sequence, completed_at_ms, business_day, policies_version,
        gross_cents, item_discount_cents, sale_discount_cents, total_cents, change_cents, pieces_milli, tick)
      VALUES ('v', 'completed', 's', '1', 1, 'E01000000001', 1, 2, '2026-09-13', 0, 100, 0, 0, 100, 0, 1000, 1);
      INSERT INTO audit VALUES (1, 1, '1', NULL, 'x', NULL, '{}', '', 'h');
      INSERT INTO outbox (document_id, kind, natural_key, payload, payload_hash, amount_cents, state, created_at_ms, business_day, tick) VALUES ('v', 'sale', 'E01000000001', '{}', 'h', 100, 'pending', 1, '2026-09-13', 1);`);
    const refused = [
      `UPDATE sales SET total_cents = 1, gross_cents = 1`,
      `DELETE FROM sales`,
      `INSERT INTO sale_tenders (tender_id, sale_id, position, payment_type_id, description, kind, amount_cents, installments) VALUES ('t', 'v', 1, 1, 'x', 'cash', 1, 1)`,
      `UPDATE audit SET action = 'y'`,
      `DELETE FROM audit`,
      `DELETE FROM outbox`,
      `UPDATE outbox SET payload_hash = 'other'`,
    ];
    for (const sql of refused) expect(() => raw.exec(sql), sql).toThrow(/never|no tender/);
    expect(() => raw.exec(`UPDATE outbox SET state = 'confirmed'`)).not.toThrow();
    raw.close();
    db.close();
  });
});

describe('a migration', () => {
  const first = {
    version: 1,
    sql: readFileSync(new URL('../../db/migrations/0001-initial.sql', import.meta.url), 'utf8'),
  };
  const second = { version: 2, sql: 'ALTER TABLE branches ADD COLUMN phone TEXT;' };
  const broken = { version: 3, sql: 'ALTER TABLE branches ADD COLUMN fax TEXT; ALTER TABLE nowhere ADD COLUMN x;' };
  const migrateFile = (name: string, migrations: Migration[]): void => {
    const raw = new SqliteDatabase(join(folder, name));
    try {
      migrate(raw, join(folder, name), ports, migrations);
    } finally {
      raw.close();
    }
  };
  const columnsOf = (file: string): unknown[] => {
    const raw = new SqliteDatabase(file, { readonly: true });
    const columns = raw.prepare("SELECT name FROM pragma_table_info('branches')").pluck().all();
    raw.close();
    return columns;
  };

  it('copies the file before it begins', () => {
    migrateFile('old.db', [first]);
    migrateFile('old.db', [first, second]);
    expect(columnsOf(join(folder, 'old.db'))).toContain('phone');
    expect(columnsOf(join(folder, 'backups', 'before-migration-from-1-old.db'))).not.toContain('phone');
  });

  it('of several steps whose last one fails leaves the version before the first', () => {
    migrateFile('steps.db', [first]);
    expect(() => migrateFile('steps.db', [first, second, broken])).toThrow(/nowhere/);
    expect(columnsOf(join(folder, 'steps.db'))).not.toContain('phone');
    const raw = new SqliteDatabase(join(folder, 'steps.db'), { readonly: true });
    expect(raw.pragma('user_version', { simple: true })).toBe(1);
    raw.close();
  });

  it('that fails leaves the file as it was', () => {
    migrateFile('half.db', [first, second]);
    expect(() => migrateFile('half.db', [first, second, broken])).toThrow(/nowhere/);
    expect(columnsOf(join(folder, 'half.db'))).not.toContain('fax');
    expect(() => migrateFile('half.db', [first, second])).not.toThrow();
  });
});
