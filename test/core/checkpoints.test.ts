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

/** A commit's, of 4 KB each: some 2,000 a second. */
const PAGES = 25;
const BUSY_MS = 8_000;
let folder: string;
const log = { info: () => undefined, warn: (...said: unknown[]) => void warnings.push(said), error: () => undefined };
let warnings: unknown[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'station-checkpoints-'));
  warnings = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const openNew = () => openDatabase(join(folder, 'station.db'), { nowMs: Date.now, newId: randomUUID });

test(
  'writing without a rest leaves little unmoved, and this thread free of moving it',
  { timeout: 30_000 },
  async () => {
    const db = openNew();
    let moves = 0;
    const watched = { ...db, checkpoint: () => void (moves += 1) };
    const checkpoints = createCheckpoints({ db: watched, log: log as never, onStorageFailure: () => undefined });
    let writtenPages = 0;
    let longest = 0;
    for (const end = performance.now() + BUSY_MS; performance.now() < end; await sleep(10)) {
      const installationId = String((writtenPages / PAGES) % 10).repeat(PAGES * 4096);
      db.writeUnsynced((tx) => saveMark(tx, 'heads_refused', { installationId, auditHead: String(writtenPages) }));
      checkpoints.noteWrite();
      writtenPages += PAGES;
      longest = Math.max(longest, db.unmovedPages());
    }
    // Without the thread 8,000 wait, until a commit moves them.
    expect(writtenPages).toBeGreaterThan(9_000);
    expect(longest).toBeLessThan(6_500);
    expect(moves).toBe(0);
    await checkpoints.stop();
    checkpoints.moveAll();
    expect(moves).toBe(1);
    expect(warnings).toEqual([]);
    db.close();
  },
);

test('a file that the thread finds broken ends the core', { timeout: 30_000 }, async () => {
  const file = join(folder, 'broken.db');
  writeFileSync(file, 'no database at all, but long enough to be looked at '.repeat(100));
  const failures: unknown[] = [];
  const checkpoints = createCheckpoints({
    db: { file, checkpoint: () => undefined, unmovedPages: () => 5_000 },
    log: log as never,
    onStorageFailure: (error) => void failures.push(error),
  });
  for (let turn = 0; turn < 200 && failures.length === 0; turn += 1) await sleep(50);
  expect(findMachineFault(failures[0])).toMatchObject({ code: 'database_corrupt' });
  expect(warnings.length).toBeGreaterThan(0);
  await checkpoints.stop();
});
