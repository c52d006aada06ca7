import type { Page } from '@playwright/test';

/** What a hand scanner leaves between two characters. */
const GAP_MS = 10;

/**
 * Reads a barcode as a hand scanner does: real key events, a fixed gap apart by their own time stamps, ended by Enter.
 *
 * They are sent without waiting for one another: a machine that is busy with tests would otherwise stretch the gaps
 * to those of a person, which no scanner does, since it has its own clock.
 */
export async function scan(page: Page, barcode: string): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const start = Date.now() / 1000;
  const sent = [...Array.from(barcode), 'Enter'].flatMap((key, index) => {
    const timestamp = start + (index * GAP_MS) / 1000;
    const isEnter = key === 'Enter';
    const code = isEnter ? 'Enter' : /\d/.test(key) ? `Digit${key}` : `Key${key.toUpperCase()}`;
    const common = { key, code, windowsVirtualKeyCode: isEnter ? 13 : key.toUpperCase().charCodeAt(0), timestamp };
    return [
      session.send('Input.dispatchKeyEvent', { ...common, type: 'keyDown', text: isEnter ? '\r' : key }),
      session.send('Input.dispatchKeyEvent', { ...common, type: 'keyUp' }),
    ];
  });
  await Promise.all(sent);
  await session.detach();
}
