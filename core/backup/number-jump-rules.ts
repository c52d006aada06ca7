/** More sales than a till completes: one each ten seconds, day and night. */
const SALES_PER_HOUR = 360;
/** Numbers that are left out at least, whatever the clocks say. */
const LEAST_JUMP = 1_000;
/** The clock is before what is in the backup, so that the age is not known: as many as in four months. */
const BLIND_JUMP = 1_000_000;
const HOUR_MS = 3_600_000;

/**
 * The number to go on above after a backup was restored: more than can have been given since it was made, so that no
 * sale printed on the lost disk, delivered or not, shares its number with a new one.
 *
 * `newestAtMs`: when the newest thing in the backup happened. `presentNumber`: the last number of the database that is
 * replaced, null when it cannot be read. The jump grows with the age as fast as a till can sell: a second restoration
 * of the same backup goes above everything sold after the first. Source: docs/decisions/0010-restored-station.md
 */
export function numberAfterRestore({
  fileNumber,
  presentNumber,
  newestAtMs,
  nowMs,
}: {
  readonly fileNumber: number;
  readonly presentNumber: number | null;
  readonly newestAtMs: number;
  readonly nowMs: number;
}): number {
  const ageMs = nowMs - newestAtMs;
  const jump = ageMs < 0 ? BLIND_JUMP : LEAST_JUMP + Math.ceil((ageMs / HOUR_MS) * SALES_PER_HOUR);
  return Math.max(fileNumber, presentNumber ?? 0) + jump;
}
