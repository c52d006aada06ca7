/**
 * The number of a sale: station code and nine digits, e.g. `E01000000123`. Unique for ever in the whole ERP.
 *
 * Throws when the sequence has run out: a thousand million sales at one station is a bug.
 */
export function formatSaleNumber(stationCode: string, sequence: number): string {
  if (!Number.isInteger(sequence) || sequence < 1 || sequence > 999_999_999)
    throw new Error(`sale sequence out of range: ${sequence}`);
  return `${stationCode}${String(sequence).padStart(9, '0')}`;
}
