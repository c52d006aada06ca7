import { catalogColumns, columnOfHeader, type CatalogColumn } from './catalog-column-rules.ts';

/** What is wrong with one cell: where it is, what it holds, and what would be right. Line 1 is the header. */
export type CatalogIssue = {
  readonly line: number;
  readonly field: string;
  readonly value: string;
  readonly expected: string;
};

type ValueOf<Column extends CatalogColumn> = Extract<
  ReturnType<(typeof catalogColumns)[Column]>,
  { readonly ok: true }
>['value'];

/** One line whose cells were read; a cell that is empty or a column that is not there is undefined. */
export type CatalogLine = { readonly line: number } & {
  readonly [Column in CatalogColumn]?: ValueOf<Column> | undefined;
};

/** A header as columns, by place; null is a column to pass over. */
export type CatalogHeader = readonly (CatalogColumn | null)[];

/** Reads the header; every column must be known, named once, or be among `ignored`. */
export function readHeader(
  header: readonly string[],
  ignored: readonly string[],
): { readonly columns: CatalogHeader; readonly issues: readonly CatalogIssue[] } {
  const issues: CatalogIssue[] = [];
  const seen = new Map<CatalogColumn, string>();
  const columns = header.map((name) => {
    if (name === '' || ignored.includes(name)) return null;
    const column = columnOfHeader(name);
    const earlier = column === null ? undefined : seen.get(column);
    if (column === null) {
      const expected = `uma coluna conhecida (${Object.keys(catalogColumns).join(', ')}), ou --ignore-column "${name}"`;
      issues.push({ line: 1, field: 'cabeçalho', value: name, expected });
    } else if (earlier !== undefined) {
      issues.push({ line: 1, field: 'cabeçalho', value: name, expected: `uma vez só: "${earlier}" é a mesma coluna` });
    } else seen.set(column, name);
    return column;
  });
  if (issues.length === 0) issues.push(...missingColumns(new Set(seen.keys())));
  return { columns, issues };
}

function missingColumns(given: ReadonlySet<CatalogColumn>): CatalogIssue[] {
  const missing = (expected: string): CatalogIssue[] => [{ line: 1, field: 'cabeçalho', value: '', expected }];
  if (!given.has('descricao1') && !given.has('preco1') && !given.has('saldo')) {
    return missing('ao menos uma das colunas descricao1 (produtos), preco1 (preços) ou saldo (estoque)');
  }
  if (given.has('descricao1') && !given.has('cod_produto')) return missing('a coluna cod_produto, com descricao1');
  if (given.has('preco2') && !given.has('preco1')) return missing('a coluna preco1, com preco2');
  const findsSku =
    given.has('cod_produto') &&
    ['barra', 'barra13', 'barra_ref', 'cod_cor', 'tamanho'].some((name) => given.has(name as CatalogColumn));
  if ((given.has('preco1') || given.has('saldo')) && !given.has('sku') && !findsSku) {
    return missing('a coluna sku, ou cod_produto com barra (ou com cod_cor, cod_est e tamanho), para preços e estoque');
  }
  return [];
}

/** Reads the cells of one line by the header. */
export function readLine(
  columns: CatalogHeader,
  { line, cells }: { readonly line: number; readonly cells: readonly string[] },
): { readonly values: CatalogLine; readonly issues: readonly CatalogIssue[] } {
  const issues: CatalogIssue[] = [];
  const values: Record<string, unknown> = { line };
  if (cells.length > columns.length && cells.slice(columns.length).some((cell) => cell !== '')) {
    const expected = `${columns.length} células como no cabeçalho (texto com separador fica entre aspas)`;
    issues.push({ line, field: 'linha', value: `${cells.length} células`, expected });
  }
  for (const [index, column] of columns.entries()) {
    const cell = cells[index] ?? '';
    if (column === null || cell === '') continue;
    const read = catalogColumns[column](cell);
    if (read.ok) values[column] = read.value;
    else issues.push({ line, field: column, value: cell.slice(0, 100), expected: read.expected });
  }
  return { values: values as CatalogLine, issues };
}
