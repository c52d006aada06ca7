import type { Page } from '@playwright/test';
import { startSandbox, temporaryFolder } from '../sandbox/support.ts';
import { createGallery } from './support/gallery.ts';
import { scan } from './support/scanner.ts';
import { expect, test } from './support/station-test.ts';

/* The first run at a real server, from the address to the first sale, by keyboard alone; each page in each theme. */

const T_SHIRT = '7899000001017';

async function type(page: Page, text: string): Promise<void> {
  await page.keyboard.type(text, { delay: 60 });
  await page.waitForTimeout(150);
}

test('a store is set up by keyboard, from the address of its server to the first sale', async ({ launch }) => {
  test.setTimeout(300_000);
  const erpData = temporaryFolder();
  const erp = await startSandbox(erpData.path);
  try {
    const { page } = await launch();
    const gallery = createGallery(page, 'gallery-first-run');
    const press = (key: string) => page.keyboard.press(key);

    await expect(page.getByRole('button', { name: 'Abrir a demonstração' })).toBeFocused();
    await press('Tab');
    await gallery.show('start');
    await press('Enter');
    await expect(page.getByLabel('Servidor')).toBeFocused();
    await type(page, erp.url);
    await press('Tab');
    await type(page, 'e01');
    await press('Tab');
    await type(page, 'errada');
    await gallery.show('server');
    await press('Enter');
    await expect(page.locator('.finding[data-state=failed]')).toContainText('Login no ERP');
    await gallery.show('server-refused');
    await press('Control+a');
    await type(page, 'demo-e01');
    await press('Enter');
    await expect(page.getByRole('button', { name: 'Continuar' })).toBeEnabled();
    await gallery.show('server-tested');
    await press('Enter');

    await expect(page.getByRole('radio').first()).toBeFocused();
    await press('ArrowDown');
    await gallery.show('station');
    await press('ArrowUp');
    await press('Escape');
    await expect(page.getByLabel('Servidor')).toHaveValue(erp.url);
    await press('Enter');
    await expect(page.getByRole('radio', { name: 'E01' })).toBeChecked();
    await press('Enter');

    await expect(page.getByLabel('Código do cliente padrão')).toBeFocused();
    await gallery.show('defaults');
    await press('Enter');

    await expect(page.getByRole('radio').first()).toBeFocused();
    await gallery.show('prices');
    await press('Space');
    await gallery.show('prices-chosen');
    await press('Enter');

    await expect(page.getByRole('combobox').first()).toBeFocused();
    await gallery.show('payments');
    await press('Enter');

    const toTheTill = page.getByTestId('to-the-till');
    await expect(toTheTill).toBeFocused({ timeout: 60_000 });
    await expect(page.locator('.finding.reading')).toHaveCount(0, { timeout: 20_000 });
    await gallery.show('ready');
    await press('Enter');

    await expect(page.getByRole('heading', { name: 'Quem está no caixa?' })).toBeVisible();
    await press('Enter');
    await expect(page.getByTestId('pin')).toBeFocused();
    await type(page, '1111');
    await press('Enter');
    await expect(page.getByText('Fundo de troco').first()).toBeVisible();
    await type(page, '100');
    await press('Enter');
    await expect(page.getByPlaceholder('Passe a peça ou digite o código')).toBeFocused();
    await scan(page, T_SHIRT);
    await expect(page.getByText('1 peça')).toBeVisible();
    await type(page, '//24');
    await press('Enter');
    await expect(page.getByText('Marina Duarte').first()).toBeVisible();
    await press('F9');
    await expect(page.getByText('A receber')).toBeVisible();
    await press('1');
    await expect(page.getByTestId('amount')).toBeFocused();
    await type(page, '500');
    await press('Enter');
    await expect(page.getByTestId('change')).toBeVisible();
    await press('F10');
    await expect(page.getByTestId('paper')).toBeVisible();

    gallery.finish();
    expect(gallery.findings).toEqual([]);
  } finally {
    await erp.end('SIGTERM');
    erpData.remove();
  }
});
