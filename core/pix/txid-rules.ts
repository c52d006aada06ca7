/** Digits of Crockford: no I, L, O and U, so that nobody reads a 1 or a 0 into them. */
const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const TAIL_LENGTH = 10;

/**
 * The id by which a Pix is found in the bank's statement: `E01261122` (station, year, month, day) and ten digits of
 * the tender's own id.
 *
 * Station and day tell a person where to look; the tail makes it unique without a counter, which a restored database
 * would count again. Shape: 19 of `[0-9A-Z]`; the manual allows 25 of `[A-Za-z0-9]`.
 */
export function toTxid(stationCode: string, businessDay: string, tenderId: string): string {
  let left = BigInt(`0x${tenderId.replaceAll('-', '').slice(-13)}`);
  let tail = '';
  for (let index = 0; index < TAIL_LENGTH; index += 1) {
    tail = (DIGITS[Number(left % 32n)] ?? '') + tail;
    left /= 32n;
  }
  return `${stationCode}${businessDay.slice(2).replaceAll('-', '')}${tail}`;
}
