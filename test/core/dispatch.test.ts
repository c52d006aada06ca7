import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import SqliteDatabase from 'better-sqlite3';
import { afterAll, describe, expect, it } from 'vitest';
import { ok } from '../../contract/result.ts';
import { systemClock } from '../../core/clock.ts';
import { createDispatcher, type DispatchPorts } from '../../core/dispatch.ts';
import { systemRandom } from '../../core/random.ts';
import { createReader } from '../../core/reader.ts';
import { findDecidedCommand } from '../../db/command-log-queries.ts';
import { openDatabase } from '../../db/open-database.ts';
import { lastOfSequence, raiseSequence } from '../../db/setup-queries.ts';

/* What the dispatcher makes of a handler that meets a broken machine or a bug: real database, real errors of SQLite. */

const folder = mkdtempSync(join(tmpdir(), 'station-dispatch-'));
const db = openDatabase(join(folder, 'station.db'), { nowMs: () => 1, newId: () => 'installation' });
afterAll(() => {
  db.close();
  rmSync(folder, { recursive: true, force: true });
});

const noReader: DispatchPorts['reader'] = {
  isAwake: () => true,
  wakeSoon: () => undefined,
  call: () => Promise.reject(new Error('no reader here')),
  stop: () => Promise.resolve(),
};

function dispatcher(decide: () => void, reader = noReader) {
  const told: string[] = [];
  const logged: unknown[] = [];
  const log = {
    info: () => undefined,
    warn: () => undefined,
    error: (event: string, facts: unknown) => logged.push([event, facts]),
    close: () => undefined,
  };
  const handlers = {
    'operator.logout': {
      decide: (tx: Parameters<typeof raiseSequence>[0]) => {
        raiseSequence(tx, 'sale', 1);
        decide();
        return ok({});
      },
      view: () => ({ view: 'of rows' }),
    },
  } as unknown as DispatchPorts['handlers'];
  const dispatch = createDispatcher({
    handlers,
    db,
    clock: systemClock,
    random: systemRandom,
    log,
    reader,
    onDecided: (method) => told.push(`decided ${method}`),
    onStorageFailure: () => told.push('storage failed'),
  });
  return { dispatch, told, logged };
}

/** A full disk as SQLite reports it: a file that may not grow. */
function writeToFullDisk(): void {
  const raw = new SqliteDatabase(':memory:');
  raw.exec('CREATE TABLE t (x)');
  raw.pragma('max_page_count = 3');
  for (let row = 0; row < 100; row += 1) raw.prepare('INSERT INTO t VALUES (?)').run('x'.repeat(4000));
}

describe('a call that meets', () => {
  it('a full disk is refused with what to do, keeps nothing, and the station goes on', async () => {
    const { dispatch, told } = dispatcher(writeToFullDisk);
    expect(await dispatch('operator.logout', {}, null)).toMatchObject({ ok: false, error: { code: 'disk_full' } });
    expect(lastOfSequence(db.read, 'sale')).toBe(0);
    expect(told).toEqual([]);
  });

  it('a disk that fails is refused, and the core is told to start again: the commit may exist', async () => {
    const { dispatch, told } = dispatcher(() => {
      throw new SqliteDatabase.SqliteError('disk I/O error', 'SQLITE_IOERR_FSYNC');
    });
    expect(await dispatch('operator.logout', {}, null)).toMatchObject({ ok: false, error: { code: 'storage_failed' } });
    expect(told).toEqual(['storage failed']);
  });

  it('a bug gets an incident number that is in the log with its stack', async () => {
    const { dispatch, logged } = dispatcher(() => {
      throw new TypeError('cannot read the colour of nothing');
    });
    const reply = await dispatch('operator.logout', {}, null);
    expect(reply).toMatchObject({ ok: false, error: { code: 'internal' } });
    const incident = !reply.ok && reply.error.code === 'internal' ? reply.error.incident : '';
    expect(JSON.stringify(logged)).toContain(incident);
    expect(JSON.stringify(logged)).toContain('cannot read the colour of nothing');
    expect(lastOfSequence(db.read, 'sale')).toBe(0);
  });

  it('nothing wrong answers the view of rows and tells once', async () => {
    const { dispatch, told } = dispatcher(() => undefined);
    expect(await dispatch('operator.logout', {}, null)).toEqual({ ok: true, output: { view: 'of rows' } });
    expect(told).toEqual(['decided operator.logout']);
    expect(findDecidedCommand(db.read, randomUUID())).toBeNull();
  });
});

describe('the list of movements', () => {
  it('is opened without a wait for the thread of long reads, which starts behind it', async () => {
    const reader = createReader(db.file);
    const asked: unknown[] = [];
    const counted: DispatchPorts['reader'] = {
      ...reader,
      call: (method, input) => {
        asked.push(input);
        return reader.call(method, input);
      },
    };
    const { dispatch } = dispatcher(() => undefined, counted);
    const list = (input: unknown) => dispatch('movement.list', input, null);
    try {
      const empty = { ok: true, output: { total: 0, rows: [] } };
      expect(await list({ limit: 50 })).toEqual(empty);
      expect([asked, reader.isAwake()]).toEqual([[], false]);
      // Any other page may have to look at every row: it waits for the thread.
      expect(await list({ filter: { state: 'waiting' } })).toEqual(empty);
      expect([asked.length, reader.isAwake()]).toEqual([1, true]);
      expect(await list({ limit: 50 })).toEqual(empty);
      expect(asked).toHaveLength(2);
    } finally {
      await reader.stop();
    }
  });

  it('leaves no thread behind where the station ends before it has started', async () => {
    const reader = createReader(db.file);
    reader.wakeSoon();
    await reader.stop();
    await setTimeout(3_000);
    expect(reader.isAwake()).toBe(false);
  });

  it.each([{ from: 200, limit: 50 }, { limit: 500 }])('is read by the thread from further down: %o', async (page) => {
    const { dispatch } = dispatcher(() => undefined, { ...noReader, isAwake: () => false });
    expect(await dispatch('movement.list', page, null)).toMatchObject({ error: { code: 'internal' } });
  });

  it.each([{ text: 'E01' }, { state: 'waiting' }, { kind: 'sale' }, { businessDay: '2026-09-13' }])(
    'is read by the thread where it is filtered: %o',
    async (filter) => {
      const { dispatch } = dispatcher(() => undefined, { ...noReader, isAwake: () => false });
      expect(await dispatch('movement.list', { filter }, null)).toMatchObject({ error: { code: 'internal' } });
    },
  );
});
