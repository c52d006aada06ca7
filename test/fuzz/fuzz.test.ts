import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectFolder } from '../../scripts/resolve-electron.ts';
import { runCommand } from '../../scripts/run-command.ts';
import { temporaryData } from '../support/spawn-station.ts';
import { fuzzBugs } from './planted-bugs.ts';
import type { FuzzTally } from './tally.ts';

/* A few thousand of the cases of docs/fuzz.md; `npm run fuzz` runs as many as one likes. */

const TIMEOUT_MS = 480_000;
const RUN_OPTIONS = { cwd: projectFolder, timeoutMs: TIMEOUT_MS };
const SCRIPT = join(projectFolder, 'scripts', 'fuzz.ts');

/** A process of its own: its handlers of what nobody handles are its own too, and a bug is planted as it starts. */
async function fuzz(
  ...args: readonly string[]
): Promise<{ readonly code: number; readonly told: string; readonly tally: Partial<FuzzTally> }> {
  const { code, stdout, stderr } = await runCommand(process.execPath, [SCRIPT, ...args, '--json'], RUN_OPTIONS);
  return { code, told: stderr, tally: JSON.parse(stdout.trim().split('\n').at(-1) ?? '{}') as Partial<FuzzTally> };
}

test('five thousand cases end in a yes or in a refusal of the contract', { timeout: TIMEOUT_MS }, async () => {
  const { code, told, tally } = await fuzz('--cases', '5000', '--seed', '1');
  expect(tally, told).toMatchObject({ internal: 0, crashes: 0, hangs: 0, unhandled: 0, failures: 0, cases: 5_000 });
  // Neither of them is a wall that every case ends at.
  expect(tally.ok).toBeGreaterThan(1_000);
  expect(tally.refused).toBeGreaterThan(1_000);
  expect(code).toBe(0);
});

test.each(fuzzBugs)(
  'a planted bug is found, with its seed and a small input: $name',
  { timeout: TIMEOUT_MS },
  async ({ name, target }) => {
    const { code, told, tally } = await fuzz('--cases', '1500', '--seed', '1', '--target', target, '--plant', name);
    expect(tally.failures).toBeGreaterThan(0);
    expect(told).toMatch(/again with: npm run fuzz -- --seed \d+/);
    expect(told).toMatch(/smallest: \{/);
    expect(code).toBe(1);
  },
);

test('a tally goes on where it ended, and what is none is refused', { timeout: TIMEOUT_MS }, async () => {
  const folder = temporaryData();
  const file = join(folder.path, 'tally.json');
  try {
    await fuzz('--cases', '200', '--seed', '1', '--target', 'connector', '--resume', file);
    const { tally } = await fuzz('--cases', '100', '--target', 'connector', '--resume', file);
    expect(tally).toMatchObject({ cases: 300, failures: 0 });
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ cases: 300, next: 4 });
    writeFileSync(file, '{"cases":1}');
    const refused = await runCommand(process.execPath, [SCRIPT, '--cases', '1', '--resume', file], RUN_OPTIONS);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain(`--resume ${file}: no tally of this command`);
    expect(readFileSync(file, 'utf8')).toBe('{"cases":1}');
  } finally {
    folder.remove();
  }
});
