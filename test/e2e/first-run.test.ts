import type { Language } from '../../contract/format.ts';
import { startSandbox, temporaryFolder, type Sandbox } from '../sandbox/support.ts';
import { createGallery } from './support/gallery.ts';
import type { LaunchedStation, LaunchStation } from './support/launch-station.ts';
import { expect, test } from './support/station-test.ts';
import { logIn, openDrawer, openFolder, payCash, ringUp, speak, T_SHIRT, textsOf, type } from './support/walk.ts';

/*
 * The first run at a real server, from the address to the first sale, by keyboard alone; each page in each theme, then in
 * English. In the middle of the load the power fails.
 */

for (const language of ['pt-BR', 'en'] as const) {
  test(`a store is set up by keyboard, from the address of its server to the first sale (${language})`, async ({
    launch,
  }) => {
    test.setTimeout(300_000);
    const folder = openFolder('first-run');
    const erpData = temporaryFolder();
    const erp = await startSandbox(erpData.path);
    try {
      await setUp({ launch, erp, data: folder.data, language });
    } finally {
      await erp.end('SIGTERM');
      erpData.remove();
      folder.remove();
    }
  });
}

async function setUp({
  launch,
  erp,
  data,
  language,
}: {
  readonly launch: (options?: LaunchStation) => Promise<LaunchedStation>;
  readonly erp: Sandbox;
  readonly data: string;
  readonly language: Language;
}): Promise<void> {
  const t = textsOf(language);
  const first = await launch({ data });
  let { page } = first;
  await speak(page, language);
  const gallery = createGallery(
    () => page,
    language === 'en' ? 'gallery-first-run-english' : 'gallery-first-run',
    language,
  );
  const press = (key: string) => page.keyboard.press(key);

  await expect(page.getByTestId('open-demo')).toBeFocused();
  await press('Tab');
  await gallery.show('start');
  await press('Enter');
  await expect(page.getByLabel(t.setup.server)).toBeFocused();
  await type(page, erp.url);
  await press('Tab');
  await type(page, 'e01');
  await press('Tab');
  await type(page, 'errada');
  await gallery.show('server');
  await press('Enter');
  await expect(page.locator('.finding[data-state=failed]')).toContainText(t.setup.checkName('Login no ERP'));
  await gallery.show('server-refused');
  await press('Control+a');
  await type(page, 'demo-e01');
  await press('Enter');
  await expect(page.getByRole('button', { name: t.setup.next })).toBeEnabled();
  await gallery.show('server-tested');
  await press('Enter');

  await expect(page.getByRole('radio').first()).toBeFocused();
  await press('ArrowDown');
  await gallery.show('station');
  await press('ArrowUp');
  await press('Escape');
  await expect(page.getByLabel(t.setup.server)).toHaveValue(erp.url);
  await press('Enter');
  await expect(page.getByRole('radio', { name: 'E01' })).toBeChecked();

  // The page of a machine that takes a dead one's place, and back again.
  const replacing = page.getByRole('checkbox');
  await replacing.focus();
  await press('Space');
  await gallery.show('station-replacing');
  await press('Enter');
  await expect(page.getByRole('heading', { name: t.setup.replaceTitle })).toBeVisible();
  await expect(page.getByLabel(t.setup.replaced)).toBeFocused();
  await gallery.show('replace');
  await press('Escape');
  await replacing.focus();
  await press('Space');
  await expect(replacing).not.toBeChecked();
  await press('Enter');

  await expect(page.getByLabel(t.setup.customerCode)).toBeFocused();
  await gallery.show('defaults');
  await press('Enter');

  await expect(page.getByRole('radio').first()).toBeFocused();
  await gallery.show('prices');
  await press('Space');
  await gallery.show('prices-chosen');
  await press('Enter');

  await expect(page.getByRole('combobox').first()).toBeFocused();
  await gallery.show('payments');
  // A slow server, so that there is something to see of the load, and to take up again.
  await erp.post('/admin/faults', { faults: { slow: { rate: 1, ms: 700 } } });
  await press('Enter');
  await expect(page.locator('.load-step.done')).not.toHaveCount(0, { timeout: 60_000 });
  await expect(page.locator('.load-step.running')).toHaveCount(1);
  await gallery.show('load');
  await first.kill();
  ({ page } = await launch({ data }));
  await speak(page, language);
  await expect(page.locator('.load-step.done')).not.toHaveCount(0, { timeout: 60_000 });
  await gallery.show('load-again');
  await erp.post('/admin/faults', {});

  const toTheTill = page.getByTestId('to-the-till');
  await expect(toTheTill).toBeFocused({ timeout: 60_000 });
  await expect(page.locator('.finding.reading')).toHaveCount(0, { timeout: 20_000 });
  await gallery.show('ready');
  await press('Enter');

  await expect(page.getByRole('heading', { name: t.login.title })).toBeVisible();
  await logIn(page);
  await openDrawer(page);
  await ringUp(page, [T_SHIRT]);
  await payCash(page, '500');

  gallery.finish();
  expect(gallery.findings).toEqual([]);
}
