import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemClock } from '../../core/clock.ts';
import { systemRandom } from '../../core/random.ts';
import { startStation, type Station } from '../../core/station.ts';

let data: string;
let station: Station;
let failures: number;
/** What the station's clock throws, once: the way in for an error of the disk, which no file can be made to give. */
let thrown: Error | null;
beforeEach(async () => {
  data = mkdtempSync(join(tmpdir(), 'station-storage-'));
  failures = 0;
  thrown = null;
  station = await startStation({
    data,
    clock: {
      ...systemClock,
      nowMs: () => {
        const error = thrown;
        thrown = null;
        if (error !== null) throw error;
        return systemClock.nowMs();
      },
    },
    random: systemRandom,
    callTimeoutMs: 1000,
    keyStore: null,
    onStorageFailure: () => {
      failures += 1;
    },
  });
});
afterEach(async () => {
  await station.stop();
  rmSync(data, { recursive: true, force: true });
});

test('after the disk failed every call is refused from that instant, and the core ends once', async () => {
  expect(await station.call('sync.errors', {})).toEqual({ ok: true, output: [] });
  thrown = Object.assign(new Error('disk I/O error'), { code: 'SQLITE_IOERR_FSYNC' });
  const failed = { ok: false, error: { code: 'storage_failed', detail: 'SQLITE_IOERR_FSYNC: disk I/O error' } };
  expect(await station.call('station.view', {})).toEqual(failed);
  for (const method of ['station.view', 'sync.errors', 'no.such.method']) {
    expect(await station.call(method, {})).toEqual(failed);
  }
  expect(failures).toBe(1);
});

test('a full disk refuses what it cannot keep, and nothing else', async () => {
  thrown = Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });
  expect(await station.call('station.view', {})).toMatchObject({ ok: false, error: { code: 'disk_full' } });
  expect(await station.call('station.view', {})).toMatchObject({ ok: true });
  expect(failures).toBe(0);
});
