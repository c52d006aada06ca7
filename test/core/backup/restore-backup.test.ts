import {
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  mkdirSync,
  truncateSync,
  writeFileSync,
  copyFileSync,
} from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { finishRestore, readyName } from '../../../core/backup/finish-restore.ts';
import { makeBackup } from '../../../core/backup/make-backup.ts';
import { numberAfterRestore } from '../../../core/backup/number-jump-rules.ts';
import { restoreBackup } from '../../../core/backup/restore-backup.ts';
import { readBackupFacts } from '../../../db/backup-file.ts';
import { openDatabase } from '../../../db/open-database.ts';
import { temporaryData } from '../../support/spawn-station.ts';
import { queue, saleDocument, stateOf } from '../sync/support.ts';

const NOW_MS = Date.UTC(2026, 10, 22, 12);
const ports = { nowMs: () => NOW_MS, newId: () => 'installation' };
let data: ReturnType<typeof temporaryData>;
let backup: string;

/** A database with one document, a backup of it, and a second document since. */
beforeEach(async () => {
  data = temporaryData();
  const db = openDatabase(join(data.path, 'station.db'), ports);
  queue(db, saleDocument(1));
  const folder = join(data.path, 'backups');
  const made = await makeBackup({ source: db.file, folder, place: 'first', nowMs: NOW_MS });
  backup = join(folder, made.ok ? made.file : '');
  queue(db, saleDocument(2));
  db.close();
});
afterEach(() => data.remove());

const documentsIn = (file: string): number => readBackupFacts(join(data.path, file)).documents;
const restore = (file = backup): ReturnType<typeof restoreBackup> =>
  restoreBackup({ data: data.path, file, nowMs: NOW_MS, newId: ports.newId });

describe('a restoration', () => {
  it('brings the backup back, keeps what was there, and has what waited looked up first', async () => {
    const restored = await restore();
    const keptIn = `before-restore-${NOW_MS}`;
    expect(restored).toMatchObject({ ok: true, value: { toLookUp: 1, keptIn: join(data.path, keptIn) } });
    expect(readdirSync(data.path).filter((name) => /restor|part|-wal/.test(name))).toEqual([keptIn]);
    expect([documentsIn('station.db'), documentsIn(join(keptIn, 'station.db'))]).toEqual([1, 2]);
    const db = openDatabase(join(data.path, 'station.db'), ports);
    expect(stateOf(db, saleDocument(1))).toBe('unknown');
    db.close();
  });

  it.each([0, 1, 2, 3])('that is killed after %i steps is finished by the next start, and nothing is lost', (steps) => {
    const old = readFileSync(join(data.path, 'station.db'));
    copyFileSync(backup, join(data.path, readyName(7)));
    writeFileSync(join(data.path, 'station.db-wal'), 'log of the old one');
    const aside = join(data.path, 'before-restore-7');
    if (steps > 0) mkdirSync(aside);
    for (const suffix of ['-wal', ''].slice(0, Math.max(0, steps - 1))) {
      renameSync(join(data.path, `station.db${suffix}`), join(aside, `station.db${suffix}`));
    }
    expect(finishRestore(data.path)).toBe(aside);
    expect(documentsIn('station.db')).toBe(1);
    expect(existsSync(join(data.path, 'station.db-wal'))).toBe(false);
    expect(readFileSync(join(aside, 'station.db')).equals(old)).toBe(true);
    expect(readFileSync(join(aside, 'station.db-wal'), 'utf8')).toBe('log of the old one');
    expect(finishRestore(data.path)).toBeNull();
  });

  it('of a file that was cut short, is missing or is no backup is refused, and changes nothing', async () => {
    const before = readFileSync(join(data.path, 'station.db'));
    const cut = join(data.path, 'cut.db');
    copyFileSync(backup, cut);
    truncateSync(cut, 40_960);
    const text = join(data.path, 'text.db');
    writeFileSync(text, 'not a database, but long enough to have a head '.repeat(100));
    for (const file of [cut, text, join(data.path, 'missing.db')]) {
      expect(await restore(file)).toMatchObject({ ok: false, error: { code: 'backup_invalid', file } });
    }
    expect(readFileSync(join(data.path, 'station.db')).equals(before)).toBe(true);
    expect(readdirSync(data.path).filter((name) => name.includes('restor'))).toEqual([]);
  });

  it('is undone by the database it kept, and works in the empty folder of a new machine', async () => {
    await restore();
    const kept = join(data.path, `before-restore-${NOW_MS}`, 'station.db');
    const later = { nowMs: NOW_MS + 1000, newId: ports.newId };
    expect(await restoreBackup({ data: data.path, file: kept, ...later })).toMatchObject({ ok: true });
    expect(documentsIn('station.db')).toBe(2);
    const elsewhere = join(data.path, 'new', 'machine');
    const moved = await restoreBackup({ data: elsewhere, file: backup, ...later });
    expect(moved).toMatchObject({ ok: true, value: { keptIn: null } });
    expect(documentsIn(join('new', 'machine', 'station.db'))).toBe(1);
  });

  it('goes on where the present database cannot be read any more', async () => {
    writeFileSync(join(data.path, 'station.db'), 'broken '.repeat(1000));
    expect(await restore()).toMatchObject({ ok: true });
    expect(documentsIn('station.db')).toBe(1);
  });

  it('of the same backup twice goes above everything that was sold after the first', () => {
    fc.assert(
      fc.property(
        fc.nat(10_000),
        fc.nat(100_000_000),
        fc.nat(100_000_000),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (fileNumber, firstAgeMs, laterMs, pace) => {
          const newestAtMs = NOW_MS;
          const at = (nowMs: number): number =>
            numberAfterRestore({ fileNumber, presentNumber: null, newestAtMs, nowMs });
          const soldBefore = Math.floor((firstAgeMs / 3_600_000) * 360 * pace);
          const soldAfter = Math.floor((laterMs / 3_600_000) * 360 * pace);
          const first = at(NOW_MS + firstAgeMs);
          expect(first).toBeGreaterThan(fileNumber + soldBefore);
          expect(at(NOW_MS + firstAgeMs + laterMs)).toBeGreaterThanOrEqual(first + soldAfter);
        },
      ),
    );
  });

  it('with a clock before the backup leaves out as many numbers as in months', () => {
    const jumped = { fileNumber: 5, presentNumber: 70, newestAtMs: NOW_MS };
    expect(numberAfterRestore({ ...jumped, nowMs: NOW_MS - 1 })).toBe(1_000_070);
    expect(numberAfterRestore({ ...jumped, nowMs: NOW_MS })).toBe(1070);
  });
});
