import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectFolder } from '../../scripts/resolve-electron.ts';
import { expect, test } from './support/station-test.ts';

type Bridge = {
  coreState: () => Promise<{ state: string; restarts: number }>;
  call: (method: string, input: unknown) => Promise<{ ok: boolean }>;
};

test('a core that dies is started again under the same window', async ({ launch }) => {
  const { app, page } = await launch();
  await expect.poll(() => stateOf(page)).toEqual({ state: 'ready', restarts: 0 });
  const core = await app.evaluate(({ app: electron }) => {
    const { execFileSync } = process.getBuiltinModule('node:child_process');
    void electron;
    return Number(execFileSync('pgrep', ['-P', String(process.pid), '-f', 'core/main.js'], { encoding: 'utf8' }));
  });
  process.kill(core, 'SIGKILL');
  await expect.poll(() => stateOf(page)).toEqual({ state: 'ready', restarts: 1 });
  expect(
    await page.evaluate(() => (globalThis as unknown as { station: Bridge }).station.call('station.view', {})),
  ).toMatchObject({ ok: true });
});

test('says who uses the data, and goes on when it is free', async ({ launch }, info) => {
  const data = mkdtempSync(join(tmpdir(), 'station-locked-'));
  const holder = await startCore(data);
  try {
    const { page } = await launch({ data });
    await expect(page.getByRole('heading', { name: 'Estação parada' })).toBeVisible();
    await expect(page.locator('#reason')).toContainText('já estão em uso');
    await expect(page.locator('#code')).toContainText('M-001');
    await expect(page.getByRole('button', { name: 'Tentar de novo' })).toBeFocused();
    await page.screenshot({ path: info.outputPath('stopped.png') });
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([]);

    await endCore(holder);
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL('app://station/index.html');
    await expect.poll(() => stateOf(page)).toMatchObject({ state: 'ready' });
  } finally {
    holder.kill('SIGKILL');
    rmSync(data, { recursive: true, force: true, maxRetries: 5 });
  }
});

/** Only Linux has a folder in which nobody, root neither, can make another. */
const noFolder = process.platform === 'linux' ? ([['where no folder can be', '/proc/station/below']] as const) : [];
for (const [why, folder] of [...noFolder, ['that nobody may write', undefined] as const]) {
  test(`says that a data folder ${why} is none, and ends when asked`, async ({ launch }) => {
    const unwritable = mkdtempSync(join(tmpdir(), 'station-unwritable-'));
    chmodSync(unwritable, 0o555);
    const data = folder ?? unwritable;
    try {
      const { page } = await launch({ data, isUnusable: true });
      await expect(page.getByRole('heading', { name: 'Estação parada' })).toBeVisible();
      await expect(page.locator('#reason')).toContainText(`Não é possível gravar em ${data}`);
      await expect(page.locator('#next')).toContainText('escolha outra');
      await expect(page.locator('#code')).toContainText('código do processo 7');
    } finally {
      rmSync(unwritable, { recursive: true, force: true });
    }
  });
}

test('a second start on the same data gives way to the window that is open', async ({ launch }) => {
  const { data, page } = await launch();
  await expect(launch({ data })).rejects.toThrow();
  // While the second one closes, the debugging session of the first may break off once.
  await expect(async () => expect(await stateOf(page)).toEqual({ state: 'ready', restarts: 0 })).toPass({
    timeout: 10_000,
  });
});

function stateOf(page: Page): Promise<{ state: string; restarts: number }> {
  return page.evaluate(async () => {
    const { state, restarts } = await (globalThis as unknown as { station: Bridge }).station.coreState();
    return { state, restarts };
  });
}

/** A core of its own on the data, as a command line would start one. */
function startCore(data: string): Promise<ChildProcess> {
  return new Promise((resolve, reject) => {
    const core = spawn(process.execPath, [join(projectFolder, 'core', 'main.ts'), '--data', data], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    core.once('error', reject);
    core.once('exit', (code) => reject(new Error(`the core that should hold the data ended with ${code}`)));
    core.once('message', () => resolve(core));
  });
}

function endCore(core: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    core.once('exit', () => resolve());
    core.disconnect();
  });
}
