import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectFolder } from '../../scripts/resolve-electron.ts';
import { runCommand } from '../../scripts/run-command.ts';
import { readHostileOptions } from '../hostile/options.ts';
import { readSimulationOptions } from '../simulation/options.ts';
import { readStoreOptions } from '../store/options.ts';
import { readTortureOptions } from '../torture/options.ts';

/* What the commands of docs/reliability.md have in common: how they are asked, and how they say that they were not understood. */

test.each([
  ['soak', ['--days', '3'], '--days "3" is not a whole number of 4 or more'],
  ['store', ['--stations', '21'], '--stations "21" is not a whole number from 1 to 20'],
  ['torture', ['--seconds', '0'], '--seconds "0" is not a number of seconds above 0'],
  ['simulate', ['--seeds', 'many'], '--seeds "many" is not a whole number of 0 or more'],
  ['fuzz', ['--target', 'window'], '--target "window" is not one of: lines, connector, decoder, contract'],
  ['power-loss', ['--control', 'none'], '--control "none" is not one of: synchronous-normal, lying-sync'],
  ['hostile', ['--fault', 'rain'], '--fault "rain" is not one of: '],
  ['soak', ['--weeks', '1'], "Unknown option '--weeks'"],
])('npm run %s: a wrong option names itself, its value and what is right', async (machine, args, words) => {
  const command = [join(projectFolder, 'scripts', `${machine}.ts`), ...args, '--json'];
  const { code, stdout, stderr } = await runCommand(process.execPath, command, {
    cwd: projectFolder,
    timeoutMs: 60_000,
  });
  expect(stderr).toContain(words);
  expect(stderr).toContain(`usage: npm run ${machine} --`);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
});

test('what is not asked for is as it is documented', () => {
  const store = { stations: 8, days: 7, sales: 30, seed: 1, bound: 300, plant: null, json: false };
  expect(readStoreOptions([])).toEqual(store);
  expect(readStoreOptions(['--json', '--days=2', '--plant', 'a sale is not queued'])).toEqual({
    ...store,
    json: true,
    days: 2,
    plant: 'a sale is not queued',
  });
  expect(readTortureOptions(['--seconds', '1.5', '--resume', 'tally.json'])).toMatchObject({
    seconds: 1.5,
    resume: 'tally.json',
    kills: 100,
  });
  expect(readHostileOptions(['--fault', 'refused']).rounds).toBe(1);
  expect(readSimulationOptions(['--seed', '7', '--trace'])).toMatchObject({ from: 7, seeds: 1, isTraced: true });
  expect(readSimulationOptions(['--planted'])).toMatchObject({ from: 1, seeds: 50, isPlanted: true });
});

test.each([['1e2'], ['0x10'], [''], ['1.5'], ['99999999999999999999']])('"%s" is no number of kills', (kills) => {
  expect(() => readTortureOptions(['--kills', kills])).toThrow(`--kills "${kills}" is not a whole number`);
});
