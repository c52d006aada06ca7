import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { launchCore, type CoreProcess } from '../../scripts/core-process.ts';
import { CALL_TIMEOUT_MS, spawnStation, temporaryData } from '../support/spawn-station.ts';

/* A core whose caller goes away: it ends in order, and nobody is told of a crash that was none. */

const folders: ReturnType<typeof temporaryData>[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) folder.remove();
});

function newFolder(): string {
  const folder = temporaryData();
  folders.push(folder);
  return folder.path;
}

type Pipes = readonly ('stdin' | 'stdout')[];
const BOTH: Pipes = ['stdin', 'stdout'];

/** Closes the caller's ends of a core's pipes; answers how it ended and what it said of it. */
async function leave(core: CoreProcess, folder: string, pipes: Pipes) {
  for (const pipe of pipes) core.child[pipe]?.destroy();
  const { code, signal } = await core.ended;
  return { code, signal, words: readFileSync(join(folder, 'words'), 'utf8') };
}

function launch(folder: string): CoreProcess {
  return launchCore({ data: join(folder, 'data'), log: join(folder, 'words'), callTimeoutMs: CALL_TIMEOUT_MS });
}

const readLog = (folder: string): string => readFileSync(join(folder, 'data', 'logs', 'station.log'), 'utf8');

test.each(
  [BOTH, ['stdout'] as const].flatMap((pipes) => [0, 50, 100, 200, 400].map((delayMs) => ({ pipes, delayMs }))),
)('ends in order when its caller closes $pipes $delayMs ms after its start', async ({ pipes, delayMs }) => {
  const folder = newFolder();
  const core = launch(folder);
  await sleep(delayMs);
  // A fast machine is ready by then, and learns by its next answer that nobody reads it.
  core.child.stdin?.write('{"id":1,"method":"station.view","input":{}}\n');
  expect(await leave(core, folder, pipes)).toEqual({ code: 0, signal: null, words: '' });
  expect(readLog(folder)).toContain('"event":"stopped"');
  expect(readLog(folder)).not.toContain('crash');
});

test('ends in order when its caller stops reading in the middle of many answers', async () => {
  const folder = newFolder();
  const core = launch(folder);
  expect(await core.ready).toBe(true);
  core.child.stdin?.write('{"id":1,"method":"station.view","input":{}}\n'.repeat(500));
  expect(await leave(core, folder, ['stdout'])).toEqual({ code: 0, signal: null, words: '' });
  expect(readLog(folder)).not.toContain('crash');
});

test('a core that may not start says so by its code when nobody reads its words', async () => {
  const folder = newFolder();
  const holder = await spawnStation(join(folder, 'data'));
  try {
    const second = launch(folder);
    expect(await leave(second, folder, BOTH)).toEqual({ code: 3, signal: null, words: '' });
    expect(await second.ready).toBe(false);
  } finally {
    expect(await holder.stop()).toBe(0);
  }
});
