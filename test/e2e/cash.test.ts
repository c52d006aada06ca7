import type { Page } from '@playwright/test';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDemoTill } from '../support/demo-erp.ts';
import { spawnStation } from '../support/spawn-station.ts';
import { createGallery } from './support/gallery.ts';
import { scan } from './support/scanner.ts';
import { expect, test } from './support/station-test.ts';

/* A day of the drawer in the real window, by keyboard alone, with Axe in each theme of each state. */

const JEANS = '7899000003011';

const folder = mkdtempSync(join(tmpdir(), 'station-e2e-cash-'));
// The window runs as another user than the tests, where these run as root.
chmodSync(folder, 0o755);
const data = join(folder, 'data');

test.beforeAll(async () => {
  const station = await spawnStation(data);
  await openDemoTill(station, 40);
  await station.stop();
});
test.afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }));

/** A person: slower than any scanner. */
async function type(page: Page, text: string): Promise<void> {
  await page.keyboard.type(text, { delay: 60 });
  await page.waitForTimeout(150);
}

test('the drawer is supplied, emptied, counted blind, counted again and closed', async ({ launch }) => {
  test.setTimeout(240_000);
  const { page } = await launch({ data });
  const gallery = createGallery(page);
  const dialog = page.getByRole('dialog');
  const press = (key: string) => page.keyboard.press(key);
  const enter = async (text: string): Promise<void> => {
    await type(page, text);
    await press('Enter');
  };

  const approve = async (): Promise<void> => {
    await expect(page.getByRole('dialog', { name: 'Liberação do gerente' })).toBeVisible();
    await enter('9999');
    await expect(page.getByRole('dialog', { name: 'Liberação do gerente' })).toHaveCount(0);
  };

  await expect(page.getByTestId('barcode')).toBeFocused();
  await press('F11');
  await expect(page.getByText('Nenhum suprimento nem sangria até agora.')).toBeVisible();
  await gallery.show('cash-empty');

  await press('F2');
  await expect(page.getByTestId('cash-amount')).toBeFocused();
  await enter('50');
  await expect(dialog).toContainText('SUPRIMENTO DE CAIXA');
  await gallery.show('cash-receipt');
  await press('Escape');
  await press('F3');
  await expect(page.getByTestId('cash-amount')).toBeFocused();
  await gallery.show('cash-withdrawal');
  await enter('9000');
  await approve();
  await expect(dialog.getByTestId('refusal')).toHaveAttribute('data-code', 'C-009');
  await gallery.show('cash-withdrawal-refused');
  await page.getByTestId('cash-amount').fill('20,00');
  await press('Enter');
  await approve();
  await expect(dialog).toContainText('SANGRIA DE CAIXA');
  await press('Escape');
  await expect(page.getByTestId('cash')).toContainText('liberado por Carla Dias');
  await gallery.show('cash-movements');
  await press('F4');
  await approve();
  await expect(dialog).toContainText('RESUMO PARCIAL');
  await gallery.show('cash-partial');
  await press('Escape');
  await press('Escape');

  await scan(page, JEANS);
  await expect(page.getByTestId('line')).toHaveCount(1);
  await press('F11');
  await expect(page.getByTestId('cash-open')).toContainText('1 venda aberta');
  await expect(page.getByRole('button', { name: 'Fechar o caixa' })).toBeDisabled();
  await gallery.show('cash-unfinished');
  await press('Escape');
  await enter('//24');
  await expect(page.getByText('Marina Duarte').first()).toBeVisible();
  await press('F9');
  await press('1');
  await expect(page.getByTestId('amount')).toBeFocused();
  await enter('200');
  await expect(page.getByTestId('change')).toBeVisible();
  await press('F10');
  await expect(page.getByTestId('finished')).toBeVisible();
  await press('Enter');

  await press('F11');
  await expect(page.getByTestId('cash-open')).toContainText('Nada em aberto');
  await press('F10');
  await expect(page.getByLabel(/Quantidade de R\$\s200,00/)).toBeFocused();
  await gallery.show('count-empty');
  // A scanner in the hand of who counts fills nothing in and sells nothing.
  await scan(page, JEANS);
  await expect(page.getByLabel(/Quantidade de R\$\s200,00/)).toHaveValue('');
  await enter('1');
  await enter('x');
  await gallery.show('count-wrong');
  await press('ArrowUp');
  await enter('');
  await press('ArrowUp');
  await expect(page.getByLabel(/Quantidade de R\$\s100,00/)).toBeFocused();
  await press('Delete');
  await press('Enter');
  await enter('1');
  await expect(page.getByTestId('cash-total')).toContainText('250,00');
  await expect(page.locator('main')).not.toContainText('289,90');
  await gallery.show('count-filled');
  await press('F10');
  await expect(dialog).toContainText('Confirmar a contagem?');
  await gallery.show('count-confirm');
  await press('Enter');
  await expect(page.getByTestId('count-table')).toContainText(/Quebra\sR\$\s39,90/);
  await gallery.show('count-result');

  await press('F5');
  await expect(page.getByRole('heading', { name: 'Recontar a gaveta' })).toBeVisible();
  await enter('1');
  for (let index = 0; index < 2; index += 1) await press('Enter');
  await enter('4');
  await enter('1');
  await press('F10');
  await press('Enter');
  await expect(page.getByTestId('count-table')).toContainText('Primeira contagem');
  await expect(page.getByTestId('count-table')).toContainText(/Sobra\sR\$\s0,10/);
  await expect(page.getByRole('button', { name: /Recontar/ })).toBeDisabled();
  await gallery.show('count-result-again');
  await enter('150');
  await expect(page.getByTestId('closing')).toContainText('FECHAMENTO DE CAIXA');
  await gallery.show('closing');
  await press('Enter');
  await expect(page.getByTestId('float')).toHaveValue('150,00');
  await gallery.show('open-with-suggestion');
  await press('Enter');
  await expect(page.getByTestId('barcode')).toBeFocused();

  gallery.finish();
  expect(gallery.findings).toEqual([]);
});
