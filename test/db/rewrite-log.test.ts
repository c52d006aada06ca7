import { randomUUID } from 'node:crypto';
import { copyFileSync, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDatabase } from '../../db/open-database.ts';

/* A start after a crash copies the log (decision 0028); power cuts around it are test/power-loss. */

const clock = { nowMs: Date.now, newId: randomUUID };
let folder: string;
let file: string;

/** A database as a core left it that was killed: its last rows are in the log alone. */
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'station-log-'));
  file = join(folder, 'station.db');
  openDatabase(file, clock).close();
  const core = new SqliteDatabase(file);
  core.exec('CREATE TABLE notes (text TEXT) STRICT');
  core.exec("INSERT INTO notes VALUES ('before the kill')");
  for (const suffix of ['', '-wal']) copyFileSync(`${file}${suffix}`, join(folder, `left.db${suffix}`));
  core.close();
  file = join(folder, 'left.db');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function readNotes(): unknown[] {
  const reading = new SqliteDatabase(file, { readonly: true });
  const notes = reading.prepare('SELECT text FROM notes').pluck().all();
  reading.close();
  return notes;
}

test('what was in the log of an ended core is there, and no draft is left', () => {
  openDatabase(file, clock).close();
  expect(readNotes()).toEqual(['before the kill']);
  expect(existsSync(`${file}-wal.new`)).toBe(false);
});

test('somebody who has the database open keeps the log, and what they write is not lost', () => {
  const support = new SqliteDatabase(file);
  support.prepare('SELECT text FROM notes').all();
  const { ino } = statSync(`${file}-wal`);
  const core = openDatabase(file, clock);
  expect(statSync(`${file}-wal`).ino).toBe(ino);
  support.exec("INSERT INTO notes VALUES ('by hand')");
  support.close();
  core.close();
  expect(readNotes()).toEqual(['before the kill', 'by hand']);
});
