import { afterAll, beforeAll, expect, test } from 'vitest';
import SqliteDatabase from 'better-sqlite3';
import { join } from 'node:path';
import { readdirSync, readFileSync } from 'node:fs';
import { startSandbox, temporaryFolder, type Sandbox } from '../sandbox/support.ts';
import { spawnStation, temporaryData } from '../support/spawn-station.ts';

/* A real core at a server that takes only sessions: what a killed one leaves open, the next one gives back. */

const folder = temporaryFolder();
const data = temporaryData();
let erp: Sandbox;

beforeAll(async () => {
  erp = await startSandbox(folder.path, ['--preset', 'wts-session']);
});
afterAll(async () => {
  await erp.end('SIGTERM');
  folder.remove();
  data.remove();
});

function openSessions(): string[] {
  const file = new SqliteDatabase(join(data.path, 'station.db'), { readonly: true });
  try {
    return file.prepare('SELECT session FROM erp_sessions').pluck().all() as string[];
  } finally {
    file.close();
  }
}

test('a station at a server with sessions leaves none behind, whatever ended it, and logs none', async () => {
  const first = await spawnStation(data.path);
  const login = { server: erp.url, user: 'e01', password: 'demo-e01' };
  const enrolled = await first.must('setup.enrol', { ...login, stationCode: 'E01' });
  expect(enrolled.load.state).toBe('done');
  await expect.poll(async () => (await first.must('sync.view', {})).reachability).toBe('online');
  await expect.poll(openSessions).toHaveLength(1);
  const [left] = openSessions();
  await first.kill();
  expect(openSessions()).toEqual([left]);

  const second = await spawnStation(data.path);
  const isAnother = (sessions: readonly string[]): boolean => sessions.length === 1 && sessions[0] !== left;
  await expect.poll(() => isAnother(openSessions())).toBe(true);
  await expect.poll(async () => (await second.must('sync.view', {})).reachability).toBe('online');
  expect((await second.must('sync.view', {})).lastError).toBeNull();
  const last = openSessions();
  expect(await second.stop()).toBe(0);
  expect(openSessions()).toEqual([]);

  // Nobody is in the way of the next login, and the log gave nothing away.
  const third = await spawnStation(data.path);
  await expect.poll(async () => (await third.must('sync.view', {})).reachability).toBe('online');
  await third.stop();
  const folderOfLogs = join(data.path, 'logs');
  const logs = readdirSync(folderOfLogs).map((name) => readFileSync(join(folderOfLogs, name), 'utf8'));
  for (const secret of [...last, left ?? '', 'demo-e01']) expect(logs.join('')).not.toContain(secret);
});
