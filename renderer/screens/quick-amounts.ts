/** Notes a customer may hand over, in cents: multiples of them are likely amounts. */
const NOTES_CENTS = [500, 1_000, 2_000, 5_000, 10_000];
const MAX_CHOICES = 4;

/** What customers tend to hand over for `dueCents`: the next round amounts above it, ascending. */
export function quickAmounts(dueCents: number): readonly number[] {
  const rounded = NOTES_CENTS.map((note) => Math.ceil(dueCents / note) * note).filter((cents) => cents > dueCents);
  return [...new Set(rounded)].sort((a, b) => a - b).slice(0, MAX_CHOICES);
}
