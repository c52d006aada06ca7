import { DEFAULT_KEYS, type KeyFunction, type KeyMap } from '../../contract/keys.ts';
import { keyTexts } from '../../contract/key-texts.ts';
import { usePreferences } from '../i18n/preferences.tsx';
import { useStationState } from '../station-context.tsx';
import type { KeyBindings } from './key-layers.ts';

/** The keys of this station's group: what is bound and what is printed on buttons are the same by being read here. */
export type FunctionKeys = {
  readonly keys: KeyMap;
  readonly title: string;
  readonly label: (name: KeyFunction) => string;
  /** Acts by function as bindings by key. */
  readonly bind: (acts: Readonly<Partial<Record<KeyFunction, (() => void) | undefined>>>) => KeyBindings;
};

export function useFunctionKeys(): FunctionKeys {
  const keys = useStationState((state) => state.view?.policies.keys) ?? DEFAULT_KEYS;
  const { language } = usePreferences();
  return {
    keys,
    title: keyTexts[language].title,
    label: (name) => keyTexts[language].functions[name],
    bind: (acts) => Object.fromEntries(Object.entries(acts).map(([name, act]) => [keys[name as KeyFunction], act])),
  };
}
