import type { Page } from '@playwright/test';
import { startSandbox, temporaryFolder } from '../sandbox/support.ts';
import { openTillAt, sellTo, sendAll } from '../support/demo-erp.ts';
import { spawnStation } from '../support/spawn-station.ts';
import { createGallery } from './support/gallery.ts';
import { scan } from './support/scanner.ts';
import { expect, test } from './support/station-test.ts';
import { DRESS, JEANS, openFolder, textsOf, type } from './support/walk.ts';

/*
 * Registers with the longest names that people give: nothing is pushed out of the window by them, nothing that is needed
 * is cut.
 */

const BRANCH = 'Boutique Demonstração Shopping Iguatemi Campinas Piso Superior';
const PRODUCT = 'com Recortes e Aplicação de Renda Francesa Edição Limitada';

const LONG_NAMES: readonly (readonly [register: string, id: number, row: Readonly<Record<string, string>>])[] = [
  ['filiais', 8, { fantasia: BRANCH, nome: `${BRANCH} Comércio de Roupas e Acessórios Ltda` }],
  ['operadores', 1, { nome: 'Ana Souza Maria Aparecida de Albuquerque Cavalcanti' }],
  ['operadores', 9, { nome: 'Carla Dias do Nascimento de Albuquerque Cavalcanti' }],
  ['funcionarios', 24, { NOME: 'Marina Duarte Vasconcelos de Albuquerque Cavalcanti' }],
  ['tipos_pgto', 1, { desc_tipo: 'Dinheiro em espécie com troco de gaveta' }],
  ['tipos_pgto', 3, { desc_tipo: 'Cartão de crédito em até dez vezes sem juros' }],
  ['motivos_financeiros', 20, { descricao: 'Sangria para o cofre autorizada pela gerência regional' }],
];

const folder = openFolder('long-names');
const erpData = temporaryFolder();
test.afterAll(() => {
  folder.remove();
  erpData.remove();
});

test('the longest names leave every screen whole', async ({ launch }) => {
  test.setTimeout(240_000);
  const erp = await startSandbox(erpData.path);
  try {
    for (const [register, id, row] of LONG_NAMES) await erp.post('/admin/registers', { register, id, row });
    for (const [cod_produto, name] of [
      ['100002', 'Vestido Midi Floral Viscose'],
      ['100003', 'Calça Jeans Skinny'],
    ]) {
      await erp.post('/admin/products', { cod_produto, descricao1: `${name} ${PRODUCT}` });
    }
    const station = await spawnStation(folder.data);
    try {
      await openTillAt(erp.url, station);
      await sellTo(station, null);
      await sendAll(station);
    } finally {
      await station.stop();
    }
    const { page } = await launch({ data: folder.data });
    await walk(page);
  } finally {
    await erp.end('SIGTERM');
  }
});

async function walk(page: Page): Promise<void> {
  const t = textsOf('pt-BR');
  const gallery = createGallery(page, 'gallery-long-names', 'pt-BR');
  const dialog = page.getByRole('dialog');
  const press = (key: string) => page.keyboard.press(key);

  await expect(page.getByTestId('barcode')).toBeFocused();
  for (const code of [DRESS, JEANS]) await scan(page, code);
  await type(page, '//24');
  await press('Enter');
  await expect(page.getByText('Marina Duarte Vasconcelos').first()).toBeVisible();
  await gallery.show('till');
  await press('F4');
  await expect(dialog).toBeVisible();
  await gallery.show('salesperson');
  await press('Escape');
  await press('F3');
  await type(page, 'vestido mi');
  await expect(page.getByTestId('product-row').first()).toBeVisible();
  await gallery.show('search');
  await press('Enter');
  await expect(page.getByTestId('grade')).toBeFocused();
  await gallery.show('grade');
  await press('Escape');
  await press('Escape');
  await expect(dialog).toHaveCount(0);
  await press('F9');
  await expect(page.getByTestId('due')).toBeVisible();
  await gallery.show('payment');
  await press('1');
  await expect(page.getByTestId('amount')).toBeFocused();
  await type(page, '100');
  await press('Enter');
  await expect(page.getByRole('heading', { name: t.payment.choose })).toBeVisible();
  await gallery.show('payment-part-paid');
  await press('Escape');
  await press('F11');
  await press('F3');
  await expect(page.getByTestId('cash-amount')).toBeFocused();
  await gallery.show('cash-withdrawal');
  await type(page, '20');
  await press('Enter');
  await expect(page.getByText(t.dialogs.approvalTitle).first()).toBeVisible();
  await gallery.show('approval');
  await type(page, '9999');
  await press('Enter');
  await expect(page.getByTestId('paper')).toBeVisible();
  await press('Escape');
  await gallery.show('cash');
  await press('Escape');
  await press('Control+l');
  await expect(page.getByTestId('movement-row').first()).toBeVisible();
  await gallery.show('movements');
  await press('Escape');
  await press('F12');
  await expect(page.getByRole('heading', { name: t.login.title })).toBeVisible();
  await gallery.show('login');

  gallery.finish();
  expect(gallery.findings).toEqual([]);
}
