import { z } from 'zod';

/*
 * Fields as this ERP writes them: numbers as strings, flags as true, "T", "1" or "S", dates as /Date(ms-180)/, texts with
 * invisible characters. A value that cannot be read is an issue of its field, which names it; it is never guessed.
 */

/* oxlint-disable no-control-regex -- control characters are what is looked for */
const INVISIBLE = /[\u0000-\u001F\u007F-\u009F\u00AD\u200B-\u200F\u2028-\u202E\u2060\uFEFF]/g;
const DIRTY = /[\u0000-\u001F\u007F-\u00A0\u00AD\u1680\u2000-\u200F\u2028-\u202F\u205F\u2060\u3000\uFEFF]|  |^ | $/;
/* oxlint-enable no-control-regex */

/** A field that may be absent: `z.unknown()` alone refuses a key that is not there. */
const anything = z.unknown().optional();

/** A text without invisible characters and doubled spaces; absent or null is empty. */
export const erpText = anything.transform((value, context) => {
  if (value === undefined || value === null) return '';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return cleanText(value);
  return fail(context, 'a text');
});

/** A key as it is: only the blanks around it go, because a key with another space inside is another key. */
export const erpKey = anything.transform((value, context) => {
  if (typeof value === 'number') return String(value);
  const text = typeof value === 'string' ? value.replaceAll(INVISIBLE, '').trim() : '';
  return text === '' ? fail(context, 'a key') : text;
});

/** An integer that must be there. */
export const erpInteger = anything.transform((value, context) => {
  const number = toNumber(value);
  return number !== null && Number.isSafeInteger(number) ? number : fail(context, 'an integer');
});

/** An integer, or null when it is absent or empty. */
export const erpIntegerOrNull = anything.transform((value, context) => {
  if (isEmpty(value)) return null;
  const number = toNumber(value);
  return number !== null && Number.isSafeInteger(number) ? number : fail(context, 'an integer');
});

/** An amount in integer cents, or null when it is absent or empty. */
export const erpCentsOrNull = anything.transform((value, context) =>
  isEmpty(value) ? null : (scaled(value, 100) ?? fail(context, 'an amount')),
);

/** An amount in integer cents that must be there. */
export const erpCents = anything.transform((value, context) => scaled(value, 100) ?? fail(context, 'an amount'));

/** A quantity in integer thousandths that must be there. */
export const erpMilli = anything.transform((value, context) => scaled(value, 1000) ?? fail(context, 'a quantity'));

/** A quantity in integer thousandths, or null for unknown, which is not zero. */
export const erpMilliOrNull = anything.transform((value, context) =>
  isEmpty(value) ? null : (scaled(value, 1000) ?? fail(context, 'a quantity')),
);

/** A flag; `whenAbsent` when the server says nothing. */
export function erpFlag(whenAbsent: boolean) {
  return anything.transform((value, context) => {
    if (isEmpty(value)) return whenAbsent;
    if (typeof value === 'boolean') return value;
    const letter = plainText(value).trim().toUpperCase();
    if (['T', '1', 'S', 'TRUE', 'Y'].includes(letter)) return true;
    if (['F', '0', 'N', 'FALSE'].includes(letter)) return false;
    return fail(context, 'a flag');
  });
}

/** An instant as ISO text in UTC, or null. */
export const erpInstantOrNull = anything.transform((value, context) => {
  if (isEmpty(value)) return null;
  const ms = toEpochMs(value);
  return ms === null ? fail(context, 'an instant') : new Date(ms).toISOString();
});

/** When a period begins, in epoch milliseconds, or null for always: a day alone begins at its midnight at -03:00. */
export const erpPeriodStartOrNull = anything.transform((value, context) =>
  isEmpty(value) ? null : (toEpochMs(value) ?? fail(context, 'a day or an instant')),
);

/** The last millisecond of a period, or null for ever: a day alone, or its midnight, lasts to its end at -03:00. */
export const erpPeriodEndOrNull = anything.transform((value, context) => {
  if (isEmpty(value)) return null;
  const ms = toEpochMs(value);
  if (ms === null) return fail(context, 'a day or an instant');
  return (ms - ZONE_MS) % DAY_MS === 0 ? ms + DAY_MS - 1 : ms;
});

/** Below this a number of three decimals is told from its neighbours. */
const EXACT = 1e12;
const DAY_MS = 86_400_000;
/** Midnight of this ERP in UTC: days, and instants that name no offset, count at -03:00. */
const ZONE_MS = 3 * 3_600_000;

/** A text or a number as text; nothing else is one: an object may even carry a `toString` of the server's. */
function plainText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** In /Date(ms-180)/ the number is UTC already; the suffix is not applied. */
function toEpochMs(value: unknown): number | null {
  const text = plainText(value).trim();
  const serial = /^\/?Date\((-?\d{1,15})(?:[+-]\d{1,4})?\)\/?$/.exec(text);
  if (serial?.[1] !== undefined) return inRange(Number(serial[1]));
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return inRange(Date.parse(`${text}T00:00:00-03:00`));
  if (!/^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}/.test(text)) return null;
  const named = /(?:Z|[+-]\d{2}:?\d{2})$/i.test(text) ? text : `${text}-03:00`;
  return inRange(Date.parse(named.replace(' ', 'T')));
}

function inRange(ms: number): number | null {
  return Number.isNaN(new Date(ms).getTime()) ? null : ms;
}

/** Nearly every text is clean, and looking costs less than replacing (a page has 20,000 of them). */
export function isCleanText(text: string): boolean {
  return !DIRTY.test(text);
}

/** Removes what cannot be seen and doubled spaces. */
function cleanText(text: string): string {
  if (isCleanText(text)) return text;
  return text.replaceAll(INVISIBLE, ' ').replaceAll(/\s+/g, ' ').trim();
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

function toNumber(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'string') return null;
  const text = value.trim();
  return /^[+-]?\d{1,15}([.,]\d{1,10})?$/.test(text) ? Number(text.replace(',', '.')) : null;
}

function scaled(value: unknown, scale: number): number | null {
  const number = toNumber(value);
  return number === null ? null : scaleNumber(number, scale);
}

/** A number in integer parts of `scale` (100 for cents), halves away from zero; null when it is too large. */
export function scaleNumber(number: number, scale: number): number | null {
  // Most amounts are whole parts already: the division finds the same number again, and no text is made.
  const whole = Math.round(number * scale);
  if (whole / scale === number && Math.abs(whole) < EXACT) return whole + 0;
  // 1.005 * 100 is 100.49999999999999: the decimal text is moved, not the binary number.
  const text = String(Math.abs(number));
  const moved = Math.round(text.includes('e') ? Math.abs(number) * scale : Number(`${text}e${Math.log10(scale)}`));
  return Number.isSafeInteger(moved) ? moved * Math.sign(number) + 0 : null;
}

function fail(context: z.RefinementCtx, expected: string): never {
  context.addIssue({ code: 'custom', message: `is not ${expected}` });
  return z.NEVER;
}
