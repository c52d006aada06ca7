import { flushSync } from 'react-dom';
import { findFocusedField, insertText } from './field-text.ts';

/** Longer than this nobody waits for a screen and still means the key. */
const KEPT_MS = 2_000;
const MOST_KEYS = 16;

/**
 * Keys that were pressed before the screen they are for could take them, in their order.
 *
 *   a layer reads, and nobody binds the key --> kept --the layer has read--> pressed, one after the other
 *                                                    --2 s, Esc, a scan, or the layer is gone--> forgotten
 */
export type KeysAhead = {
  readonly keep: (key: string) => void;
  readonly forget: () => void;
  /** Presses what waits until somebody reads again. */
  readonly release: () => void;
};

export function createKeysAhead({
  isReading,
  onKey,
}: {
  readonly isReading: () => boolean;
  /** Answers whether the key meant something. */
  readonly onKey: (key: string) => boolean;
}): KeysAhead {
  let kept: { readonly key: string; readonly atMs: number }[] = [];

  function press(key: string): void {
    const field = findFocusedField(document);
    if (key.length === 1 && field !== null) return insertText(field, key);
    if (!onKey(key) && key === 'Enter') pressEnter(field);
  }

  return {
    keep: (key) => {
      if (kept.length < MOST_KEYS) kept.push({ key, atMs: performance.now() });
    },
    forget: () => {
      kept = [];
    },
    release: () => {
      const [first] = kept;
      if (first !== undefined && performance.now() - first.atMs > KEPT_MS) kept = [];
      while (!isReading()) {
        const next = kept.shift();
        if (next === undefined) return;
        // What the key opens has the focus, or reads itself, before the next one is pressed.
        flushSync(() => press(next.key));
      }
    },
  };
}

/** What a browser does with Enter that nobody took. */
function pressEnter(field: HTMLInputElement | HTMLTextAreaElement | null): void {
  if (field !== null) field.form?.requestSubmit();
  else if (document.activeElement instanceof HTMLButtonElement) document.activeElement.click();
}
