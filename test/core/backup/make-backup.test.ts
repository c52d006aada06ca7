import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listBackups } from '../../../core/backup/list-backups.ts';
import { makeBackup, type MadeBackup } from '../../../core/backup/make-backup.ts';
import { runBackupJob } from '../../../core/backup/run-backup-job.ts';
import { prepareSecondPlace } from '../../../core/backup/second-place.ts';
import type { Database } from '../../../db/database-types.ts';
import { openDatabase } from '../../../db/open-database.ts';
import { queue, saleDocument } from '../sync/support.ts';
import { temporaryData } from '../../support/spawn-station.ts';

/* Real files: what is made can be read back, and what is half made or changed later never counts. */

const NOW_MS = Date.UTC(2026, 10, 22, 12);
let data: ReturnType<typeof temporaryData>;
let db: Database;
let folder: string;

beforeEach(() => {
  data = temporaryData();
  folder = join(data.path, 'backups');
  db = openDatabase(join(data.path, 'station.db'), { nowMs: () => 1, newId: () => 'installation' });
});
afterEach(() => {
  db.close();
  data.remove();
});

const make = (hour = 0, place: 'first' | 'second' = 'first'): Promise<MadeBackup> =>
  makeBackup({ source: db.file, folder, place, nowMs: NOW_MS + hour * 3_600_000 });
const list = (verify: 'all' | 'none' = 'all') =>
  listBackups({ folders: [{ place: 'first', folder }], installationId: 'installation', verify });

describe('a backup', () => {
  it('holds what was committed, sold on or not, in one file that is verified and private', async () => {
    queue(db, saleDocument(1));
    const made = await make();
    queue(db, saleDocument(2));
    expect(made).toMatchObject({ ok: true, facts: { documents: 1, waiting: 1, installationId: 'installation' } });
    expect(readdirSync(folder)).toEqual([made.ok && made.file]);
    expect(list()).toMatchObject([{ state: 'complete', isChecked: true, sameStation: true, waiting: 1 }]);
  });

  it('that was cut short by a power cut is seen as damaged, by its size and by its content', async () => {
    const made = await make();
    const file = join(folder, made.ok ? made.file : '');
    const bytes = readFileSync(file);
    truncateSync(file, bytes.length - 4096);
    expect(list('none')).toMatchObject([{ state: 'damaged', sales: null }]);
    // As long as it should be, and half of it never reached the medium.
    writeFileSync(file, Buffer.concat([bytes.subarray(0, 8192), Buffer.alloc(bytes.length - 8192)]));
    expect(list()).toMatchObject([{ state: 'damaged' }]);
    // One bit of a text, which no check of SQLite sees.
    const flipped = Buffer.from(bytes);
    const at = flipped.indexOf('installation');
    flipped[at] = (flipped[at] ?? 0) ^ 1;
    writeFileSync(file, flipped);
    expect(list()).toMatchObject([{ state: 'damaged', detail: 'o conteúdo não é o que foi guardado' }]);
  });

  it('that was killed half way is no backup, and is gone after the next one', async () => {
    const made = await make();
    const installation = made.ok ? made.file.slice(8, 16) : '';
    const draft = join(folder, `.${installation}.1.part`);
    writeFileSync(draft, 'half of a file');
    writeFileSync(`${draft}-journal`, 'and its log');
    expect(list()).toHaveLength(1);
    queue(db, saleDocument(1));
    expect(await make(1)).toMatchObject({ ok: true });
    expect(readdirSync(folder).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  it('is made by each of two processes or by one: the core that was killed and its successor copy at once', async () => {
    for (let number = 0; number < 300; number += 1) queue(db, saleDocument(number));
    const signal = AbortSignal.timeout(60_000);
    const copy = (after: number): Promise<MadeBackup> =>
      runBackupJob<'make'>({ kind: 'make', source: db.file, folder, place: 'first', nowMs: NOW_MS + after }, signal);
    for (const round of [0, 1, 2]) {
      const made = await Promise.all([copy(round * 10_000), copy(round * 10_000 + 1000)]);
      expect(made.filter(({ ok }) => ok).length).toBeGreaterThan(0);
      expect(new Set(list().map(({ state }) => state))).toEqual(new Set(['complete']));
    }
    expect(readdirSync(folder).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  it.runIf(process.platform === 'linux')(
    'that retention takes while a list is made is not called damaged',
    async () => {
      const made = await make();
      // Judged first, as the newest: whoever opens it waits until somebody writes to it.
      const pipe = join(folder, 'E02-ffffffff-20261122T235900Z-0000000000000000.db');
      execFileSync('mkfifo', [pipe]);
      const listed = runBackupJob<'list'>(
        { kind: 'list', folders: [{ place: 'first', folder }], installationId: 'installation', verify: 'all' },
        AbortSignal.timeout(60_000),
      );
      const writer = await open(pipe, 'w');
      rmSync(join(folder, made.ok ? made.file : ''));
      await writer.close();
      expect((await listed).map(({ file, state }) => ({ file, state }))).toEqual([{ file: pipe, state: 'damaged' }]);
    },
  );

  it('keeps what retention wants and nothing of another station in the same folder', async () => {
    mkdirSync(folder);
    // Of the same hour: among ours the older one of them would go.
    const foreign = ['0000', '0100'].map((time) => `E02-ffffffff-20261122T12${time}Z-0000000000000000.db`);
    for (const name of foreign) writeFileSync(join(folder, name), 'of another station');
    for (const [index, hour] of [0, 0.2, 0.4, 1, 1].entries()) {
      queue(db, saleDocument(index + 1));
      await make(hour);
    }
    const own = readdirSync(folder).filter((name) => !foreign.includes(name));
    expect(readdirSync(folder)).toEqual(expect.arrayContaining(foreign));
    expect(own.map((name) => /T\d{6}Z/.exec(name)?.[0])).toEqual(['T122400Z', 'T130000Z']);
  });

  it('never takes the room a sale needs: the oldest go first, the newest stays, and then it is refused', async () => {
    for (const hour of [0, 1, 2]) {
      queue(db, saleDocument(hour + 1));
      await make(hour);
    }
    const [newest] = list();
    const reserveBytes = Number.MAX_SAFE_INTEGER / 2;
    const refused = await makeBackup({ source: db.file, folder, place: 'first', nowMs: NOW_MS + 9e6, reserveBytes });
    expect(refused).toMatchObject({ ok: false, failure: { code: 'no_space' } });
    expect(list()).toEqual([newest]);
  });

  it('is refused where the second place is not there, not marked or full of something else', async () => {
    expect(await make(0, 'second')).toMatchObject({ ok: false, failure: { code: 'place_missing' } });
    expect(existsSync(folder)).toBe(false);
    // The folder that a disk is mounted on, without the disk.
    mkdirSync(folder);
    expect(await make(0, 'second')).toMatchObject({ ok: false, failure: { code: 'place_missing' } });
    expect(readdirSync(folder)).toEqual([]);
    expect(prepareSecondPlace(folder)).toBeNull();
    expect(await make(0, 'second')).toMatchObject({ ok: true });
  });

  // Whoever runs this, root too, can make no file there.
  it.runIf(process.platform === 'linux')('says why a place that takes no files cannot be chosen', () => {
    expect(prepareSecondPlace('/proc')).toMatch(/EACCES|EPERM|ENOENT/);
  });

  it('is refused by a place that is no folder', () => {
    writeFileSync(folder, '');
    expect(prepareSecondPlace(folder)).toBe('não é uma pasta, ou não está lá');
  });
});
