/**
 * The business day that somebody typed: `21/11`, `21/11/26`, `21/11/2026`, also with `-` or `.`. Without a year the last
 * such day up to `today`. Null when it is none.
 */
export function readDay(text: string, today: string): string | null {
  const match = /^(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{2}|\d{4}))?$/.exec(text.trim());
  if (match === null) return null;
  const [, day = '', month = '', typedYear] = match;
  const thisYear = Number(today.slice(0, 4));
  const year = typedYear === undefined ? thisYear : Number(typedYear.padStart(4, '20'));
  const read = toDay(year, Number(month), Number(day));
  return typedYear === undefined && read !== null && read > today
    ? toDay(thisYear - 1, Number(month), Number(day))
    : read;
}

/** Null for a day that the calendar has not. */
function toDay(year: number, month: number, day: number): string | null {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.toISOString().slice(0, 10) : null;
}
