import SqliteDatabase from 'better-sqlite3';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { formatCents, formatDay, type Language } from '../../contract/format.ts';
import { openDemoTill } from '../support/demo-erp.ts';
import { spawnStation } from '../support/spawn-station.ts';
import { createGallery } from './support/gallery.ts';
import { scan } from './support/scanner.ts';
import { expect, test } from './support/station-test.ts';
import { JEANS, openFolder, payCash, speak, textsOf, type } from './support/walk.ts';

/* A day of the drawer in the real window, by keyboard alone, looked at in each state; then in English. */

const DAY_MS = 86_400_000;
const folder = openFolder('cash');

test.beforeAll(async () => {
  const station = await spawnStation(folder.data);
  await openDemoTill(station, 40);
  await station.stop();
});
test.afterAll(() => folder.remove());

/** The same morning for each test. */
function startOfDay(name: string): string {
  const data = join(folder.path, name);
  cpSync(folder.data, data, { recursive: true });
  return data;
}

for (const language of ['pt-BR', 'en'] as const) {
  const suffix = language === 'en' ? '-english' : '';

  test(`the drawer is supplied, emptied, counted blind, counted again and closed (${language})`, async ({ launch }) => {
    test.setTimeout(240_000);
    const { page } = await launch({ data: startOfDay(`day-${language}`) });
    await speak(page, language);
    await walkThroughDay(page, language, `gallery-cash${suffix}`);
  });

  test(`the drawer of an earlier day is counted now, or goes on with the manager’s leave (${language})`, async ({
    launch,
  }) => {
    test.setTimeout(120_000);
    const data = startOfDay(`left-over-${language}`);
    const day = makeItLeftOver(data);
    const t = textsOf(language);
    const { page } = await launch({ data });
    await speak(page, language);
    const gallery = createGallery(page, `gallery-left-over${suffix}`, language);
    const press = (key: string) => page.keyboard.press(key);
    await expect(page.getByTestId('left-over')).toContainText(t.cash.leftOverTitle(formatDay(day, language)));
    await gallery.show('left-over');
    await press('1');
    await expect(page.getByTestId('cash')).toContainText(t.cash.otherDay(formatDay(day, language)));
    await gallery.show('left-over-cash');
    await press('Escape');
    await expect(page.getByTestId('left-over')).toBeVisible();
    await press('2');
    await expect(page.getByText(t.dialogs.approvalTitle).first()).toBeVisible();
    await gallery.show('left-over-approval');
    await type(page, '9999');
    await press('Enter');
    await expect(page.getByTestId('barcode')).toBeFocused();
    gallery.finish();
    expect(gallery.findings).toEqual([]);
  });
}

/**
 * As if nobody had counted: two days pass over the data of a station that is switched off. One would not do at night, when
 * the shop is still in the day before.
 */
function makeItLeftOver(data: string): string {
  const database = new SqliteDatabase(join(data, 'station.db'));
  try {
    database.exec(
      `UPDATE cash_sessions SET opened_at_ms = opened_at_ms - ${2 * DAY_MS}, business_day = date(business_day, '-2 days')`,
    );
    return database.prepare('SELECT business_day FROM cash_sessions').pluck().get() as string;
  } finally {
    database.close();
  }
}

async function walkThroughDay(page: Page, language: Language, folderName: string): Promise<void> {
  const t = textsOf(language);
  const gallery = createGallery(page, folderName, language);
  const dialog = page.getByRole('dialog');
  const press = (key: string) => page.keyboard.press(key);
  const enter = async (text: string): Promise<void> => {
    await type(page, text);
    await press('Enter');
  };

  const approve = async (): Promise<void> => {
    await expect(page.getByRole('dialog', { name: t.dialogs.approvalTitle })).toBeVisible();
    await enter('9999');
    await expect(page.getByRole('dialog', { name: t.dialogs.approvalTitle })).toHaveCount(0);
  };

  await expect(page.getByTestId('barcode')).toBeFocused();
  await press('F11');
  await expect(page.getByText(t.cash.movementsNone)).toBeVisible();
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
  await expect(page.getByTestId('cash-amount')).toBeFocused();
  await gallery.show('cash-withdrawal-refused');
  await page.getByTestId('cash-amount').fill('20,00');
  await press('Enter');
  await approve();
  await expect(dialog).toContainText('SANGRIA DE CAIXA');
  await press('Escape');
  await expect(page.getByTestId('cash')).toContainText(t.cash.approvedBy('Carla Dias'));
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
  await expect(page.getByTestId('cash-open')).toContainText(t.cash.openSale(1));
  await expect(page.getByRole('button', { name: t.cash.close })).toBeDisabled();
  await gallery.show('cash-unfinished');
  await press('Escape');
  await enter('//24');
  await expect(page.getByText('Marina Duarte').first()).toBeVisible();
  await payCash(page, '200');
  await press('Enter');

  await press('F11');
  await expect(page.getByTestId('cash-open')).toContainText(t.cash.nothingOpen);
  await press('F10');
  await expect(page.getByLabel(t.cash.quantityOf(formatCents(20_000)))).toBeFocused();
  await gallery.show('count-empty');
  // A scanner in the hand of who counts fills nothing in and sells nothing.
  await scan(page, JEANS);
  await expect(page.getByLabel(t.cash.quantityOf(formatCents(20_000)))).toHaveValue('');
  await enter('1');
  await enter('x');
  await gallery.show('count-wrong');
  await press('ArrowUp');
  await enter('');
  await press('ArrowUp');
  await expect(page.getByLabel(t.cash.quantityOf(formatCents(10_000)))).toBeFocused();
  await press('Delete');
  await press('Enter');
  await enter('1');
  await expect(page.getByTestId('cash-total')).toContainText('250,00');
  await expect(page.locator('main')).not.toContainText('289,90');
  await gallery.show('count-filled');
  await press('F10');
  await expect(dialog).toContainText(t.cash.confirmTitle);
  await gallery.show('count-confirm');
  await press('Enter');
  await expect(page.getByTestId('count-table')).toContainText(`${t.cash.short} ${formatCents(3990)}`);
  await gallery.show('count-result');

  await press('F5');
  await expect(page.getByRole('heading', { name: t.cash.recountTitle })).toBeVisible();
  await enter('1');
  for (let index = 0; index < 2; index += 1) await press('Enter');
  await enter('4');
  await enter('1');
  await press('F10');
  await press('Enter');
  await expect(page.getByTestId('count-table')).toContainText(t.cash.firstCount);
  await expect(page.getByTestId('count-table')).toContainText(`${t.cash.over} ${formatCents(10)}`);
  await expect(page.getByRole('button', { name: t.cash.recount })).toBeDisabled();
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
}
