import type { Page } from '@playwright/test';
import type { Language } from '../../contract/format.ts';
import { failPaper } from '../support/fail-paper.ts';
import { besideWindow } from './support/beside-window.ts';
import { createGallery } from './support/gallery.ts';
import { scan } from './support/scanner.ts';
import { expect, test } from './support/station-test.ts';
import { DRESS, JEANS, logIn, openDemoStore, openDrawer, T_SHIRT, textsOf, type } from './support/walk.ts';

/*
 * Every screen and dialog of the window: a picture for people in each theme, Axe and a ruler for what people overlook. Then
 * once more in English.
 */

for (const language of ['pt-BR', 'en'] as const) {
  test(`every screen is whole, readable and accessible (${language})`, async ({ launch }) => {
    test.setTimeout(600_000);
    const { page, data } = await launch();
    await walk(page, data, language);
  });
}

async function walk(page: Page, data: string, language: Language): Promise<void> {
  const t = textsOf(language);
  const gallery = createGallery(page, language === 'en' ? 'gallery-english' : 'gallery', language);
  const till = page.getByTestId('barcode');
  const dialog = page.getByRole('dialog');
  const press = (key: string) => page.keyboard.press(key);

  async function inDialog(key: string, name: string): Promise<void> {
    await press(key);
    await expect(dialog).toBeVisible();
    await gallery.show(name);
    await press('Escape');
    await expect(dialog).toHaveCount(0);
  }

  await expect(page.getByTestId('open-demo')).toBeFocused();
  if (language === 'en') {
    await page.getByRole('radio', { name: t.app.languageName }).check();
    await page.getByTestId('open-demo').focus();
  }
  await gallery.show('start');
  await openDemoStore(page, {
    t,
    during: async () => {
      await expect(page.getByText(t.load.title)).toBeVisible();
      await gallery.show('load');
    },
  });
  await gallery.show('login');
  await press('Enter');
  await gallery.show('login-pin');
  await type(page, '9876');
  await press('Enter');
  await expect(page.getByRole('alert').first()).toBeVisible();
  await gallery.show('login-wrong-pin');
  await press('Escape');
  await logIn(page);
  await expect(page.getByTestId('float')).toBeFocused();
  await gallery.show('open-session');
  await openDrawer(page);

  await expect(till).toBeFocused();
  await gallery.show('till-empty');
  await scan(page, '0000000000000');
  await expect(page.getByRole('alert').first()).toBeVisible();
  await gallery.show('till-unknown-code');
  await press('Escape');
  await inDialog('F7', 'recall-empty');
  for (const code of [T_SHIRT, DRESS, JEANS]) await scan(page, code);
  await expect(page.getByTestId('pieces').getByText(t.till.pieces('3'))).toBeVisible();
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
  await expect(page.getByTestId('pieces').getByText(t.till.pieces('30'))).toBeVisible();
  await expect(page.getByTestId('line').last()).toBeInViewport({ ratio: 1 });
  await type(page, '//24');
  await press('Enter');
  await expect(page.getByText('Marina Duarte').first()).toBeVisible();
  await gallery.show('till-thirty-items');

  await press('F9');
  await expect(page.getByTestId('due')).toBeVisible();
  await gallery.show('payment');
  await press('1');
  await expect(page.getByTestId('amount')).toBeFocused();
  await gallery.show('payment-cash');
  await type(page, '100');
  await press('Enter');
  await expect(page.getByRole('heading', { name: t.payment.choose })).toBeVisible();
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
  // More than the policy likes is in the drawer now.
  await expect(page.getByTestId('drawer-hint')).toBeVisible();
  await gallery.show('till-drawer-limit');

  await press('Control+l');
  await expect(page.locator('.delivery.confirmed').first()).toBeVisible({ timeout: 30_000 });
  await gallery.show('movements');
  await press('F3');
  await type(page, '999');
  await expect(page.getByText(t.movements.nothingFits)).toBeVisible();
  await gallery.show('movements-none');
  await press('Escape');
  await inDialog('F4', 'jump');
  await expect(page.getByRole('button', { name: t.sales.cancel })).toBeEnabled();
  await press('Delete');
  await expect(dialog).toBeVisible();
  await gallery.show('cancel');
  await type(page, 'cliente desistiu');
  await press('Enter');
  await expect(page.getByText(t.dialogs.approvalTitle).first()).toBeVisible();
  await gallery.show('approval');
  await press('Escape');
  await press('Escape');
  await expect(dialog).toHaveCount(0);
  await press('Escape');
  await press('Control+d');
  await expect(page.getByRole('heading', { name: t.summary.title })).toBeVisible();
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
  await expect(page.getByTestId('sync-badge')).toContainText(t.sync.offline, { timeout: 40_000 });
  await gallery.show('sync-offline');
  await press('Escape');
  // What happens to the drawer waits with the rest.
  await press('F11');
  await expect(page.getByTestId('cash')).toBeVisible();
  await press('F2');
  await expect(page.getByTestId('cash-amount')).toBeFocused();
  await type(page, '50');
  await press('Enter');
  await expect(page.getByTestId('paper')).toBeVisible();
  await gallery.show('cash-offline');
  await press('Escape');
  await press('F6');
  await expect(page.getByTestId('cash-papers').getByRole('option')).toHaveCount(2);
  await gallery.show('cash-papers');
  await press('Escape');
  await press('Escape');
  await press('Control+s');
  await gallery.show('sync-offline-waiting');
  await press('Escape');
  await gallery.show('till-offline');
  await page.getByRole('button', { name: t.app.preferences }).focus();
  await inDialog('Enter', 'preferences');

  // A printer that is not there: the till goes on, and says so calmly.
  await page.getByRole('button', { name: t.app.preferences }).click();
  await page.getByTestId('printer-settings').click();
  await page.getByLabel(t.printing.kind).selectOption('network');
  await page.getByLabel(t.printing.host).fill('127.0.0.1');
  await page.getByLabel(t.printing.port).fill('9');
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
  await expect(page.getByTestId('printer-badge')).toContainText(t.printing.badge('unreachable', 1));
  await gallery.show('printer-away');
  await page.getByTestId('printer-badge').click();
  await expect(page.getByTestId('print-queue')).toContainText('SUPRIMENTO');
  await gallery.show('printer-queue');
  await press('Escape');
  const must = besideWindow(data);
  const paperId = (await must('printer.jobs', {}))[0]?.paperId ?? '';
  await failPaper({ must }, paperId);
  await expect(page.getByTestId('printer-badge')).toContainText(t.printing.badge('unreachable', 1));
  await expect(page.getByTestId('printer-badge')).toHaveClass(/attention/);
  await gallery.show('printer-gave-up');
  await page.getByTestId('printer-badge').click();
  await expect(page.getByTestId('print-queue')).toContainText(t.printing.stateOf('failed'));
  await gallery.show('printer-failed');
  // A person tries again: it waits like any other.
  await page.getByTestId('print-retry').click();
  await expect(page.getByTestId('print-queue')).not.toContainText(t.printing.stateOf('failed'));
  await press('Escape');

  gallery.finish();
  expect(gallery.findings).toEqual([]);
}
