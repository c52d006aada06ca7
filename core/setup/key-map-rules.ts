import { DEFAULT_KEYS, KEY_FUNCTIONS, type KeyFunction, type KeyMap } from '../../contract/keys.ts';

/** A map in which every function has a key and no two that meet share one, and the entries that were refused, with why. */
export type KeyMapReading = { readonly keys: KeyMap; readonly wrongFields: readonly string[] };

type Wish = { readonly name: KeyFunction; readonly erp: string; readonly key: string };

/**
 * Keys a group may give: F1 to F12 alone or with Ctrl, Insert, Ctrl+Delete, and Ctrl with a letter.
 *
 * Never Enter, Esc, Tab, arrows, digits and other characters, which are typed or sent by scanners; Ctrl+J, which some
 * scanners send at the end; nor Ctrl+A, C, V, X and Z, which edit text.
 */
const GIVABLE = /^(?:(?:Ctrl\+)?F(?:[1-9]|1[0-2])|Insert|Ctrl\+(?:Delete|[BDEFGHIKLMNOPQRSTUWY]))$/;

/**
 * Reads `teclas`: function names of the ERP with keys, e.g. `{ "buscar": "F8", "resumo": "Ctrl+R" }`.
 *
 * A group may swap keys: all its entries are judged together. An entry is refused, and its function keeps the default,
 * where the function is unknown, the key cannot be given, another entry wants the same key, or a function that was not
 * moved has it. A refusal gives a default back, which may cost another entry its key; with none left the defaults hold.
 */
export function decodeKeyMap(given: unknown): KeyMapReading {
  if (given === undefined || given === null) return { keys: DEFAULT_KEYS, wrongFields: [] };
  if (typeof given !== 'object' || Array.isArray(given)) return { keys: DEFAULT_KEYS, wrongFields: ['teclas'] };
  const wrongFields: string[] = [];
  let wishes: Wish[] = [];
  for (const [erp, value] of Object.entries(given)) {
    if (value === null) continue;
    const name = KEY_FUNCTIONS.find((one) => one.erp === erp)?.name;
    const key = typeof value === 'string' ? toKeyName(value) : null;
    if (name === undefined) wrongFields.push(`teclas.${erp} (função desconhecida)`);
    else if (key === null || (!GIVABLE.test(key) && key !== DEFAULT_KEYS[name]))
      wrongFields.push(`teclas.${erp} (a tecla ${String(value)} não pode ser dada)`);
    else wishes.push({ name, erp, key });
  }
  for (;;) {
    const keys = { ...DEFAULT_KEYS, ...Object.fromEntries(wishes.map(({ name, key }) => [name, key])) };
    const clashes = wishes.flatMap((wish) => {
      const other = KEY_FUNCTIONS.find(
        ({ name }) => name !== wish.name && keys[name] === wish.key && meet(name, wish.name),
      );
      // A function that stays on its default loses nothing to one that was moved onto it.
      return other === undefined || wish.key === DEFAULT_KEYS[wish.name] ? [] : [{ wish, other }];
    });
    if (clashes.length === 0) return { keys, wrongFields };
    wrongFields.push(...clashes.map(({ wish, other }) => `teclas.${wish.erp} (${wish.key} já é de ${other.erp})`));
    wishes = wishes.filter((wish) => !clashes.some((clash) => clash.wish === wish));
  }
}

/** Whether two functions can be pressed in the same place. */
function meet(one: KeyFunction, other: KeyFunction): boolean {
  const a = placesOf(one);
  const b = placesOf(other);
  return a.includes('everywhere') || b.includes('everywhere') || a.some((place) => b.includes(place));
}

function placesOf(name: KeyFunction): readonly string[] {
  return KEY_FUNCTIONS.find((one) => one.name === name)?.places ?? [];
}

/** `ctrl l`, `CTRL+DEL` and `f9` are `Ctrl+L`, `Ctrl+Delete` and `F9`. */
function toKeyName(text: string): string {
  return text
    .trim()
    .split(/\s*[+\s]\s*/)
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1).toLowerCase())
    .map((part) => ({ Del: 'Delete', Ins: 'Insert', Control: 'Ctrl' })[part] ?? part)
    .join('+');
}
