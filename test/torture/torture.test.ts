import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { projectFolder } from '../../scripts/resolve-electron.ts';
import { runCommand } from '../../scripts/run-command.ts';
import { temporaryData } from '../support/spawn-station.ts';
import type { Tally } from './tally.ts';

/* Some kills of the real core at a real ERP (docs/torture.md); `npm run torture` takes as many as one likes. */

const TIMEOUT_MS = 480_000;

const folder = temporaryData();
afterAll(() => folder.remove());
const runOptions = { cwd: projectFolder, timeoutMs: TIMEOUT_MS, env: { ...process.env, TMPDIR: folder.path } };

async function torture(
  ...args: readonly string[]
): Promise<{ readonly code: number; readonly words: string; readonly tally: Tally }> {
  const command = [join(projectFolder, 'scripts', 'torture.ts'), ...args, '--json'];
  const { code, stdout, stderr } = await runCommand(process.execPath, command, runOptions);
  return { code, words: stderr, tally: JSON.parse(stdout.trim().split('\n').at(-1) ?? '{}') as Tally };
}

test('forty kills lose, double and change nothing', { timeout: TIMEOUT_MS }, async () => {
  const file = join(folder.path, 'tally.json');
  const { code, words, tally } = await torture('--kills', '40', '--seed', '1', '--resume', file);
  expect(words).not.toContain('!');
  expect(tally).toMatchObject({ lost: 0, doubled: 0, unequal: 0, gaps: 0, failures: 0 });
  expect(tally.kills).toBeGreaterThanOrEqual(40);
  expect(tally.sales).toBeGreaterThanOrEqual(5);
  // Some of them in the middle of a command, some at instants with a name.
  expect(tally.unacknowledged).toBeGreaterThan(0);
  expect(Object.keys(tally.atPoints).length).toBeGreaterThan(3);
  expect(Object.values(tally.atPoints).reduce((sum, count) => sum + count, 0)).toBe(tally.kills);
  expect(code).toBe(0);
  // A tally goes on where it ended: there is nothing left to do here.
  expect((await torture('--kills', '40', '--resume', file)).tally).toEqual(tally);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ kills: tally.kills, next: 2 });
  writeFileSync(file, '{"kills":1}');
  const command = [join(projectFolder, 'scripts', 'torture.ts'), '--resume', file];
  const refused = await runCommand(process.execPath, command, runOptions);
  expect(refused.code).toBe(2);
  expect(refused.stderr).toContain(`--resume ${file}: no tally of this command`);
});

test('a core that replies before it commits is caught', { timeout: TIMEOUT_MS }, async () => {
  const { code, words, tally } = await torture('--kills', '60', '--stations', '1', '--plant', 'reply before commit');
  expect(tally.lost, words).toBeGreaterThan(0);
  expect(words).toMatch(/was acknowledged and is lost/);
  expect(code).toBe(1);
});

test('a core that queues a sale after its transaction is caught', { timeout: TIMEOUT_MS }, async () => {
  const args = ['--kills', '60', '--stations', '1', '--plant', 'outbox outside the transaction'];
  const { code, words, tally } = await torture(...args);
  expect(tally.lost, words).toBeGreaterThan(0);
  expect(words).toMatch(/was sold and is not in the queue/);
  expect(code).toBe(1);
});
