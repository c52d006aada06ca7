import type { Page } from '@playwright/test';

/** A hand that goes from the top of the scroll bar to its end in about two seconds, as often as a mouse reports. */
const DRAG_MS = 2_000;
const MOVE_MS = 8;
/** From the edges of the list: the middle of a thin scroll bar, and below the button at its end. */
const FROM_RIGHT_PX = 5;
const FROM_TOP_PX = 20;

/** One drag. `reached`: how far down the list was in the end; `restMs`: until rows were painted where it rested. */
export type Dragged = { readonly lengths: readonly number[]; readonly reached: number; readonly restMs: number };

/** Drags the thumb of a list through the whole of it by the mouse, as a person does, and lets go. */
export async function dragThumb(page: Page, selector: string): Promise<Dragged> {
  const box = await page.locator(selector).boundingBox();
  if (box === null) throw new Error(`${selector} is not on the page`);
  const x = box.x + box.width - FROM_RIGHT_PX;
  const top = box.y + FROM_TOP_PX;
  await page.mouse.move(x, top);
  await page.mouse.down();
  await page.evaluate(`watchDrag(${JSON.stringify(selector)})`);
  const since = performance.now();
  for (let share = 0; share < 1;) {
    share = Math.min(1, (performance.now() - since) / DRAG_MS);
    await page.mouse.move(x, top + share * box.height);
    await new Promise((resolve) => setTimeout(resolve, MOVE_MS));
  }
  const dragged = await page.evaluate<Dragged>('endDrag()');
  await page.mouse.up();
  if (dragged.reached < 0.99) throw new Error(`the drag did not take the list along: it came to ${dragged.reached}`);
  return dragged;
}
