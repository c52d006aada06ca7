import { randomUUID } from 'node:crypto';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { Language } from '../../contract/format.ts';
import { openDemoTill, postTo, receivedAt, sendAll, serverOf } from '../support/demo-erp.ts';
import { BARCODES, sell, spawnStation, until, type SpawnedStation } from '../support/spawn-station.ts';
import { createGallery } from './support/gallery.ts';
import { besideWindow } from './support/beside-window.ts';
import { expect, test } from './support/station-test.ts';
import { openFolder, speak, textsOf, type } from './support/walk.ts';

/*
 * What happened between station and ERP that a person has to know of, as the window tells it: an ERP that was put back to
 * a backup and holds customers with other data than were said here, then a password that it does not take any more.
 */

const CUSTOMERS = [
  ['Maria Aparecida dos Santos Albuquerque', '22360679767'],
  ['Dora Paz', '31415926590'],
] as const;
const folder = openFolder('alerts');

test.beforeAll(async () => {
  const station = await spawnStation(folder.data);
  try {
    await openDemoTill(station);
    await changeTheOfficesMind(station);
  } finally {
    await station.stop();
  }
});
test.afterAll(() => folder.remove());

for (const language of ['pt-BR', 'en'] as const) {
  test(`a person is told what differs after the ERP went back in time, and why nothing is sent (${language})`, async ({
    launch,
  }) => {
    test.setTimeout(240_000);
    const data = join(folder.path, language);
    cpSync(folder.data, data, { recursive: true });
    const { page } = await launch({ data });
    await speak(page, language);
    await walk(page, data, language);
  });
}

/** Registers customers, puts the ERP back to a backup that has them, and corrects them there; then people are told. */
async function changeTheOfficesMind(station: SpawnedStation): Promise<void> {
  const server = await serverOf(station);
  const admin = (path: string, body: unknown) => postTo(server, `/admin/${path}`, body);
  const kinds = async () => (await station.must('sync.view', {})).alerts.map(({ kind }) => kind);
  for (const [name, cpf] of CUSTOMERS) await station.must('customer.register', { commandId: randomUUID(), name, cpf });
  await sendAll(station);
  await admin('backup', { name: 'before' });
  await tellNumber(station, server);
  await admin('restore', { name: 'before' });
  for (const [name, cpf] of CUSTOMERS) {
    const nome = `${name} de Lima`;
    await postTo(server, '/api/millenium_eco/clientes/incluiroualterar', { vitrine: 2, nome, cpf, endereco: [] });
  }
  await station.must('sync.resume', {});
  await until(kinds, (all) => all.includes('erp_restored'), 90_000);
  await sendAll(station);
  await until(kinds, (all) => all.includes('customers_differ'));
}

/** So that the number the ERP tells is above the one of its backup. */
async function tellNumber(station: SpawnedStation, server: string): Promise<void> {
  const beats = async (): Promise<number> =>
    Object.entries((await receivedAt(server)).calls).find(([name]) => name.endsWith('monitoramento.atualiza'))?.[1] ??
    0;
  await sell(station, [BARCODES.tShirt]);
  await sendAll(station);
  const before = await beats();
  await station.must('sync.resume', {});
  await until(beats, (count) => count > before);
}

async function walk(page: Page, data: string, language: Language): Promise<void> {
  const t = textsOf(language);
  const gallery = createGallery(page, language === 'en' ? 'gallery-alerts-english' : 'gallery-alerts', language);
  const press = (key: string) => page.keyboard.press(key);
  const must = besideWindow(data);
  const badge = page.getByTestId('sync-badge');
  const alerts = page.getByTestId('sync-alerts');

  await expect(badge).toHaveText(t.sync.onlineAlerts(2), { timeout: 40_000 });
  await gallery.show('till-alerts');
  await press('Control+s');
  // Which customers, and in which field; no name of anybody.
  await expect(alerts).toContainText(language === 'en' ? /E01C\d{8} \(name\)/ : /E01C\d{8} \(nome\)/);
  await expect(alerts).not.toContainText('Dora');
  await gallery.show('sync-alerts');
  await page.getByRole('button', { name: t.sync.acknowledge }).focus();
  await press('Enter');
  await expect(alerts).toHaveCount(0);
  await expect(badge).toHaveText(t.sync.online);
  await press('Escape');

  await postTo(await serverOf({ must }), '/admin/set-password', { user: 'e01', password: 'another' });
  await sell({ must }, [BARCODES.dress]);
  await expect(badge).toContainText(t.sync.stopped, { timeout: 40_000 });
  await gallery.show('till-stopped');
  await press('Control+s');
  const password = page.getByLabel(t.sync.password);
  await expect(password).toBeFocused();
  await gallery.show('sync-stopped');
  await type(page, 'wrong');
  await press('Enter');
  await expect(page.getByTestId('refusal')).toBeVisible();
  await gallery.show('sync-password-refused');
  await press('Control+a');
  await type(page, 'another');
  await press('Enter');
  await expect(badge).toHaveText(t.sync.online, { timeout: 40_000 });

  gallery.finish();
  expect(gallery.findings).toEqual([]);
}
