import { createContext, useContext, useEffect, useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import { createKeyLayers, type KeyBindings, type KeyLayers, type Layer, type Level } from './key-layers.ts';
import { listenToKeyboard } from './listen-to-keyboard.ts';

const KeyboardContext = createContext<KeyLayers | null>(null);

/** Owns the one listener of the window; screens and dialogs add their keys and scans as layers. */
export function KeyboardProvider({ children }: { readonly children: ReactNode }) {
  const [layers] = useState(createKeyLayers);
  useEffect(() => listenToKeyboard(window, layers), [layers]);
  return <KeyboardContext value={layers}>{children}</KeyboardContext>;
}

/**
 * Adds a layer of keys while the component is mounted. A scan goes to the highest layer that takes scans.
 *
 * `isReading`: what the keys are for is still being read. A key that nobody binds waits for it instead of being lost.
 */
export function useKeys(
  level: Level,
  keys: KeyBindings,
  options: {
    readonly isModal?: boolean;
    readonly isReading?: boolean;
    readonly onScan?: ((code: string) => void) | undefined;
  } = {},
): void {
  const layers = useContext(KeyboardContext);
  if (layers === null) throw new Error('useKeys outside of KeyboardProvider');
  const { isModal = false, isReading = false, onScan } = options;
  const layer = useRef<Layer | null>(null);
  // Before the screen is seen: a key pressed at once is not lost.
  useLayoutEffect(() => {
    layer.current = { level, isModal, isReading: false, keys: {}, scan: undefined };
    return layers.add(layer.current);
  }, [layers, level, isModal]);
  // The layer keeps its place while its bindings follow the last render.
  useLayoutEffect(() => {
    if (layer.current === null) return;
    layer.current.isReading = isReading;
    layer.current.keys = keys;
    layer.current.scan = onScan;
  });
  useEffect(() => (isReading ? layers.release : undefined), [layers, isReading]);
}
