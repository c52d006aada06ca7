import { mkdtempSync, readFileSync, chmodSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { scan } from './support/scanner.ts';
import { expect, test } from './support/station-test.ts';

const T_SHIRT = '7899000001017';

test('saves the paper of a finished sale as PDF where the person says', async ({ launch }) => {
  test.setTimeout(150_000);
  const { app, page } = await launch();
  const folder = mkdtempSync(join(tmpdir(), 'station-pdf-'));
  chmodSync(folder, 0o777);
  const file = join(folder, 'comprovante.pdf');
  // The dialog of the system is the one thing no test can press.
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath });
  }, file);
  const press = (key: string) => page.keyboard.press(key);
  const type = async (text: string) => page.keyboard.type(text, { delay: 60 });

  await expect(page.getByRole('button', { name: 'Abrir a demonstração' })).toBeFocused();
  await press('Enter');
  await expect(page.getByRole('heading', { name: 'Quem está no caixa?' })).toBeVisible({ timeout: 80_000 });
  await press('Enter');
  await type('1111');
  await press('Enter');
  await expect(page.getByText('Fundo de troco').first()).toBeVisible();
  await type('100');
  await press('Enter');
  await expect(page.getByPlaceholder('Passe a peça ou digite o código')).toBeFocused();
  await scan(page, T_SHIRT);
  await type('//24');
  await press('Enter');
  await expect(page.getByText('Marina Duarte').first()).toBeVisible();
  await press('F9');
  await press('1');
  await expect(page.getByTestId('amount')).toBeFocused();
  await type('100');
  await press('Enter');
  await press('F10');
  await expect(page.getByTestId('paper')).toBeVisible();
  await page.getByTestId('save-pdf').click();
  await expect(page.getByText(`PDF salvo em ${file}`)).toBeVisible();

  const pdf = readFileSync(file);
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
  // One page of 80 mm, as long as the paper: 226.77 points.
  const pages = pdf.toString('latin1').match(/\/MediaBox ?\[[^\]]*\]/g) ?? [];
  expect(pages).toHaveLength(1);
  expect(pages[0]).toMatch(/\[0 0 22[67]/);
});
