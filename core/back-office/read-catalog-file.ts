import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { readHeader, readLine, type CatalogIssue, type CatalogLine } from './catalog-line-rules.ts';
import { readTable } from './read-table.ts';

/** A catalogue file whose cells were read one by one; lines with an issue are not among `lines`. */
export type CatalogFile = {
  readonly sha256: string;
  /** The file describes products, not prices and stock alone. */
  readonly hasProducts: boolean;
  readonly lines: readonly CatalogLine[];
  readonly issues: readonly CatalogIssue[];
  /** The header or the file itself cannot be used: leaving lines out does not help. */
  readonly isUnusable: boolean;
};

/** Reads a file of products, prices and stock. Throws what the operating system says of a file it cannot read. */
export function readCatalogFile(file: string, ignoredColumns: readonly string[]): CatalogFile {
  const bytes = readFileSync(file);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const unusable = (issues: readonly CatalogIssue[]): CatalogFile => ({
    sha256,
    hasProducts: false,
    lines: [],
    issues,
    isUnusable: true,
  });
  const table = readTable(bytes);
  if ('text' in table)
    return unusable([{ line: table.line, field: 'arquivo', value: basename(file), expected: table.text }]);
  const header = readHeader(table.header, ignoredColumns);
  if (header.issues.length > 0) return unusable(header.issues);
  const read = table.rows.map((row) => readLine(header.columns, row));
  return {
    sha256,
    hasProducts: header.columns.includes('descricao1'),
    lines: read.filter(({ issues }) => issues.length === 0).map(({ values }) => values),
    issues: read.flatMap(({ issues }) => issues),
    isUnusable: false,
  };
}
