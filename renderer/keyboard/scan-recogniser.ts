/** One character key with the time of the key stroke, in milliseconds of any steady clock. */
export type Stroke = { readonly key: string; readonly atMs: number };

/** When a burst of characters is a scanner and not a person. */
export type ScanRules = {
  readonly minimumLength: number;
  readonly averageGapMs: number;
  /** A pause that ends a burst: no scanner rests so long inside a code. */
  readonly pauseMs: number;
};

/** Slow scanners send a character every 15 to 25 ms; fast typists need 60 ms and more. */
export const DEFAULT_SCAN_RULES: ScanRules = { minimumLength: 6, averageGapMs: 30, pauseMs: 100 };

/** The burst with one more stroke, or a new burst when there was a pause before it. */
export function addStroke(burst: readonly Stroke[], stroke: Stroke, rules: ScanRules): readonly Stroke[] {
  return hasPaused(burst, stroke.atMs, rules) ? [stroke] : [...burst, stroke];
}

/** Whether so much time went by since the last stroke that the burst is over. */
export function hasPaused(burst: readonly Stroke[], nowMs: number, rules: ScanRules): boolean {
  const last = burst.at(-1);
  return last === undefined || nowMs - last.atMs >= rules.pauseMs;
}

/** Whether the strokes came at the speed of a scanner so far. One stroke has no speed. */
export function isFast(burst: readonly Stroke[], rules: ScanRules): boolean {
  const first = burst[0];
  const last = burst.at(-1);
  if (first === undefined || last === undefined || burst.length < 2) return false;
  return (last.atMs - first.atMs) / (burst.length - 1) < rules.averageGapMs;
}

/** Whether a burst that Enter or Tab has just ended at `nowMs` is a scan. */
export function isScan(burst: readonly Stroke[], nowMs: number, rules: ScanRules): boolean {
  return burst.length >= rules.minimumLength && !hasPaused(burst, nowMs, rules) && isFast(burst, rules);
}

export function burstText(burst: readonly Stroke[]): string {
  return burst.map((stroke) => stroke.key).join('');
}
