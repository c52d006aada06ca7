import type { ElectronApplication, Page } from '@playwright/test';
import { launchStation } from '../../test/e2e/support/launch-station.ts';
import prepareRun from '../../test/e2e/support/prepare-run.ts';
import type { Round } from '../measure/rounds.ts';
import type { PreparedStore } from '../store/prepare-store.ts';
import { dragThumb, type Dragged } from './drag-thumb.ts';
import { floorListPage, LIST_CLOCK } from './list-scripts.ts';

/** Two seconds of a drag of the scroll bar: eleven rows in each frame. */
const FRAMES = 120;
const STEP_PX = 600;
const LIST = '[data-testid=movement-list]';
/** Typed one after the other, slower than a scanner. */
const TYPING_GAP_MS = 80;

type Scrolled = { readonly lengths: readonly number[]; readonly rows: number; readonly empty: number };

/**
 * Every sample of all rounds, the warm-up first, in milliseconds. `rows`: the most rows that were in the document; `empty`:
 * the share of them that had nothing to show yet, of each scroll.
 */
type ListSeen = {
  readonly open: number[];
  readonly jump: number[];
  readonly find: number[];
  readonly filter: number[];
  readonly empty: number[];
  readonly drag: Dragged[];
  readonly floorDrag: Dragged[];
  rows: number;
};

/** Opens, scrolls, jumps and filters the movements in the real window, then scrolls the floor's list in the same app. */
export async function openListWindow({
  store,
  movements,
}: {
  readonly store: PreparedStore;
  readonly movements: number;
}) {
  const stopDisplay = await prepareRun();
  const station = await launchStation({ data: store.data });
  const { page } = station;
  await page.addInitScript(LIST_CLOCK);
  await page.reload();
  await page.getByTestId('barcode').waitFor();
  let floor: Page | null = null;
  const seen: ListSeen = { open: [], jump: [], find: [], filter: [], empty: [], drag: [], floorDrag: [], rows: 0 };

  /** Presses a key and waits until `condition` holds and is painted. */
  async function press(key: string, condition: string): Promise<number> {
    const painted = page.evaluate<number>(`afterKey(${JSON.stringify(condition)})`);
    await page.keyboard.press(key);
    return painted;
  }
  const isShown = (number: string): string =>
    `document.querySelector('[aria-selected=true][data-number="${number}"]') !== null`;
  const hasRows = "document.querySelectorAll('[data-testid=movement-row][data-number]').length >= 8";
  const countedOtherThan = (words: string): string =>
    `document.querySelector('[data-testid=movements-count]').textContent !== ${JSON.stringify(words)} && ${hasRows}`;

  async function walk(): Promise<readonly number[]> {
    await page.bringToFront();
    seen.open.push(await press('Control+l', hasRows));
    const scrolled = await page.evaluate<Scrolled>(`scrollFrames('${LIST}', ${FRAMES}, ${STEP_PX})`);
    seen.rows = Math.max(seen.rows, scrolled.rows);
    seen.empty.push(scrolled.empty);
    seen.jump.push(await press('End', isShown('E01000000001')));
    await press('Home', hasRows);
    seen.drag.push(await dragThumb(page, LIST));
    await press('Home', `document.querySelector('${LIST}').scrollTop === 0 && ${hasRows}`);
    await page.keyboard.press('F4');
    await page.getByTestId('jump').waitFor();
    await page.keyboard.type('4242', { delay: TYPING_GAP_MS });
    seen.find.push(await press('Enter', isShown('E01000004242')));
    await page.keyboard.press('F3');
    await page.keyboard.type('E01000', { delay: TYPING_GAP_MS });
    await page.waitForTimeout(TYPING_GAP_MS * 5);
    // Numbers 5,000 to 5,999, of a list of which every one has to be looked at.
    await page.keyboard.type('00', { delay: TYPING_GAP_MS });
    await page.waitForTimeout(TYPING_GAP_MS * 5);
    const before = await page.getByTestId('movements-count').textContent();
    seen.filter.push(await press('5', countedOtherThan(before ?? '')));
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await page.getByTestId('barcode').waitFor();
    return scrolled.lengths;
  }

  return {
    run: async (): Promise<Round> => {
      const product = await walk();
      floor ??= await openFloor(station.app, floorListPage(movements));
      await floor.bringToFront();
      const scrolled = await floor.evaluate<Scrolled>(`scrollFrames('#list', ${FRAMES}, ${STEP_PX})`);
      await floor.evaluate(`document.querySelector('#list').scrollTop = 0`);
      seen.floorDrag.push(await dragThumb(floor, '#list'));
      return { product, floor: scrolled.lengths };
    },
    seen,
    stop: async () => {
      await station.close();
      stopDisplay();
    },
  };
}

/** A second window of the same app, as large, on a page of its own. */
async function openFloor(app: ElectronApplication, url: string): Promise<Page> {
  const opened = app.waitForEvent('window');
  await app.evaluate(async ({ BrowserWindow }, page) => {
    const [station] = BrowserWindow.getAllWindows();
    const window = new BrowserWindow({
      ...station?.getBounds(),
      webPreferences: { sandbox: true, contextIsolation: true, backgroundThrottling: false },
    });
    await window.loadURL(page);
  }, url);
  return opened;
}
