import { parseCents } from '../../contract/format.ts';

/** What a typed text may mean, each part on its own: a movement fits when one of them does. */
export type MovementSearch = {
  /** Numbers that begin so; null: the text is no beginning of one. */
  readonly prefix: string | null;
  /** Whole numbers. */
  readonly numbers: readonly string[];
  readonly cents: number | null;
};

/**
 * Reads what somebody typed to find a movement.
 *
 * `E0100` begins a number; `123` is the sale, or the cash document, of that number without its zeros, and R$ 123,00;
 * `00012` begins the digits of a sale's number; `189,90` is an amount. An amount of nothing finds nothing, as that is
 * what a customer's document has.
 */
export function readMovementSearch(text: string, stationCode: string): MovementSearch {
  const typed = text.trim().toUpperCase();
  const isNumber = /^[0-9A-Z]+$/.test(typed);
  const digits = /^[1-9]\d{0,8}$/.test(typed) ? typed : null;
  const isBeginning = isNumber && digits === null;
  const cents = parseCents(typed);
  return {
    prefix: !isBeginning ? null : typed.startsWith('0') ? stationCode + typed : typed,
    numbers:
      digits === null ? [] : [`${stationCode}${digits.padStart(9, '0')}`, `${stationCode}M${digits.padStart(8, '0')}`],
    cents: cents === null || cents === 0 ? null : cents,
  };
}
