import type { Page } from '@playwright/test';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createGallery } from './support/gallery.ts';
import { scan, scanAll } from './support/scanner.ts';
import { expect, test } from './support/station-test.ts';
import { measureTones } from './support/tones.ts';

/* The scanner over everything, the sounds, the keys of a group and the idle lock: real key events, core and stand-in ERP. */

const T_SHIRT = '7899000001017';
const DRESS = '7899000002014';
const FISCAL_KEY = '35261111222333000181650010000045671123456784';

const folder = mkdtempSync(join(tmpdir(), 'station-e2e-keys-'));
chmodSync(folder, 0o755);
const data = join(folder, 'data');
test.afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }));
test.describe.configure({ mode: 'serial' });

async function type(page: Page, text: string): Promise<void> {
  await page.keyboard.type(text, { delay: 60 });
  await page.waitForTimeout(150);
}
const till = (page: Page) => page.getByPlaceholder('Passe a peça ou digite o código');
const banner = (page: Page) => page.getByTestId('banner');

async function openTill(page: Page): Promise<void> {
  await expect(page.getByRole('button', { name: 'Abrir a demonstração' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Quem está no caixa?' })).toBeVisible({ timeout: 80_000 });
  await signIn(page);
  await expect(page.getByText('Fundo de troco').first()).toBeVisible();
  // A scan at a closed drawer is refused aloud, and no digit of it falls into the amount.
  await scan(page, T_SHIRT);
  await expect(banner(page)).toHaveAttribute('data-code', 'C-001');
  await type(page, '100');
  await page.keyboard.press('Enter');
  await expect(till(page)).toBeFocused();
}
async function signIn(page: Page): Promise<void> {
  await page.keyboard.press('Enter');
  await type(page, '1111');
  await page.keyboard.press('Enter');
}

test('takes two scans in a row over every dialog, and each code for what it is', async ({ launch }) => {
  test.setTimeout(240_000);
  const { app, page } = await launch({ data });
  await openTill(page);
  const dialog = page.getByRole('dialog');
  const gallery = createGallery(page, 'gallery-keys', 'pt-BR');

  await scanAll(page, ['VD-000024', T_SHIRT, DRESS]);
  await expect(page.getByTestId('pieces')).toHaveText('2 peças');
  await expect(page.getByTestId('salesperson')).toHaveText('Marina Duarte');

  let pieces = 2;
  for (const key of ['F1', 'F2', 'Control+F2', 'F3', 'F4', 'F5', 'F7', 'Control+Delete', 'Control+g']) {
    await page.keyboard.press(key);
    await expect(dialog, key).toBeVisible();
    const fields = await dialog.locator('input:not([type=checkbox]):not([type=radio]), textarea').all();
    const before = await Promise.all(fields.map((field) => field.inputValue()));
    await scanAll(page, [T_SHIRT, DRESS]);
    pieces += 2;
    await expect(page.getByTestId('pieces'), key).toHaveText(`${pieces} peças`);
    await expect(dialog, key).toBeVisible();
    expect(await Promise.all(fields.map((field) => field.inputValue())), key).toEqual(before);
    await page.keyboard.press('Escape');
    await expect(dialog, key).toHaveCount(0);
  }

  await page.keyboard.press('F1');
  await gallery.show('keys');
  await page.getByTestId('key-card').click();
  await expect(page.getByTestId('paper')).toBeVisible();
  await gallery.show('key-card');
  const file = join(folder, 'teclas.pdf');
  chmodSync(folder, 0o777);
  // The dialog of the system is the one thing no test can press.
  await app.evaluate(({ dialog: asks }, filePath) => {
    asks.showSaveDialog = async () => ({ canceled: false, filePath });
  }, file);
  await page.getByTestId('save-pdf').click();
  await expect(page.getByText(`PDF salvo em ${file}`)).toBeVisible();
  expect(
    readFileSync(file)
      .toString('latin1')
      .match(/\/MediaBox ?\[[^\]]*\]/g),
  ).toHaveLength(1);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await scan(page, 'CUP-NATAL10');
  await expect(banner(page)).toContainText('Cupons ainda não são usados');
  await scan(page, FISCAL_KEY);
  await expect(banner(page)).toContainText('NFC-e nº 4567, série 1');
  await gallery.show('fiscal-key');
  await scan(page, 'E02000000001');
  await expect(banner(page)).toContainText('A venda E02000000001 não está neste caixa');
  await expect(page.getByTestId('pieces')).toHaveText(`${pieces} peças`);

  await page.keyboard.press('F9');
  await page.keyboard.press('1');
  await expect(page.getByTestId('amount')).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.press('F10');
  await expect(page.getByTestId('finished')).toBeVisible();
  await scan(page, 'E01000000001');
  await expect(page.getByTestId('movement-detail')).toHaveAttribute('data-number', 'E01000000001');
  await expect(page.getByTestId('scanned-sale')).toContainText('A troca ainda não é feita');
  await gallery.show('scanned-sale');
  await scan(page, T_SHIRT);
  await expect(till(page)).toBeFocused();
  await expect(page.getByTestId('pieces')).toHaveText('1 peça');
  await page.keyboard.press('F12');
  await expect(page.getByTestId('sale-waits')).toBeVisible();
  await gallery.show('login-sale-waits');
  await signIn(page);
  await expect(till(page)).toBeFocused();
  await page.getByRole('button', { name: 'Preferências' }).click();
  await gallery.show('preferences');
  gallery.finish();
  expect(gallery.findings).toEqual([]);
});

test('an error sounds unlike a success, as loud as was chosen, and no device is no failure', async ({ launch }) => {
  test.setTimeout(120_000);
  const { page } = await launch({ data });
  await expect(till(page)).toBeFocused();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  const sounds = await measureTones(page);

  const success = await sounds.after(() => scan(page, DRESS));
  const error = await sounds.after(async () => {
    await scan(page, '0000000000000');
    await expect(banner(page)).toHaveAttribute('data-code', 'V-001');
  });
  // One short high tone; two long low ones, louder.
  expect(success.hertz).toBeGreaterThan(1200);
  expect(success.hertz).toBeLessThan(1450);
  expect(error.hertz).toBeGreaterThan(180);
  expect(error.hertz).toBeLessThan(340);
  expect(success.seconds).toBeLessThan(0.1);
  expect(error.seconds).toBeGreaterThan(0.3);
  expect(error.peak).toBeGreaterThan(success.peak * 1.2);

  async function choose(name: string): Promise<void> {
    // A message goes first.
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Preferências' }).click();
    await page.getByText(name, { exact: true }).click();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
  }
  const peaks: number[] = [];
  for (const name of ['Baixos', 'Médios', 'Altos']) {
    await choose(name);
    peaks.push((await sounds.after(() => scan(page, DRESS))).peak);
  }
  expect(peaks[1]).toBeGreaterThan((peaks[0] ?? 0) * 2);
  expect(peaks[2]).toBeGreaterThan((peaks[1] ?? 0) * 2);
  expect(peaks[2]).toBeLessThan(1);
  await choose('Desligados');
  expect((await sounds.after(() => scan(page, DRESS))).peak).toBe(0);

  await choose('Médios');
  await sounds.unplug();
  await scan(page, T_SHIRT);
  await scan(page, '0000000000000');
  await expect(banner(page)).toHaveAttribute('data-code', 'V-001');
  expect(errors).toEqual([]);
});

test('has the keys of its group, and locks when nobody is there', async ({ launch }) => {
  test.setTimeout(120_000);
  const { page } = await launch({ data });
  await expect(till(page)).toBeFocused();
  const politicas = { versao: 9, teclas: { buscar: 'F8', receber: 'Ctrl+E' }, bloqueioOciosoMin: 1 };
  // The demo's server starts with the station, which does not wait for it.
  await expect(async () => {
    const server = await page.evaluate<string>(
      "station.call('station.view', {}).then(({ output }) => output.station.server)",
    );
    const reply = await fetch(`${server}/admin/registers`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ register: 'grupos_estacoes', id: 1, row: { politicas } }),
    });
    expect(reply.status).toBe(200);
  }).toPass({ timeout: 30_000 });
  await page.evaluate("station.call('catalog.reload', { register: 'station' })");

  await expect(page.getByTestId('pay')).toContainText('Ctrl E');
  await page.keyboard.press('F3');
  await page.keyboard.press('F8');
  await expect(page.getByTestId('product-find')).toBeFocused();
  await page.keyboard.press('Escape');
  await page.keyboard.press('F1');
  await expect(page.getByRole('dialog')).toContainText('F8');
  await page.keyboard.press('Escape');

  await page.clock.install();
  await page.keyboard.press('Control+e');
  await expect(page.getByTestId('payment')).toBeVisible();
  await page.clock.fastForward(600_000);
  await expect(page.getByTestId('payment')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(till(page)).toBeFocused();
  await page.clock.fastForward(40_000);
  await expect(till(page)).toBeVisible();
  await page.clock.fastForward(25_000);
  await expect(page.getByRole('heading', { name: 'Quem está no caixa?' })).toBeVisible();
  await expect(page.getByTestId('sale-waits')).toBeVisible();
  await scan(page, T_SHIRT);
  await expect(banner(page)).toHaveAttribute('data-code', 'O-004');
  await page.clock.resume();
  // The scan left the focus in the field of the code.
  await type(page, '1');
  await signIn(page);
  await expect(page.getByTestId('line').first()).toBeVisible();
  await page.keyboard.press('F5');
  await page.keyboard.press('F12');
  await expect(page.getByRole('heading', { name: 'Quem está no caixa?' })).toBeVisible();
});
