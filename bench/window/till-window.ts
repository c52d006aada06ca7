import type { Page } from '@playwright/test';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SaleView } from '../../contract/sale-views.ts';
import { reachCore } from '../../core/cli/reach-core.ts';
import { launchStation } from '../../test/e2e/support/launch-station.ts';
import prepareRun from '../../test/e2e/support/prepare-run.ts';
import { scan } from '../../test/e2e/support/scanner.ts';
import type { Round } from '../measure/rounds.ts';
import { sellableBarcodes } from '../store/generated-catalogue.ts';
import type { PreparedStore } from '../store/prepare-store.ts';
import { openFloorWindow } from './open-floor-window.ts';
import { LINE_CLOCK } from './page-scripts.ts';

/** When what a key did was to be seen (page-scripts.ts). */
export type Seen = { readonly frameMs: number; readonly paintedMs: number };

/** Keys typed after each sale, and the pause between two: a quick typist. */
const TYPED_KEYS = 20;
const TYPING_GAP_MS = 120;

/** Rings one sale by scanner in the real window, then as many lines in the floor's window of the same app. */
export async function openTillWindow(options: {
  readonly store: PreparedStore;
  readonly items: number;
  readonly folder: string;
}) {
  const stopDisplay = await prepareRun();
  const station = await launchStation({ data: options.store.data });
  await station.page.addInitScript(LINE_CLOCK);
  await station.page.reload();
  await station.page.getByTestId('barcode').waitFor();
  // A second caller, so that the window hears of what it did not do itself.
  const core = await reachCore(options.store.data);
  const barcodes = sellableBarcodes(options.store.products, 7);
  let floor: Page | null = null;
  const seen: { readonly scans: Seen[]; readonly keys: Seen[] } = { scans: [], keys: [] };

  async function scanLine(page: Page, count: number): Promise<Seen> {
    const seen = page.evaluate<Seen>(`nextLine(${count})`);
    await scan(page, barcodes.next().value, { isPaced: true });
    return seen;
  }

  async function ring(page: Page): Promise<Seen[]> {
    await page.bringToFront();
    const samples: Seen[] = [];
    for (let count = 1; count <= options.items; count += 1) samples.push(await scanLine(page, count));
    return samples;
  }

  /** Types one character after another into the barcode field, as slowly as a person, and empties it again. */
  async function type(page: Page): Promise<Seen[]> {
    const samples: Seen[] = [];
    for (let count = 1; count <= TYPED_KEYS; count += 1) {
      await page.evaluate('watchKey()');
      await page.keyboard.press(String(count % 10));
      samples.push(await page.evaluate<Seen>('keySeen'));
      await sleep(TYPING_GAP_MS);
    }
    await page.keyboard.press('Escape');
    return samples;
  }

  async function abandonSale(): Promise<SaleView> {
    const current = await core.call('sale.current', {});
    if (!current.ok || current.output === null) throw new Error('the window rang no sale');
    const sale = current.output as SaleView;
    const input = { commandId: randomUUID(), saleId: sale.saleId, reason: 'fim da medida' };
    const abandoned = await core.call('sale.abandon', input);
    if (!abandoned.ok) throw new Error(`sale.abandon: ${JSON.stringify(abandoned.error)}`);
    await station.page.getByTestId('line').first().waitFor({ state: 'detached' });
    return sale;
  }

  return {
    run: async (): Promise<Round> => {
      const lines = await ring(station.page);
      seen.scans.push(...lines);
      seen.keys.push(...(await type(station.page)));
      const output = await abandonSale();
      floor ??= (await openFloorWindow(station.app, options.folder, { ok: true, output })).page;
      await floor.evaluate("document.querySelector('ol').replaceChildren()");
      const echoed = await ring(floor);
      return { product: lines.map(({ paintedMs }) => paintedMs), floor: echoed.map(({ paintedMs }) => paintedMs) };
    },
    /** Every scan and key of all rounds, the warm-up first. */
    seen,
    stop: async () => {
      await core.close();
      await station.close();
      stopDisplay();
    },
  };
}
