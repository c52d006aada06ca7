/** A text field and what it held, to give it back as it was. */
export type FieldSnapshot = {
  readonly field: TextField;
  readonly value: string;
  readonly start: number;
  readonly end: number;
};

export type TextField = HTMLInputElement | HTMLTextAreaElement;

const NOT_TYPED_INTO = new Set(['button', 'checkbox', 'radio', 'submit', 'reset', 'range', 'color', 'file']);

/** The field that a key stroke would be typed into, if any. */
export function findFocusedField(document: Document): TextField | null {
  const element = document.activeElement;
  if (element instanceof HTMLTextAreaElement) return element.readOnly ? null : element;
  if (!(element instanceof HTMLInputElement) || NOT_TYPED_INTO.has(element.type)) return null;
  return element.readOnly || element.disabled ? null : element;
}

export function takeSnapshot(field: TextField): FieldSnapshot {
  const end = field.value.length;
  return { field, value: field.value, start: field.selectionStart ?? end, end: field.selectionEnd ?? end };
}

/** Puts the field back as it was, telling React, which listens for `input`. */
export function restoreSnapshot({ field, value, start, end }: FieldSnapshot): void {
  if (!field.isConnected || field.value === value) return;
  setValue(field, value);
  field.setSelectionRange(start, end);
}

/** Types `text` at the cursor, over the selection, as the keys themselves would have. */
export function insertText(field: TextField, text: string): void {
  const { value, start, end } = takeSnapshot(field);
  setValue(field, value.slice(0, start) + text + value.slice(end));
  field.setSelectionRange(start + text.length, start + text.length);
}

function setValue(field: TextField, value: string): void {
  // React overrides `value` on the element to notice its own writes; the prototype's setter goes past that.
  const prototype = field instanceof HTMLTextAreaElement ? HTMLTextAreaElement.prototype : HTMLInputElement.prototype;
  Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(field, value);
  field.dispatchEvent(new Event('input', { bubbles: true }));
}
