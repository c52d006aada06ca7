import { act } from '@testing-library/react';

/** A person presses keys this far apart; scanners are ten times faster. */
const HUMAN_GAP_MS = 180;
const SCANNER_GAP_MS = 8;

let clockMs = 1_000_000;

/** Presses one key as a person, after a pause; typed characters and Enter do what a browser does with them. */
export async function press(key: string, modifiers: { ctrlKey?: boolean } = {}): Promise<void> {
  clockMs += HUMAN_GAP_MS;
  await act(async () => {
    strike(key, modifiers);
    await settle();
  });
}

export async function pressAll(...keys: readonly string[]): Promise<void> {
  for (const key of keys) await press(key);
}

/** Types a text as a person, key by key. */
export async function type(text: string): Promise<void> {
  await pressAll(...Array.from(text));
}

/** A scanner sends the characters and ends them with Enter (or Tab). */
export async function scan(code: string, terminator = 'Enter'): Promise<void> {
  await scanAll([code], terminator);
}

/** Scans that follow each other before the first is answered. */
export async function scanAll(codes: readonly string[], terminator = 'Enter'): Promise<void> {
  await act(async () => {
    for (const code of codes) {
      clockMs += HUMAN_GAP_MS;
      for (const key of code) {
        strike(key);
        clockMs += SCANNER_GAP_MS;
      }
      strike(terminator);
    }
    await settle();
  });
}

/** Characters at the speed of a machine with nothing after them. */
export async function burst(text: string): Promise<void> {
  clockMs += HUMAN_GAP_MS;
  await act(async () => {
    for (const key of text) {
      strike(key);
      clockMs += SCANNER_GAP_MS;
    }
    await settle();
  });
}

/** Lets answered calls reach the screen. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 12; turn += 1) await Promise.resolve();
  await new Promise((resolve) => setTimeout(resolve, 0));
}

function strike(key: string, modifiers: { ctrlKey?: boolean } = {}): void {
  const target = document.activeElement ?? document.body;
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...modifiers });
  Object.defineProperty(event, 'timeStamp', { value: clockMs });
  if (!target.dispatchEvent(event)) return;
  doDefault(target, key);
}

/** What the browser does with a key that nobody took: type it, press the button, send the form. */
function doDefault(target: Element, key: string): void {
  if (target instanceof HTMLButtonElement && (key === 'Enter' || key === ' ')) return target.click();
  if (!(target instanceof HTMLInputElement)) return;
  if (key === 'Enter') {
    target.form?.requestSubmit();
    return;
  }
  if (key.length !== 1) return;
  const start = target.selectionStart ?? target.value.length;
  const end = target.selectionEnd ?? start;
  const value = target.value.slice(0, start) + key + target.value.slice(end);
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(target, value);
  target.setSelectionRange(start + 1, start + 1);
  target.dispatchEvent(new Event('input', { bubbles: true }));
}
