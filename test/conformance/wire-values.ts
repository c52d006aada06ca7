/*
 * Values as this ERP writes them, read here a second time: nothing of the product's own decoders, which are on trial.
 * Source: the wire contract.
 */

export type Row = Readonly<Record<string, unknown>>;

/** JSON of a server that leaves raw control characters in its strings; null when it is none. */
export function parseErpJson(text: string): unknown {
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  for (const candidate of [text, text.replaceAll(/[\u0000-\u001F]/g, '')]) {
    try {
      return JSON.parse(candidate.replace(/^\uFEFF/, '')) as unknown;
    } catch {
      // The second try is without the control characters.
    }
  }
  return null;
}

/** Names of fields in lower case, in lists of records too. */
export function lowerNames(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(lowerNames);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name.toLowerCase(), lowerNames(field)]));
}

export function textOf(row: Row, field: string): string {
  const value = row[field];
  return typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : '';
}

/** A number, also one that is written as text; null for none. */
export function numberOf(row: Row, field: string): number | null {
  const value = row[field];
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || !/^\s*-?\d+([.,]\d+)?\s*$/.test(value)) return null;
  return Number(value.replace(',', '.'));
}

export function centsOf(row: Row, field: string): number {
  return Math.round((numberOf(row, field) ?? Number.NaN) * 100);
}

export function milliOf(row: Row, field: string): number {
  return Math.round((numberOf(row, field) ?? Number.NaN) * 1000);
}

/** A flag in any of its spellings; what is not said is `otherwise`. */
export function flagOf(row: Row, field: string, otherwise: boolean): boolean {
  const value = row[field];
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'string' && typeof value !== 'number') return otherwise;
  const word = String(value).trim().toUpperCase();
  return word === '' ? otherwise : ['T', 'S', '1', 'TRUE'].includes(word);
}

export function rowsOf(row: Row, field: string): readonly Row[] {
  const value = row[field];
  return Array.isArray(value) ? (value as readonly Row[]) : [];
}
