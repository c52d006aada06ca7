import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createElectronCommand, prepareDataFolder } from '../../scripts/electron-command.ts';
import { projectFolder } from '../../scripts/resolve-electron.ts';
import { descendantsOf } from './support/processes.ts';
import { expect, test } from './support/station-test.ts';

test('the packed app runs its core on the Node it brings, with its pages shut in', async ({ launch }) => {
  const { app, page, isSandboxed } = await launch({ packed: true });
  expect(isSandboxed).toBe(true);
  expect(await app.evaluate(({ app: electron }) => electron.isPackaged)).toBe(true);
  const reply = await page.evaluate(async () => {
    const { station } = globalThis as unknown as {
      station: {
        coreState: () => Promise<{ state: string }>;
        call: (method: string, input: unknown) => Promise<unknown>;
      };
    };
    for (let tries = 0; tries < 200 && (await station.coreState()).state !== 'ready'; tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return station.call('station.view', {});
  });
  expect(reply).toMatchObject({ ok: true });

  const main = app.process().pid ?? 0;
  const resources = join(projectFolder, 'dist', 'e2e', 'linux-unpacked', 'resources');
  const core = childrenOf(main).find((command) => command.includes('out/core/main.js'));
  expect(core).toContain(join('resources', 'node', 'node'));
  expect(core).toContain(join('app.asar.unpacked', 'out', 'core', 'main.js'));
  expect(readdirSync(resources)).toContain('app.asar');
  const pagePid = await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId(),
  );
  expect(readFileSync(`/proc/${pagePid}/status`, 'utf8')).toMatch(/^Seccomp:\s*2$/m);
});

test('a release lets nobody attach to it, runs nothing but itself and ends in order', async () => {
  const folder = join(projectFolder, 'dist', 'release', 'linux-unpacked');
  const run = createElectronCommand({ folder, executable: join(folder, 'station'), args: [], projectFolder });
  const work = mkdtempSync(join(tmpdir(), 'station-release-'));
  const data = join(work, 'data');
  chmodSync(work, 0o755);
  prepareDataFolder(run.user, data);
  const [program, ...first] = run.command;
  const switches = ['--inspect=0', '--remote-debugging-port=0', '--disable-gpu', `--data=${data}`];
  const env = { ...run.env, ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: '--require /there/is/no/such/module' };
  const release = spawn(program, [...first, ...switches], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  let stderr = '';
  release.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  try {
    // Running as a window, not as Node, it starts its core.
    await expect
      .poll(() => childrenOf(release.pid ?? 0).some((command) => command.includes('out/core/main.js')))
      .toBe(true);
    await expect
      .poll(() => childrenOf(release.pid ?? 0).some((command) => command.includes('--type=renderer')))
      .toBe(true);
    // Twice, as from a terminal and whoever started it: the second one must not make a crash of it.
    release.kill('SIGTERM');
    release.kill('SIGTERM');
    expect(await endOf(release)).toBe(0);
    expect(stderr).not.toMatch(/Debugger listening|DevTools listening|no-sandbox/);
  } finally {
    release.kill('SIGKILL');
    rmSync(work, { recursive: true, force: true });
  }
});

test('the packed app brings its command line', () => {
  const cli = join(projectFolder, 'dist', 'release', 'linux-unpacked', 'resources', 'bin', 'station-cli');
  const help = execFileSync(cli, ['--help'], { encoding: 'utf8', env: { PATH: process.env['PATH'] } });
  expect(help).toContain('doctor');
});

function endOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => {
    child.once('exit', (code) => resolve(code));
  });
}

/** The command lines of the processes that descend from `pid`. */
function childrenOf(pid: number): string[] {
  return descendantsOf(pid).map(({ command }) => command);
}
