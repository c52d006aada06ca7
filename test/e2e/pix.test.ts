import type { Page } from '@playwright/test';
import { decodeQR } from 'qr/decode.js';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readBrCode } from '../core/pix/read-br-code.ts';
import { createGallery } from './support/gallery.ts';
import { scan } from './support/scanner.ts';
import { expect, test } from './support/station-test.ts';
import { DRESS, openDemoTillWindow, ringUp, THEMES, type, wear } from './support/walk.ts';

/* Pix by the shop's own QR in the real window, by keyboard alone: read from the screen, over a crash of the core. */

/** SIGKILL to the process that holds the data. */
async function killCore(data: string): Promise<void> {
  const holder = await readFile(join(data, 'station.holder'), 'utf8');
  process.kill(Number(/processo (\d+)/.exec(holder)?.[1]), 'SIGKILL');
}

/** What the camera of a phone sees of the QR on the screen. */
async function readQr(page: Page): Promise<string> {
  const picture = (await page.getByTestId('qr-code').screenshot()).toString('base64');
  const seen = await page.evaluate<{ width: number; height: number; data: number[] }>(`(async () => {
    const bytes = Uint8Array.from(atob('${picture}'), (sign) => sign.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    const context = canvas.getContext('2d');
    context.drawImage(bitmap, 0, 0);
    const { width, height, data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
    return { width, height, data: Array.from(data) };
  })()`);
  return decodeQR({ ...seen, data: Uint8Array.from(seen.data) });
}

test('a Pix is shown, lost with the core, found again, taken, and checked in the statement', async ({ launch }) => {
  test.setTimeout(240_000);
  const { page, data } = await launch();
  const gallery = createGallery(page, 'gallery-pix', 'pt-BR');
  const english = createGallery(page, 'gallery-pix-english', 'en');
  const press = (key: string) => page.keyboard.press(key);
  const panel = page.getByTestId('pix-panel');

  await openDemoTillWindow(page);
  await ringUp(page, [DRESS]);

  await press('F9');
  await expect(page.getByText('A receber')).toBeVisible();
  await press('4');
  await expect(page.getByTestId('amount')).toBeFocused();
  await press('Enter');
  await expect(panel).toBeVisible();
  await expect(panel).not.toContainText('ficou sem resposta');
  const text = await page.getByTestId('pix-text').inputValue();
  expect(readBrCode(text).get('54')).toBe('199.90');
  for (const theme of THEMES) {
    await wear(page, theme);
    expect(await readQr(page)).toBe(text);
  }
  await gallery.show('qr');
  // Neither the key that finishes nor that of a payment type answers a Pix.
  await press('F10');
  await press('1');
  await expect(panel).toBeVisible();

  await killCore(data);
  await expect(panel).toContainText('Este Pix ficou sem resposta', { timeout: 20_000 });
  expect(await page.getByTestId('pix-text').inputValue()).toBe(text);
  await gallery.show('found-again');
  await press('F8');
  await expect(page.getByText('visto no banco · a conferir')).toBeVisible();
  await gallery.show('received');
  await press('F10');
  await expect(page.getByTestId('paper')).toContainText('Código no extrato');
  await gallery.show('finished');
  await press('Enter');

  // A second one that nobody pays, beside cash.
  await scan(page, DRESS);
  await expect(page.getByText('1 peça')).toBeVisible();
  await type(page, '//24');
  await press('Enter');
  await press('F9');
  await press('1');
  await expect(page.getByTestId('amount')).toBeFocused();
  await type(page, '100');
  await press('Enter');
  await expect(page.getByTestId('due')).toContainText('99,90');
  // The sum may be there a moment before the question: the digit would go to the amount that is still open.
  await expect(page.getByRole('heading', { name: 'Como o cliente paga?' })).toBeVisible();
  await expect(page.getByTestId('amount')).toHaveCount(0);
  await press('4');
  await expect(page.getByTestId('amount')).toBeFocused();
  await press('Enter');
  await expect(page.getByTestId('pix-amount')).toContainText('99,90');
  await gallery.show('mixed');
  // A window that starts anew finds it again, whatever its language.
  await page.evaluate(`localStorage.setItem('station.language', 'en')`);
  await page.reload();
  await expect(panel).toContainText('This Pix has no answer yet', { timeout: 20_000 });
  await english.show('mixed');
  await page.evaluate(`localStorage.setItem('station.language', 'pt-BR')`);
  await page.reload();
  await expect(panel).toContainText('Este Pix ficou sem resposta', { timeout: 20_000 });
  await press('F6');
  await expect(page.getByTestId('due')).toContainText('99,90');
  // As above: before the question is there, Escape is still the Pix's.
  await expect(page.getByRole('heading', { name: 'Como o cliente paga?' })).toBeVisible();
  await expect(panel).toHaveCount(0);
  await press('Escape');
  await expect(page.getByRole('heading', { name: 'A receber' })).toHaveCount(0);

  await press('Control+l');
  await expect(page.getByTestId('open-pix')).toContainText('Pix a conferir · 1');
  await press('Control+b');
  await expect(page.getByTestId('pix-row')).toHaveCount(1);
  await gallery.show('list');
  await press('ArrowRight');
  await expect(page.getByTestId('pix-row')).toHaveCount(2);
  await gallery.show('list-all');
  await press('ArrowLeft');
  await expect(page.getByTestId('pix-row')).toHaveCount(1);
  await press('F6');
  await expect(page.getByRole('dialog')).toBeVisible();
  await gallery.show('not-found');
  await press('Escape');
  await press('F8');
  // A cashier needs the manager's leave on the spot.
  await expect(page.getByText('Liberação do gerente').first()).toBeVisible();
  await type(page, '9999');
  await press('Enter');
  await expect(page.getByText('Nenhum Pix a conferir.')).toBeVisible();
  await gallery.show('list-empty');

  gallery.finish();
  english.finish();
  expect([...gallery.findings, ...english.findings]).toEqual([]);
});
