import { CsvError, parse } from 'csv-parse/sync';

/** A file as rows of text; `line` counts as an editor counts, also where a quoted cell has a line break. */
export type TableFile = {
  readonly header: readonly string[];
  readonly rows: readonly { readonly line: number; readonly cells: readonly string[] }[];
};

/** Why a file is no table, and the line where that shows. */
export type TableError = { readonly line: number; readonly text: string };

/**
 * Reads a CSV file as spreadsheets write it in Brazil: `;` or `,` (or a tab) between the cells, whichever the header
 * has most of; UTF-8 with or without a byte order mark, or the Windows code page; a first line `sep=;` is Excel's own.
 */
export function readTable(bytes: Uint8Array): TableFile | TableError {
  const decoded = bytesToText(bytes);
  if (decoded === null) return { line: 1, text: 'não é um arquivo CSV (salve a planilha como CSV)' };
  const hint = /^sep=(.)\r?\n/i.exec(decoded);
  const text = hint === null ? decoded : decoded.slice(hint[0].length);
  const skipped = hint === null ? 0 : 1;
  try {
    const records = parse(text, {
      delimiter: hint?.[1] ?? detectSeparator(text),
      info: true,
      // A line with too many or too few cells is told with its line, not thrown.
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    }) as unknown as readonly { readonly record: readonly string[]; readonly info: { readonly lines: number } }[];
    const [first, ...rest] = records;
    if (first === undefined) return { line: 1, text: 'o arquivo está vazio' };
    const rows = rest
      .filter(({ record }) => record.some((cell) => cell !== ''))
      .map(({ record, info }) => ({ line: info.lines + skipped, cells: record }));
    return { header: first.record, rows };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = typeof error['lines'] === 'number' ? error['lines'] : 1;
    return { line: line + skipped, text: 'aspas que abrem e não fecham, ou que sobram no meio de uma célula' };
  }
}

function bytesToText(bytes: Uint8Array): string | null {
  // A zero byte is in no text: this is a workbook, or UTF-16.
  if (bytes.includes(0)) return null;
  try {
    // The decoder drops the byte order mark.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return new TextDecoder('windows-1252').decode(bytes);
    throw error;
  }
}

function detectSeparator(text: string): string {
  const header = (text.split(/\r?\n/, 1)[0] ?? '').replaceAll(/"[^"]*"/g, '');
  const counts = [';', ',', '\t'].map((separator) => ({ separator, count: header.split(separator).length }));
  return counts.reduce((best, next) => (next.count > best.count ? next : best)).separator;
}
