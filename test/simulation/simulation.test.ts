import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectFolder } from '../../scripts/resolve-electron.ts';
import { runCommand } from '../../scripts/run-command.ts';
import { plantedBugs } from './planted/planted-bugs.ts';
import { REGRESSIONS } from './regressions.ts';
import type { PlantedScore } from './planted/try-planted-bugs.ts';
import { temporaryData } from '../support/spawn-station.ts';
import type { Tally } from './tally.ts';

/* A few days of the simulated shop (docs/simulation.md); `npm run simulate` runs as many as one likes. */

const TIMEOUT_MS = 480_000;

/** A run in a process of its own, because it takes clocks and timers away from its process. */
async function simulate(
  ...args: readonly string[]
): Promise<{ readonly code: number; readonly lines: string[]; readonly tally: Tally }> {
  const command = [join(projectFolder, 'scripts', 'simulate.ts'), ...args];
  const { code, stdout } = await runCommand(process.execPath, command, { cwd: projectFolder, timeoutMs: TIMEOUT_MS });
  const lines = stdout.trim().split('\n');
  return { code, lines, tally: JSON.parse(lines.at(-1) ?? '{}') as Tally };
}

test('a minute of simulated days finds nothing', { timeout: TIMEOUT_MS }, async () => {
  const { code, tally } = await simulate(
    '--seeds',
    '100000',
    '--from',
    '1',
    '--seconds',
    '60',
    '--jobs',
    '2',
    '--json',
  );
  expect(tally.failures).toBe(0);
  // However slow the machine is, some days came to their end.
  expect(tally.seeds).toBeGreaterThanOrEqual(10);
  expect(tally.documents).toBeGreaterThanOrEqual(tally.seeds * 40);
  expect(tally.faults).toBeGreaterThanOrEqual(tally.seeds * 20);
  expect(tally.crashes).toBeGreaterThanOrEqual(tally.seeds * 3);
  expect(code).toBe(0);
});

test('the days that once found something find nothing any more', { timeout: TIMEOUT_MS }, async () => {
  const { lines, tally } = await simulate('--regressions', '--jobs', '2', '--json');
  expect(lines.filter((line) => line.includes(' found '))).toEqual([]);
  expect(tally).toMatchObject({ failures: 0, seeds: Object.keys(REGRESSIONS).length });
});

test('the same seed is the same day, byte for byte', { timeout: TIMEOUT_MS }, async () => {
  const trace = async (): Promise<string> => {
    const { lines } = await simulate('--seed', '3', '--trace');
    // The last two lines tell how long it took.
    return lines.slice(0, -2).join('\n');
  };
  const first = await trace();
  expect(first.split('\n').length).toBeGreaterThan(500);
  expect(await trace()).toBe(first);
});

test('a planted bug is caught, with its seed and its trace', { timeout: TIMEOUT_MS }, async () => {
  const { code, lines, tally } = await simulate('--plant', 'confirmed at status 0', '--seeds', '10', '--first');
  expect(tally.failures).toBe(1);
  expect(code).toBe(1);
  expect(lines.some((line) => /^seed \d+ .* found \d+; again with: npm run simulate -- --seed/.test(line))).toBe(true);
});

test('each planted bug is caught by the seed that is known to find it', { timeout: TIMEOUT_MS }, async () => {
  const { lines } = await simulate('--planted', '--recorded', '--jobs', '2', '--json');
  const score = JSON.parse(lines.at(-1) ?? '{}') as PlantedScore;
  expect(score.bugs.filter(({ seed }) => seed === null)).toEqual([]);
  expect(score.caught).toBe(score.planted);
  expect(score.planted).toBeGreaterThanOrEqual(25);
});

test('a tally goes on where it ended, and what is none is left as it is', { timeout: TIMEOUT_MS }, async () => {
  const folder = temporaryData();
  const file = join(folder.path, 'tally.json');
  try {
    await simulate('--seeds', '1', '--from', '1', '--resume', file, '--json');
    const { tally } = await simulate('--seeds', '1', '--resume', file, '--json');
    expect(tally).toMatchObject({ seeds: 2 });
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ seeds: 2, next: 3, failed: [] });
    writeFileSync(file, '{"seeds":1}');
    const command = [join(projectFolder, 'scripts', 'simulate.ts'), '--seeds', '1', '--resume', file];
    const refused = await runCommand(process.execPath, command, { cwd: projectFolder, timeoutMs: TIMEOUT_MS });
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain(`--resume ${file}: no tally of this command`);
    expect(readFileSync(file, 'utf8')).toBe('{"seeds":1}');
  } finally {
    folder.remove();
  }
});

test('every planted bug finds its place in the product', () => {
  for (const { name, patches } of plantedBugs) {
    for (const [file, text] of patches) {
      const source = readFileSync(join(projectFolder, file), 'utf8');
      expect(source.split(text).length - 1, `${name}: ${text}`).toBe(1);
    }
  }
});
