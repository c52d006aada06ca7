import type { Page } from '@playwright/test';
import { createGallery } from './support/gallery.ts';
import { scan } from './support/scanner.ts';
import { expect, test } from './support/station-test.ts';

/* Every screen and dialog of the window, in each theme: a picture for people, and Axe for what people overlook. */

const T_SHIRT = '7899000001017';
const DRESS = '7899000002014';
const JEANS = '7899000003011';
const LOAD_TIMEOUT_MS = 80_000;

async function type(page: Page, text: string): Promise<void> {
  await page.keyboard.type(text, { delay: 60 });
  await page.waitForTimeout(150);
}

test('every screen is whole, readable and accessible in each theme', async ({ launch }) => {
  test.setTimeout(600_000);
  const { page } = await launch();
  const gallery = createGallery(page);
  const till = page.getByPlaceholder('Passe a peça ou digite o código');
  const dialog = page.getByRole('dialog');
  const press = (key: string) => page.keyboard.press(key);

  async function inDialog(key: string, name: string): Promise<void> {
    await press(key);
    await expect(dialog).toBeVisible();
    await gallery.show(name);
    await press('Escape');
    await expect(dialog).toHaveCount(0);
  }

  await expect(page.getByRole('button', { name: 'Abrir a demonstração' })).toBeFocused();
  await gallery.show('start');
  await press('Enter');
  await expect(page.getByText('Carga inicial')).toBeVisible();
  await gallery.show('load');
  await expect(page.getByRole('heading', { name: 'Quem está no caixa?' })).toBeVisible({ timeout: LOAD_TIMEOUT_MS });
  await gallery.show('login');
  await press('Enter');
  await gallery.show('login-pin');
  await type(page, '9876');
  await press('Enter');
  await expect(page.getByRole('alert').first()).toBeVisible();
  await gallery.show('login-wrong-pin');
  await press('Escape');
  await press('Enter');
  await type(page, '1111');
  await press('Enter');
  await expect(page.getByText('Fundo de troco').first()).toBeVisible();
  await gallery.show('open-session');
  await type(page, '100');
  await press('Enter');

  await expect(till).toBeFocused();
  await gallery.show('till-empty');
  await scan(page, '0000000000000');
  await expect(page.getByRole('alert').first()).toBeVisible();
  await gallery.show('till-unknown-code');
  await press('Escape');
  await inDialog('F7', 'recall-empty');
  for (const code of [T_SHIRT, DRESS, JEANS]) await scan(page, code);
  await expect(page.getByText('3 peças')).toBeVisible();
  // There and within the window: a line of no height is there too.
  for (const line of await page.getByTestId('line').all()) await expect(line).toBeInViewport({ ratio: 1 });
  await gallery.show('till-three-items');
  await inDialog('F1', 'keys');
  await inDialog('F2', 'cpf');
  await inDialog('Control+F2', 'customer');
  await inDialog('F4', 'salesperson');
  await inDialog('F5', 'discount');
  await inDialog('F7', 'park');
  await inDialog('Control+p', 'price-check');
  await press('F3');
  await gallery.show('search-empty');
  await type(page, 'vestido mi');
  await expect(page.getByTestId('product-row').first()).toBeVisible();
  await press('ArrowDown');
  await gallery.show('search-list');
  await page.getByTestId('product-find').fill('vestido zzz');
  await expect(page.getByTestId('product-nothing')).toBeVisible();
  await gallery.show('search-nothing');
  await page.getByTestId('product-find').fill('blusa tricô saldo');
  await expect(page.getByTestId('product-row')).toHaveCount(1);
  await press('Enter');
  await expect(page.getByTestId('grade')).toBeFocused();
  await gallery.show('grade-odd-stock');
  await press('Escape');
  await press('Escape');
  await press('Control+p');
  await scan(page, DRESS);
  await expect(page.getByTestId('grade-marked')).toBeVisible();
  await gallery.show('price-check-piece');
  await press('Escape');
  await press('Escape');
  await expect(dialog).toHaveCount(0);
  await inDialog('Control+Delete', 'abandon');
  for (let index = 0; index < 27; index += 1) await scan(page, [T_SHIRT, DRESS, JEANS][index % 3] ?? T_SHIRT);
  await expect(page.getByText('30 peças')).toBeVisible();
  await expect(page.getByTestId('line').last()).toBeInViewport({ ratio: 1 });
  await type(page, '//24');
  await press('Enter');
  await expect(page.getByText('Marina Duarte').first()).toBeVisible();
  await gallery.show('till-thirty-items');

  await press('F9');
  await expect(page.getByText('A receber')).toBeVisible();
  await gallery.show('payment');
  await press('1');
  await expect(page.getByTestId('amount')).toBeFocused();
  await gallery.show('payment-cash');
  await type(page, '100');
  await press('Enter');
  await expect(page.getByText('A receber')).toBeVisible();
  await gallery.show('payment-part-paid');
  await press('1');
  await expect(page.getByTestId('amount')).toBeFocused();
  await type(page, '99999');
  await press('Enter');
  await expect(page.getByTestId('change')).toBeVisible();
  await gallery.show('payment-change');
  await press('F10');
  await expect(page.getByTestId('paper')).toBeVisible();
  await gallery.show('finished');
  await press('Enter');

  await press('Control+l');
  await expect(page.getByText('Confirmado').first()).toBeVisible({ timeout: 30_000 });
  await gallery.show('sales');
  await expect(page.getByRole('button', { name: 'Cancelar a venda' })).toBeEnabled();
  await press('Delete');
  await expect(dialog).toBeVisible();
  await gallery.show('cancel');
  await type(page, 'cliente desistiu');
  await press('Enter');
  await expect(page.getByText('Liberação do gerente').first()).toBeVisible();
  await gallery.show('approval');
  await press('Escape');
  await press('Escape');
  await expect(dialog).toHaveCount(0);
  await press('Escape');
  await press('Control+d');
  await expect(page.getByRole('heading', { name: 'Resumo do dia' })).toBeVisible();
  await gallery.show('summary');
  await press('Escape');
  await press('F11');
  await gallery.show('cash');
  await press('Escape');
  await press('Control+s');
  await gallery.show('sync-online');
  const serverSwitch = page.getByTestId('demo-server');
  await serverSwitch.focus();
  await press('Space');
  await expect(serverSwitch).not.toBeChecked();
  await expect(page.getByTestId('sync-badge')).toContainText('Sem servidor', { timeout: 40_000 });
  await gallery.show('sync-offline');
  await press('Escape');
  await gallery.show('till-offline');
  await page.getByRole('button', { name: 'Preferências' }).focus();
  await inDialog('Enter', 'preferences');

  // A printer that is not there: the till goes on, and says so calmly.
  await page.getByRole('button', { name: 'Preferências' }).click();
  await page.getByTestId('printer-settings').click();
  await page.getByLabel('Ligação').selectOption('network');
  await page.getByLabel('Endereço na rede').fill('127.0.0.1');
  await page.getByLabel('Porta').fill('9');
  await gallery.show('printer-settings');
  await page.getByTestId('printer-test').click();
  await expect(page.getByTestId('refusal')).toBeVisible();
  await gallery.show('printer-refused');
  await press('Escape');
  await expect(dialog).toHaveCount(0);
  await inDialog('Control+g', 'drawer');
  await press('Control+l');
  await expect(page.getByTestId('print-paper')).toBeEnabled();
  await press('Control+i');
  await expect(page.getByTestId('printer-badge')).toContainText('Impressora não responde');
  await gallery.show('printer-away');
  await page.getByTestId('printer-badge').click();
  await expect(page.getByTestId('print-queue')).toContainText('Venda');
  await gallery.show('printer-queue');
  await press('Escape');

  gallery.finish();
  expect(gallery.findings).toEqual([]);
});
