import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Database } from '../../db/database-types.ts';
import { openLogMover, type LogMover } from '../../db/move-log.ts';
import { openDatabase } from '../../db/open-database.ts';
import { saveMark } from '../../db/sync-mark-queries.ts';

/* Moving the log beside the connection that writes; its power cuts are test/power-loss. */

const MEGABYTE = 1024 ** 2;
let folder: string;
let db: Database;
let mover: LogMover;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'station-move-'));
  db = openDatabase(join(folder, 'station.db'), { nowMs: Date.now, newId: randomUUID });
  mover = openLogMover(db.file);
});

afterEach(() => {
  mover.close();
  db.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Commits of a megabyte each to the log. */
function writeMegabytes(count: number): void {
  for (let written = 0; written < count; written += 1) {
    const installationId = String(written % 10).repeat(MEGABYTE);
    db.writeUnsynced((tx) => saveMark(tx, 'heads_refused', { installationId, auditHead: '' }));
  }
}

const logMegabytes = (): number => statSync(`${db.file}-wal`).size / MEGABYTE;

test('what is moved leaves the log free, and the next write begins it anew', () => {
  writeMegabytes(4);
  expect(db.unmovedPages()).toBeGreaterThan(1_000);
  expect(mover.move()).toBe(0);
  expect(db.unmovedPages()).toBe(0);
  const before = logMegabytes();
  writeMegabytes(4);
  expect(mover.move()).toBe(0);
  expect(logMegabytes()).toBe(before);
});

/** Somebody in the middle of a long read. */
function startReading(): { readonly sees: () => unknown; readonly end: () => void } {
  const reader = new SqliteDatabase(db.file, { readonly: true });
  const mark = reader.prepare("SELECT value FROM sync_marks WHERE name = 'heads_refused'").pluck();
  reader.exec('BEGIN');
  mark.get();
  return { sees: () => mark.get(), end: () => void reader.close() };
}

test('what somebody still reads stays in the log, nobody waits for it, and it is moved later', () => {
  writeMegabytes(1);
  const reader = startReading();
  const seen = reader.sees();
  writeMegabytes(3);
  const startedAt = performance.now();
  expect(mover.move()).toBeGreaterThan(500);
  expect(performance.now() - startedAt).toBeLessThan(1_000);
  expect(reader.sees()).toBe(seen);
  reader.end();
  expect(mover.move()).toBe(0);
});

test('a quiet moment gives back what a long read made of the log, once nobody reads it', () => {
  writeMegabytes(1);
  const reader = startReading();
  writeMegabytes(12);
  const startedAt = performance.now();
  db.checkpoint();
  expect(performance.now() - startedAt).toBeLessThan(1_000);
  expect(logMegabytes()).toBeGreaterThan(12);
  reader.end();
  db.checkpoint();
  expect(logMegabytes()).toBe(0);
});

test('without anybody who moves it, a commit does when the log has 16 MB', () => {
  writeMegabytes(50);
  expect(logMegabytes()).toBeGreaterThan(15);
  expect(logMegabytes()).toBeLessThan(18);
});
