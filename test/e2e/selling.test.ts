import type { Page } from '@playwright/test';
import { join } from 'node:path';
import { scan } from './support/scanner.ts';
import { expect, test } from './support/station-test.ts';
import {
  DRESS,
  expectAccessible,
  JEANS,
  logIn,
  openDemoStore,
  openDrawer,
  openFolder,
  payCash,
  T_SHIRT,
  type,
} from './support/walk.ts';

/* A cashier's day in the real window, by keyboard alone: the mouse is never touched. */

const folder = openFolder('selling');
const { data } = folder;
test.afterAll(() => folder.remove());

const serverSwitch = (page: Page) => page.getByTestId('demo-server');

test.describe.configure({ mode: 'serial' });

test('from the first start to a sale the ERP confirmed, by keyboard', async ({ launch }) => {
  test.setTimeout(180_000);
  const { page } = await launch({ data });
  await expect(page.getByTestId('open-demo')).toBeFocused();
  await expectAccessible(page);
  await openDemoStore(page);
  await expectAccessible(page);
  await logIn(page);
  await openDrawer(page);
  // Two scans without a pause: neither is lost, no digit falls into a field.
  await scan(page, T_SHIRT);
  await scan(page, DRESS);
  await expect(page.getByText('3 peças')).toBeHidden();
  await expect(page.getByText('2 peças')).toBeVisible();
  await type(page, '2*');
  await scan(page, JEANS);
  await expect(page.getByText('4 peças')).toBeVisible();
  await type(page, '//24');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Marina Duarte').first()).toBeVisible();
  await expectAccessible(page);
  await payCash(page, '700');
  await expect(page.getByTestId('change')).toContainText('90,40');
  await expect(page.getByTestId('paper')).toContainText('NÃO É DOCUMENTO FISCAL');
  await expectAccessible(page);

  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+l');
  await expect(page.getByText('E01000000001').first()).toBeVisible();
  await expect(page.getByText('Confirmado').first()).toBeVisible({ timeout: 20_000 });
  await expectAccessible(page);
});

test('sells and cancels without the server, calmly, and both arrive when it is back', async ({ launch }) => {
  const { page } = await launch({ data });
  await expect(page.getByPlaceholder('Passe a peça ou digite o código')).toBeFocused();
  await page.getByTestId('sync-badge').focus();
  await page.keyboard.press('Enter');
  // The demo server starts with the program; before it runs, the key would start it.
  await expect(serverSwitch(page)).toBeChecked({ timeout: 20_000 });
  await serverSwitch(page).focus();
  await page.keyboard.press('Space');
  await expect(serverSwitch(page)).not.toBeChecked();
  await page.keyboard.press('Escape');

  await scan(page, T_SHIRT);
  await expect(page.getByText('1 peça')).toBeVisible();
  await type(page, '//24');
  await page.keyboard.press('Enter');
  await payCash(page, '100');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('sync-badge')).toContainText('Sem servidor', { timeout: 20_000 });
  // Calm: nothing asks for an answer, nothing is red.
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByRole('alert')).toHaveCount(0);

  await page.keyboard.press('Control+l');
  await expect(page.getByText('E01000000002').first()).toBeVisible();
  // The key works once its button is there.
  await expect(page.getByRole('button', { name: 'Cancelar a venda' })).toBeEnabled();
  await page.keyboard.press('Delete');
  await expect(page.getByRole('dialog')).toBeVisible();
  await type(page, 'cliente desistiu');
  await page.keyboard.press('Enter');
  // A cashier needs the manager's leave on the spot.
  await expect(page.getByText('Liberação do gerente').first()).toBeVisible();
  await type(page, '9999');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Cancelada').first()).toBeVisible();
  await expect(page.getByTestId('sync-badge')).toContainText('2 a enviar');

  await page.getByTestId('sync-badge').focus();
  await page.keyboard.press('Enter');
  await serverSwitch(page).focus();
  await page.keyboard.press('Space');
  await expect(serverSwitch(page)).toBeChecked({ timeout: 20_000 });
  await expect(page.getByTestId('sync-badge')).toHaveText('Online', { timeout: 40_000 });
});

test('gives the half-rung sale back after the power went', async ({ launch }) => {
  const first = await launch({ data });
  await expect(first.page.getByPlaceholder('Passe a peça ou digite o código')).toBeFocused();
  await scan(first.page, DRESS);
  await scan(first.page, JEANS);
  await expect(first.page.getByText('2 peças')).toBeVisible();
  await first.kill();
  const { page } = await launch({ data });
  await expect(page.getByText('2 peças')).toBeVisible();
  await expect(page.getByText('Vestido Midi Floral Viscose')).toBeVisible();
});

test('goes on by itself when the core dies under the window', async ({ launch }) => {
  const { page, app } = await launch({ data });
  await expect(page.getByText('2 peças')).toBeVisible();
  const windowPid = app.process().pid ?? 0;
  await killCore(data);
  await scan(page, T_SHIRT);
  await expect(page.getByText('3 peças')).toBeVisible({ timeout: 20_000 });
  expect(app.process().pid).toBe(windowPid);
});

/** SIGKILL to the process that holds the data. */
async function killCore(folderOfData: string): Promise<void> {
  const { readFile } = await import('node:fs/promises');
  const holder = await readFile(join(folderOfData, 'station.holder'), 'utf8');
  const pid = Number(/processo (\d+)/.exec(holder)?.[1]);
  process.kill(pid, 'SIGKILL');
}
