import { findFocusedField } from './field-text.ts';
import { createKeysAhead } from './keys-ahead.ts';
import type { KeyboardListener } from './listen-to-keyboard.ts';

/** Keys by name (`F9`, `Ctrl+L`, `Escape`, `1`) and what they do; undefined leaves the key alone. */
export type KeyBindings = Readonly<Record<string, (() => void) | undefined>>;

/** What lies over what (a question is asked over a dialog or a panel): a key goes to the highest layer that binds it and never past a dialog. */
export type Level = 'app' | 'screen' | 'dialog' | 'question' | 'approval' | 'banner' | 'overlay';

export type Layer = {
  readonly level: Level;
  readonly isModal: boolean;
  /** What its keys are for is not there yet. */
  isReading: boolean;
  keys: KeyBindings;
  scan: ((code: string) => void) | undefined;
};

/** All that takes keys and scans now, the highest first. */
export type KeyLayers = KeyboardListener & {
  readonly add: (layer: Layer) => () => void;
  /** A layer has read: what was pressed ahead of it is pressed now. */
  readonly release: () => void;
};

const HEIGHT: Readonly<Record<Level, number>> = {
  app: 0,
  screen: 1,
  dialog: 2,
  question: 3,
  approval: 4,
  banner: 5,
  overlay: 6,
};

export function createKeyLayers(): KeyLayers {
  let layers: readonly Layer[] = [];

  function pressKey(key: string): boolean {
    for (const layer of layers) {
      const act = layer.keys[key];
      if (act !== undefined) {
        act();
        return true;
      }
      // Function keys of what lies below are dead, not passed on to the browser (F11, Ctrl+P).
      if (layer.isModal) return isFunctionKey(key) && !layer.isReading;
    }
    return false;
  }

  /** Whether a layer that a key may reach is still reading. */
  function isReading(): boolean {
    const modal = layers.findIndex((layer) => layer.isModal);
    return layers.slice(0, modal === -1 ? undefined : modal + 1).some((layer) => layer.isReading);
  }

  const ahead = createKeysAhead({ isReading, onKey: pressKey });
  return {
    add: (layer) => {
      layers = [...layers, layer].toSorted((a, b) => HEIGHT[b.level] - HEIGHT[a.level]);
      return () => {
        layers = layers.filter((other) => other !== layer);
        // What was pressed for a screen that left before it had read means something else on the next one.
        if (layer.isReading) ahead.forget();
      };
    },
    // After the effects of what has been read, which give the focus.
    release: () => void setTimeout(ahead.release, 0),
    onScan: (code) => {
      // Its first character may be among them, and a scan may show another screen.
      ahead.forget();
      layers.find((layer) => layer.scan !== undefined)?.scan?.(code);
    },
    onKey: (key) => {
      if (key === 'Escape') ahead.forget();
      if (pressKey(key)) return true;
      if (!isReading() || isOfFocus(key)) return false;
      ahead.keep(key);
      return true;
    },
  };
}

/** Whether what has the focus takes the key itself: it is there already. */
function isOfFocus(key: string): boolean {
  if (key === 'Tab') return true;
  if (findFocusedField(document) !== null) return key !== 'Enter' && !isFunctionKey(key);
  return (key === 'Enter' || key === ' ') && document.activeElement?.matches('button, select, a') === true;
}

function isFunctionKey(key: string): boolean {
  return key.startsWith('F') && key.length > 1;
}
