import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Language } from '../../../contract/format.ts';
import { texts, type Texts } from '../../../renderer/i18n/texts.ts';
import { scan } from './scanner.ts';
import { expect } from './station-test.ts';

/* The walk of a cashier through the window, by keyboard alone, in the words of the window's own texts. */

/** Barcodes of the demo's fixed products. */
export const T_SHIRT = '7899000001017';
export const DRESS = '7899000002014';
export const JEANS = '7899000003011';

/** The default catalogue of 10,000 products, made and loaded by a machine that is busy with tests. */
const LOAD_TIMEOUT_MS = 80_000;

export const THEMES = ['light', 'dark', 'contrast'] as const;
type Theme = (typeof THEMES)[number];

export const textsOf = (language: Language): Texts => texts[language];

/** The window in the language of the test, as somebody who chose it finds it again. */
export async function speak(page: Page, language: Language): Promise<void> {
  await page.evaluate(`localStorage.setItem('station.language', '${language}')`);
  await page.reload();
}

/** A person: slower than any scanner; then the hand goes to the scanner or to Enter. */
export async function type(page: Page, text: string): Promise<void> {
  await page.keyboard.type(text, { delay: 60 });
  await page.waitForTimeout(150);
}

/** From the scanner to the keyboard: an Enter at once after a scan is the scanner's own, and swallowed. */
export async function pressAfterScan(page: Page, key: string): Promise<void> {
  await page.waitForTimeout(250);
  await page.keyboard.press(key);
}

/** From the first start to the question who is at the till; `during`: while the catalogue is read. */
export async function openDemoStore(
  page: Page,
  { t = texts['pt-BR'], during }: { readonly t?: Texts; readonly during?: () => Promise<void> } = {},
): Promise<void> {
  await expect(page.getByRole('button', { name: t.setup.demoStart })).toBeFocused();
  await page.keyboard.press('Enter');
  if (during !== undefined) await during();
  await expect(page.getByRole('heading', { name: t.login.title })).toBeVisible({ timeout: LOAD_TIMEOUT_MS });
}

/** Ana Souza, the first of the list, by her PIN. */
export async function logIn(page: Page): Promise<void> {
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('pin')).toBeFocused();
  await type(page, '1111');
  await page.keyboard.press('Enter');
}

/** The drawer with 100,00 in it, until the till waits for a piece. */
export async function openDrawer(page: Page): Promise<void> {
  await expect(page.getByTestId('float')).toBeFocused();
  await type(page, '100');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('barcode')).toBeFocused();
}

/** From the first start to a till that waits for a piece. */
export async function openDemoTillWindow(page: Page): Promise<void> {
  await openDemoStore(page);
  await logIn(page);
  await openDrawer(page);
}

/** Rings pieces for salesperson 24, to whom the whole sale is given. */
export async function ringUp(page: Page, barcodes: readonly string[]): Promise<void> {
  for (const barcode of barcodes) await scan(page, barcode);
  await expect(page.getByTestId('line')).not.toHaveCount(0);
  await type(page, '//24');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Marina Duarte').first()).toBeVisible();
}

/** Takes cash for the sale on the screen, until its paper is shown. */
export async function payCash(page: Page, amount: string): Promise<void> {
  await page.keyboard.press('F9');
  await expect(page.getByTestId('due')).toBeVisible();
  await page.keyboard.press('1');
  await expect(page.getByTestId('amount')).toBeFocused();
  await type(page, amount);
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('change')).toBeVisible();
  await page.keyboard.press('F10');
  await expect(page.getByTestId('paper')).toBeVisible();
  // Its keys are there once it took the focus.
  await expect(page.getByTestId('finished')).toBeFocused();
}

/** What Axe finds wrong with what the window shows; one line for each. */
export async function findBarriers(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
}

export async function expectAccessible(page: Page): Promise<void> {
  expect(await findBarriers(page)).toEqual([]);
}

/** What the preferences do to the page, without their dialog over what is looked at. */
export async function wear(page: Page, theme: Theme): Promise<void> {
  const marks = {
    mantineColorScheme: theme === 'dark' ? 'dark' : 'light',
    contrast: theme === 'contrast' ? 'high' : 'normal',
  };
  await page.evaluate(`Object.assign(document.documentElement.dataset, ${JSON.stringify(marks)})`);
}

/** A folder that the window, which runs as another user than the tests, may read. */
export function openFolder(name: string): {
  readonly path: string;
  readonly data: string;
  readonly remove: () => void;
} {
  const path = mkdtempSync(join(tmpdir(), `station-e2e-${name}-`));
  chmodSync(path, 0o755);
  return {
    path,
    data: join(path, 'data'),
    remove: () => rmSync(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }),
  };
}
