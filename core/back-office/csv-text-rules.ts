/**
 * Rows as a spreadsheet in Brazil opens them: `;` between the cells, CRLF, and a byte order mark so that accents hold.
 * A text that a spreadsheet would take for a formula is made plain with an apostrophe.
 */
export function toCsvText(rows: readonly (readonly string[])[]): string {
  return `\uFEFF${rows.map((row) => row.map(toCell).join(';')).join('\r\n')}\r\n`;
}

function toCell(text: string): string {
  const safe = /^[=+@\t]|^-(?!\d)/.test(text) ? `'${text}` : text;
  return /[;"\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** `1234,56` for a cell that is to be added up. Units: integer cents or thousandths, by `digits`. */
export function toDecimalCell(value: number, digits: 2 | 3): string {
  return (value / 10 ** digits).toFixed(digits).replace('.', ',');
}
