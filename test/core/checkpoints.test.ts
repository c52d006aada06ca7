import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createCheckpoints } from '../../core/checkpoints.ts';
import { findMachineFault } from '../../db/machine-error.ts';
import { openDatabase } from '../../db/open-database.ts';
import { saveMark } from '../../db/sync-mark-queries.ts';

/* A day without a quiet moment: the log is moved by a thread, which tells when the medium fails. */

const MEGABYTE = 1024 ** 2;
const TURN_MS = 50;
const TURNS = 400;
let folder: string;
const log = { warn: (...said: unknown[]) => void warnings.push(said) };
let warnings: unknown[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'station-checkpoints-'));
  warnings = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const openNew = () => openDatabase(join(folder, 'station.db'), { nowMs: Date.now, newId: randomUUID });

test('a long log is moved although nobody rests, and not by this thread', { timeout: 30_000 }, async () => {
  const db = openNew();
  let movesHere = 0;
  const watched = { ...db, checkpoint: () => void (movesHere += 1) };
  const checkpoints = createCheckpoints({ db: watched, log, onStorageFailure: () => undefined });
  // Fewer than a commit would move by itself.
  for (let commit = 0; db.unmovedPages() < 2_000; commit += 1) {
    const installationId = String(commit % 10).repeat(MEGABYTE);
    db.writeUnsynced((tx) => saveMark(tx, 'heads_refused', { installationId, auditHead: '' }));
  }
  for (let turn = 0; turn < TURNS && db.unmovedPages() > 0; turn += 1) {
    checkpoints.noteWrite();
    await sleep(TURN_MS);
  }
  expect(db.unmovedPages()).toBe(0);
  expect(movesHere).toBe(0);
  await checkpoints.stop();
  checkpoints.moveAll();
  expect(movesHere).toBe(1);
  expect(warnings).toEqual([]);
  db.close();
});

test('a file that the thread finds broken ends the core', { timeout: 30_000 }, async () => {
  const file = join(folder, 'broken.db');
  writeFileSync(file, 'no database at all, but long enough to be looked at '.repeat(100));
  const failures: unknown[] = [];
  const checkpoints = createCheckpoints({
    db: { file, checkpoint: () => undefined, unmovedPages: () => 5_000 },
    log,
    onStorageFailure: (error) => void failures.push(error),
  });
  for (let turn = 0; turn < TURNS && failures.length === 0; turn += 1) await sleep(TURN_MS);
  expect(findMachineFault(failures[0])).toMatchObject({ code: 'database_corrupt' });
  expect(warnings.length).toBeGreaterThan(0);
  await checkpoints.stop();
});
