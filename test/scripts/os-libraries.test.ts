import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ensureOsLibraries, ensureProgram } from '../../scripts/os-libraries.ts';

/** A machine of shell scripts: its linker misses what `missing` names until its apt-get ran. */
let machine = '';
const { PATH, DISPLAY } = process.env;
const { getuid } = process;

beforeEach(() => {
  machine = mkdtempSync(join(tmpdir(), 'station-machine-'));
  process.env['PATH'] = `${machine}:/usr/bin:/bin`;
  process.env['DISPLAY'] = ':9';
  program('ldd', `[ -e ${machine}/installed ] && echo "	libc.so.6 => /lib/libc.so.6" || cat ${machine}/missing`);
  program('apt-cache', `printf 'libgtk-3-0t64\\nlibnss3\\nlibasound2t64\\n'`);
  program('apt-get', `echo "$@" >> ${machine}/asked; touch ${machine}/installed`);
  program('sudo', 'exit 1');
  writeFileSync(
    join(machine, 'missing'),
    '\tlibc.so.6 => /lib/libc.so.6\n\tlibgtk-3.so.0 => not found\n\tlibnss3.so => not found\n',
  );
});
afterEach(() => {
  Object.assign(process.env, { PATH, DISPLAY });
  if (DISPLAY === undefined) delete process.env['DISPLAY'];
  if (getuid !== undefined) process.getuid = getuid;
  rmSync(machine, { recursive: true, force: true });
});

describe.runIf(process.platform === 'linux')('the libraries of the system', () => {
  test('are left alone when nothing is missing', async () => {
    writeFileSync(join(machine, 'missing'), '\tlibc.so.6 => /lib/libc.so.6\n');
    await ensureOsLibraries('electron', () => undefined);
    expect(asked()).toBe('');
  });

  test('are installed by root, under the names this release gives them', async () => {
    process.getuid = () => 0;
    const lines: string[] = [];
    await ensureOsLibraries('electron', (line) => lines.push(line));
    expect(asked()).toMatch(/^install -y --no-install-recommends libgtk-3-0t64 libnss3 libasound2t64 /);
    expect(lines.join('\n')).toContain('libgtk-3.so.0, libnss3.so');
  });

  test('are named with the exact command to whoever may not install them', async () => {
    process.getuid = () => 1000;
    await expect(ensureOsLibraries('electron', () => undefined)).rejects.toThrow(
      /Missing on this machine: libgtk-3\.so\.0, libnss3\.so\.\nType: {2}sudo apt-get install -y --no-install-recommends libgtk-3-0t64/,
    );
    expect(asked()).toBe('');
  });

  test('that only the tests need are installed when they are not there, and left alone when they are', async () => {
    process.getuid = () => 0;
    program('apt-get', `echo "$@" >> ${machine}/asked; printf '#!/bin/sh' > ${machine}/counter`);
    await ensureProgram('counter', 'counter-tools', () => undefined);
    await ensureProgram('counter', 'counter-tools', () => undefined);
    expect(asked().trim()).toBe('install -y --no-install-recommends counter-tools');
  });

  test('are said to be still missing when installing did not help', async () => {
    process.getuid = () => 0;
    program('apt-get', `echo "$@" >> ${machine}/asked; echo "no such package" >&2; exit 100`);
    await expect(ensureOsLibraries('electron', () => undefined)).rejects.toThrow(/Still missing: .*no such package/s);
    expect(asked()).toContain('update');
  });
});

function program(name: string, script: string): void {
  const path = join(machine, name);
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
}

function asked(): string {
  try {
    return readFileSync(join(machine, 'asked'), 'utf8');
  } catch {
    return '';
  }
}
