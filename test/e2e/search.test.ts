import { openDemoTill } from '../support/demo-erp.ts';
import { spawnStation } from '../support/spawn-station.ts';
import { scan } from './support/scanner.ts';
import { expect, test } from './support/station-test.ts';
import { expectAccessible, openFolder, pressAfterScan, T_SHIRT, type } from './support/walk.ts';

/* Finding a product without the piece at hand, in the real window over a real catalogue, by keyboard alone. */

const PRODUCTS = 400;

const folder = openFolder('search');
const { data } = folder;

test.beforeAll(async () => {
  const station = await spawnStation(data);
  await openDemoTill(station, PRODUCTS);
  await station.stop();
});
test.afterAll(() => folder.remove());

test.describe.configure({ mode: 'serial' });

test('a product is found by its words, and one of its SKUs is sold', async ({ launch }) => {
  const { page } = await launch({ data });
  await expect(page.getByTestId('barcode')).toBeFocused();
  await page.keyboard.press('F3');
  await expect(page.getByTestId('product-find')).toBeFocused();
  await expectAccessible(page);
  await type(page, 'jeans skin calc');
  const rows = page.getByTestId('product-row');
  await expect(rows.last()).toContainText('Calça Jeans Skinny');
  await expectAccessible(page);
  await type(page, ' cj1003');
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText(/R\$\s159,90/);
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('grade')).toBeFocused();
  await expect(page.getByRole('columnheader')).toHaveText(['Cor', '36', '38', '40', '42', '44', '46']);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(page.getByTestId('grade-marked')).toContainText('Jeans Médio · 40');
  await expectAccessible(page);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByTestId('line')).toContainText('Jeans Médio · 40');
  await expect(page.getByTestId('barcode')).toBeFocused();
});

test('a scan goes to the sale while the search is open, and the search stays as it was', async ({ launch }) => {
  const { page } = await launch({ data });
  await expect(page.getByText('1 peça')).toBeVisible();
  // Words where a code goes: the search opens with them.
  await type(page, 'blusa tricô saldo');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('product-row')).toHaveCount(1);
  await scan(page, T_SHIRT);
  await expect(page.getByTestId('pieces')).toHaveText('2 peças');
  await expect(page.getByTestId('product-find')).toHaveValue('blusa tricô saldo');
  await pressAfterScan(page, 'Enter');
  // Unknown, below zero, none: told apart, and none of them stops a sale.
  await expect(page.locator('.grade-stock')).toHaveText([/^\?/, /^-3/, /^0/]);
  await scan(page, T_SHIRT);
  await expect(page.getByTestId('pieces')).toHaveText('3 peças');
  await expect(page.getByTestId('grade')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('a price check shows a piece and sells nothing; nothing found is said, not shown as empty', async ({ launch }) => {
  const { page } = await launch({ data });
  await expect(page.getByTestId('pieces')).toHaveText('3 peças');
  await page.keyboard.press('Control+p');
  await scan(page, T_SHIRT);
  await expect(page.getByTestId('grade-marked')).toContainText('Preto · PP');
  await expect(page.getByTestId('grade-marked')).toContainText(/R\$\s89,90/);
  await pressAfterScan(page, 'Enter');
  await scan(page, '7899000009990');
  await expect(page.getByTestId('refusal')).toHaveAttribute('data-code', 'V-001');
  await expectAccessible(page);
  await type(page, 'zzzz');
  await expect(page.getByTestId('product-nothing')).toContainText('Nada encontrado com “zzzz”');
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('pieces')).toHaveText('3 peças');
});
