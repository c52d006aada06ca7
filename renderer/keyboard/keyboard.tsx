import { createContext, useContext, useEffect, useLayoutEffect, useMemo, useRef, type ReactNode } from 'react';
import { listenToKeyboard } from './listen-to-keyboard.ts';

/** Keys by name (`F9`, `Ctrl+L`, `Escape`, `1`) and what they do; undefined leaves the key alone. */
export type KeyBindings = Readonly<Record<string, (() => void) | undefined>>;

/** What lies over what (a question is asked over a dialog or a panel): a key goes to the highest layer that binds it and never past a dialog. */
export type Level = 'app' | 'screen' | 'dialog' | 'question' | 'approval' | 'banner' | 'overlay';

type Layer = {
  readonly level: Level;
  readonly isModal: boolean;
  keys: KeyBindings;
  scan: ((code: string) => void) | undefined;
};

type Registry = { readonly add: (layer: Layer) => () => void };

const HEIGHT: Readonly<Record<Level, number>> = {
  app: 0,
  screen: 1,
  dialog: 2,
  question: 3,
  approval: 4,
  banner: 5,
  overlay: 6,
};
const KeyboardContext = createContext<Registry | null>(null);

/** Owns the one listener of the window; screens and dialogs add their keys and scans as layers. */
export function KeyboardProvider({ children }: { readonly children: ReactNode }) {
  const layers = useRef<Layer[]>([]);
  const registry = useMemo<Registry>(
    () => ({
      add: (layer) => {
        layers.current = [...layers.current, layer].sort((a, b) => HEIGHT[b.level] - HEIGHT[a.level]);
        return () => {
          layers.current = layers.current.filter((other) => other !== layer);
        };
      },
    }),
    [],
  );
  useEffect(
    () =>
      listenToKeyboard(window, {
        onScan: (code) => layers.current.find((layer) => layer.scan !== undefined)?.scan?.(code),
        onKey: (key) => pressKey(layers.current, key),
      }),
    [],
  );
  return <KeyboardContext value={registry}>{children}</KeyboardContext>;
}

/** Adds a layer of keys while the component is mounted. A scan goes to the highest layer that takes scans. */
export function useKeys(
  level: Level,
  keys: KeyBindings,
  options: { readonly isModal?: boolean; readonly onScan?: ((code: string) => void) | undefined } = {},
): void {
  const registry = useContext(KeyboardContext);
  if (registry === null) throw new Error('useKeys outside of KeyboardProvider');
  const { isModal = false, onScan } = options;
  const layer = useRef<Layer | null>(null);
  // Before the screen is seen: a key pressed at once is not lost.
  useLayoutEffect(() => {
    layer.current = { level, isModal, keys: {}, scan: undefined };
    return registry.add(layer.current);
  }, [registry, level, isModal]);
  // The layer keeps its place while its bindings follow the last render.
  useLayoutEffect(() => {
    if (layer.current === null) return;
    layer.current.keys = keys;
    layer.current.scan = onScan;
  });
}

function pressKey(layers: readonly Layer[], key: string): boolean {
  for (const layer of layers) {
    const act = layer.keys[key];
    if (act !== undefined) {
      act();
      return true;
    }
    // Function keys of what lies below are dead, not passed on to the browser (F11, Ctrl+P).
    if (layer.isModal) return key.startsWith('F') && key.length > 1;
  }
  return false;
}
