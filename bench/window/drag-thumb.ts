import type { Page } from '@playwright/test';

/** A hand that goes from the top of the scroll bar to its end in about two seconds, as often as a mouse reports. */
const DRAG_MS = 2_000;
const MOVE_MS = 8;
/** From the edges of the list: the middle of a thin scroll bar, and below the button at its end. */
const FROM_RIGHT_PX = 5;
const FROM_TOP_PX = 20;

/** The frames of one drag, and how long from the last move of the list until rows were painted where it rested. */
export type Dragged = { readonly lengths: readonly number[]; readonly restMs: number };

/** Drags the thumb of a list to its end by the mouse, as a person does, and lets go; fails where the list stays behind. */
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
  return dragged;
}
