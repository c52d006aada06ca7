/** What a text being typed into the barcode field means already, before Enter. */
export type Typed =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'multiply'; readonly quantityMilli: number; readonly rest: string }
  | { readonly kind: 'command'; readonly command: 'quantity' | 'discount' | 'pay' | 'help' };

/** What Enter makes of the text in the barcode field. */
export type Entered =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'item'; readonly code: string }
  | { readonly kind: 'salesperson'; readonly code: string; readonly scope: 'next' | 'sale' };

const COMMANDS = { '*': 'quantity', '-': 'discount', '+': 'pay', '?': 'help' } as const;

/** `3*` multiplies the next item; `*` `-` `+` `?` in an empty field are the commands of the number pad. */
export function readTyped(text: string): Typed {
  const command = COMMANDS[text as keyof typeof COMMANDS];
  if (command !== undefined) return { kind: 'command', command };
  const [, quantity, rest] = /^([^*/]+)\*(.*)$/.exec(text) ?? [];
  const quantityMilli = quantity === undefined ? null : parseQuantity(quantity);
  if (quantityMilli !== null) return { kind: 'multiply', quantityMilli, rest: rest ?? '' };
  return { kind: 'text', text };
}

/** `/24` is a salesperson for the next items, `//24` for the whole sale, anything else an item. */
export function readEntered(text: string): Entered {
  const typed = text.trim();
  if (typed === '') return { kind: 'nothing' };
  if (typed.startsWith('//')) return { kind: 'salesperson', code: typed.slice(2).trim(), scope: 'sale' };
  if (typed.startsWith('/')) return { kind: 'salesperson', code: typed.slice(1).trim(), scope: 'next' };
  return { kind: 'item', code: typed };
}

/** Thousandths of `2` or `1,5` pieces; null when it is not a quantity above zero. The core judges how much is too much. */
export function parseQuantity(text: string): number | null {
  const match = /^(\d{1,6})(?:[.,](\d{1,3}))?$/.exec(text.trim());
  if (match === null) return null;
  const [, whole = '0', fraction = ''] = match;
  const quantityMilli = Number(whole) * 1000 + Number(fraction.padEnd(3, '0'));
  return quantityMilli > 0 ? quantityMilli : null;
}
