import type { Page } from '@playwright/test';
import { setTimeout as sleep } from 'node:timers/promises';

/** What a hand scanner leaves between two characters. */
const GAP_MS = 10;

/**
 * Reads a barcode as a hand scanner does: real key events, a fixed gap apart by their own time stamps, ended by Enter.
 *
 * They are sent without waiting for one another: a machine that is busy with tests would otherwise stretch the gaps
 * to those of a person, which no scanner does, since it has its own clock.
 *
 * With `isPaced` they are also sent that far apart, for whoever times what follows the last one: a burst would leave the
 * work for the first characters to be done after it.
 */
export async function scan(page: Page, barcode: string, { isPaced = false } = {}): Promise<void> {
  await scanAll(page, [barcode], { isPaced });
}

/** The same with several codes, one right behind the other. */
export async function scanAll(page: Page, barcodes: readonly string[], { isPaced = false } = {}): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const start = Date.now() / 1000;
  const sent: Promise<unknown>[] = [];
  for (const [index, key] of barcodes.flatMap((code) => [...Array.from(code), 'Enter']).entries()) {
    if (isPaced) await sleep(Math.max(0, start * 1000 + index * GAP_MS - Date.now()));
    const timestamp = start + (index * GAP_MS) / 1000;
    const isEnter = key === 'Enter';
    const code = isEnter ? 'Enter' : /\d/.test(key) ? `Digit${key}` : `Key${key.toUpperCase()}`;
    const common = { key, code, windowsVirtualKeyCode: isEnter ? 13 : key.toUpperCase().charCodeAt(0), timestamp };
    sent.push(
      session.send('Input.dispatchKeyEvent', { ...common, type: 'keyDown', text: isEnter ? '\r' : key }),
      session.send('Input.dispatchKeyEvent', { ...common, type: 'keyUp' }),
    );
  }
  await Promise.all(sent);
  await session.detach();
}
