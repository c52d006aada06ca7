import { copyFileSync, existsSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type SqliteDatabase from 'better-sqlite3';
import { MachineError } from './machine-error.ts';
import { makeFolder } from './make-folder.ts';
import { syncPath } from './sync-path.ts';

/** One step of the schema, in SQL. */
export type Migration = { readonly version: number; readonly sql: string };

/** The version of the schema this program writes: the number of its last migration. */
export const SCHEMA_VERSION = 1;
/** The oldest program version that may open a file of this schema (expand first, contract one release later). */
const MIN_READER_VERSION = 1;

/**
 * Brings the file to the newest of `migrations` in one transaction, after a copy of it was made: a step that fails
 * leaves the version that the program before could open.
 *
 * Refuses a file whose `min_reader_version` is above what this program knows: it was written by a newer one.
 */
export function migrate(
  raw: SqliteDatabase.Database,
  file: string,
  clock: { readonly nowMs: () => number; readonly newId: () => string },
  migrations: readonly Migration[] = readMigrations(),
): void {
  const newest = migrations.at(-1)?.version ?? 0;
  const found = Number(raw.pragma('user_version', { simple: true }));
  if (found > newest) refuseNewer(raw, found, newest);
  if (found >= newest) return;
  if (found > 0) backUpBefore(raw, file, found);
  raw.exec('BEGIN IMMEDIATE');
  try {
    for (const migration of migrations.slice(found)) {
      raw.exec(migration.sql);
      raw.pragma(`user_version = ${migration.version}`);
      if (migration.version === 1) {
        raw
          .prepare(
            'INSERT INTO database_info (id, installation_id, min_reader_version, created_at_ms) VALUES (1, ?, ?, ?)',
          )
          .run(clock.newId(), MIN_READER_VERSION, clock.nowMs());
      } else raw.prepare('UPDATE database_info SET min_reader_version = ?').run(MIN_READER_VERSION);
    }
    raw.exec('COMMIT');
  } catch (error) {
    if (raw.inTransaction) raw.exec('ROLLBACK');
    throw error;
  }
}

function refuseNewer(raw: SqliteDatabase.Database, found: number, newest: number): void {
  const needed = Number(raw.prepare('SELECT min_reader_version FROM database_info').pluck().get());
  if (needed > newest) {
    throw new MachineError({ code: 'database_newer', schemaVersion: found, supportedVersion: newest });
  }
}

function backUpBefore(raw: SqliteDatabase.Database, file: string, version: number): void {
  if (!existsSync(file)) return;
  const folder = join(dirname(file), 'backups');
  makeFolder(folder);
  // Everything into the main file first: a plain copy of it is then the whole database.
  raw.pragma('wal_checkpoint(TRUNCATE)');
  const copy = join(folder, `before-migration-from-${version}-${basename(file)}`);
  // A copy that a power cut left half way must not take the place of the one of an earlier try.
  copyFileSync(file, `${copy}.part`);
  syncPath(`${copy}.part`);
  renameSync(`${copy}.part`, copy);
  syncPath(folder);
}

function readMigrations(): Migration[] {
  const folder = migrationsFolder();
  return readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .toSorted()
    .map((name) => ({ version: Number(name.slice(0, 4)), sql: readFileSync(join(folder, name), 'utf8') }));
}

/** Beside this file in the source; in `out/db/migrations` next to the bundle of the core. */
function migrationsFolder(): string {
  const beside = fileURLToPath(new URL('./migrations/', import.meta.url));
  return existsSync(beside) ? beside : fileURLToPath(new URL('../db/migrations/', import.meta.url));
}
