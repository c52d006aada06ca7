import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from './support/station-test.ts';
import { openDemoTillWindow, payCash, ringUp, T_SHIRT } from './support/walk.ts';

test('saves papers as PDF where the person says: of a sale, and of the drawer from a dialog', async ({ launch }) => {
  test.setTimeout(150_000);
  const { app, page } = await launch();
  const folder = mkdtempSync(join(tmpdir(), 'station-pdf-'));
  chmodSync(folder, 0o777);
  // The dialog of the system is the one thing no test can press.
  await app.evaluate(({ dialog }, place) => {
    const choose = async (_window: unknown, { defaultPath }: { defaultPath?: string }) => ({
      canceled: false,
      filePath: `${place}/${defaultPath ?? ''}`,
    });
    dialog.showSaveDialog = choose as typeof dialog.showSaveDialog;
  }, folder);
  const saved = page.getByText(`PDF salvo em ${folder}`);

  await openDemoTillWindow(page);
  await ringUp(page, [T_SHIRT]);
  await payCash(page, '100');
  await page.getByTestId('save-pdf').click();
  await expect(saved).toBeVisible();
  expect(readdirSync(folder)).toEqual(['Venda E01000000001.pdf']);
  const sale = sizeOf(join(folder, 'Venda E01000000001.pdf'));

  await page.keyboard.press('Enter');
  await page.keyboard.press('F11');
  await expect(page.getByTestId('cash')).toBeVisible();
  await page.keyboard.press('F6');
  await expect(page.getByRole('dialog').getByTestId('paper')).toContainText('ABERTURA DE CAIXA');
  await page.getByRole('dialog').getByTestId('save-pdf').click();
  await expect.poll(() => readdirSync(folder).length).toBe(2);
  await expect(saved).toBeVisible();
  const file = readdirSync(folder).find((name) => name.startsWith('Abertura de caixa ')) ?? '';
  const opening = sizeOf(join(folder, file));
  // Both on paper of 80 mm, 226.77 points; each as long as it is.
  expect(sale.width).toBeCloseTo(226.77, -0.5);
  expect(opening.width).toBeCloseTo(226.77, -0.5);
  expect(opening.height).toBeLessThan(sale.height);
  rmSync(folder, { recursive: true, force: true });
});

/** Of the one page of a PDF with words in it, in points. */
function sizeOf(file: string): { readonly width: number; readonly height: number } {
  const pdf = readFileSync(file).toString('latin1');
  expect(pdf.startsWith('%PDF-')).toBe(true);
  expect(pdf).toContain('/Font');
  const boxes = [...pdf.matchAll(/\/MediaBox ?\[0 0 ([\d.]+) ([\d.]+)\]/g)];
  expect(boxes).toHaveLength(1);
  return { width: Number(boxes[0]?.[1]), height: Number(boxes[0]?.[2]) };
}
