import type { Language } from './format.ts';
import { KEY_FUNCTIONS, KEY_PLACES, keyCap, type KeyMap } from './keys.ts';
import { keyTexts } from './key-texts.ts';

/** Keys that belong together, as they are read: the key as it is printed, and what it does. */
export type KeySection = {
  readonly title: string;
  readonly rows: readonly { readonly cap: string; readonly meaning: string }[];
};

/**
 * Every key of this till on one page, for the overlay and the printed card: the functions by where they act, the digits
 * of the ways to pay, and the number pad. A function that acts in several places stands at the first.
 */
export function keyPage(
  keys: KeyMap,
  paymentTypes: readonly { readonly digit: number | null; readonly description: string }[],
  language: Language,
): readonly KeySection[] {
  const t = keyTexts[language];
  const fixed = t.fixedKeys.map(([cap, meaning]) => ({ cap, meaning }));
  const functions = KEY_PLACES.map((place) => ({
    title: t.places[place],
    rows: [
      ...KEY_FUNCTIONS.filter(({ places }) => places[0] === place).map(({ name }) => ({
        cap: keyCap(keys[name]),
        meaning: t.functions[name],
      })),
      ...(place === 'everywhere' ? fixed : []),
    ],
  }));
  const payment = {
    title: t.payment,
    rows: paymentTypes
      .flatMap(({ digit, description }) => (digit === null ? [] : [{ digit, description }]))
      .toSorted((a, b) => a.digit - b.digit)
      .map(({ digit, description }) => ({ cap: String(digit), meaning: description })),
  };
  const pad = { title: t.pad, rows: t.padKeys.map(([cap, meaning]) => ({ cap, meaning })) };
  return [...functions, payment, pad].filter(({ rows }) => rows.length > 0);
}
