const HOUR_MS = 3_600_000;

/** How dates leave the server: by `$dateformat=iso`, or the /Date(ms-180)/ of a client that did not ask. */
export type DateFormat = {
  /** A calendar day given as 2026-09-13. */
  day(day: string): string;
  /** An instant in epoch milliseconds. */
  instant(ms: number): string;
};

export const ISO_DATES: DateFormat = {
  day: (day) => day,
  instant: isoInstant,
};

/** Rows of one load mostly carry the same instant; formatting it 3,000 times a page was a fifth of the page. */
let lastInstant = { ms: 0, text: '1969-12-31T21:00:00-03:00' };

function isoInstant(ms: number): string {
  if (ms !== lastInstant.ms) {
    lastInstant = { ms, text: `${new Date(ms - 3 * HOUR_MS).toISOString().slice(0, 19)}-03:00` };
  }
  return lastInstant.text;
}

/** The number is the true UTC instant; a day is its midnight at -03:00. */
const WCF_DATES: DateFormat = {
  day: (day) => `/Date(${Date.parse(`${day}T00:00:00-03:00`)}-180)/`,
  instant: (ms) => `/Date(${ms}-180)/`,
};

/** What a server of this habit answers to a caller who asked for ISO, or did not. */
export function dateFormatOf(habit: 'asked' | 'old' | 'iso', isIsoAsked: boolean): DateFormat {
  return habit === 'iso' || (habit === 'asked' && isIsoAsked) ? ISO_DATES : WCF_DATES;
}
