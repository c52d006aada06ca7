/** A finished backup of this station in one place. */
export type KeptBackup = { readonly name: string; readonly madeAtMs: number; readonly bytes: number };

/** How much is kept in each place: one of each of the last hours and days with a backup, within a total size. */
export const RETENTION = {
  hours: 24,
  days: 14,
  /** 38 copies of a database of some years; what is above goes, the oldest first. */
  maximumBytes: 4 * 1024 ** 3,
} as const;

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/**
 * The backups that may go, the oldest first.
 *
 * Kept: the newest of each of the last 24 hours that have one, the newest of each of the last 14 days that have one
 * (in UTC), and always the newest of all. What is kept stays within `maximumBytes`, but for the newest.
 */
export function findSurplus(backups: readonly KeptBackup[]): KeptBackup[] {
  const newestFirst = backups.toSorted((a, b) => b.madeAtMs - a.madeAtMs);
  const wanted = new Set([
    ...newestOfEach(newestFirst, HOUR_MS).slice(0, RETENTION.hours),
    ...newestOfEach(newestFirst, DAY_MS).slice(0, RETENTION.days),
  ]);
  let bytes = 0;
  const surplus = newestFirst.filter((backup, index) => {
    if (!wanted.has(backup)) return true;
    bytes += backup.bytes;
    return index > 0 && bytes > RETENTION.maximumBytes;
  });
  return surplus.toReversed();
}

function newestOfEach(newestFirst: readonly KeptBackup[], periodMs: number): KeptBackup[] {
  const newest = new Map<number, KeptBackup>();
  for (const backup of newestFirst) {
    const period = Math.floor(backup.madeAtMs / periodMs);
    if (!newest.has(period)) newest.set(period, backup);
  }
  return [...newest.values()];
}
