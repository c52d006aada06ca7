/** What places a SKU in the grade of its product. */
export type GradePlace = {
  readonly colorCode: string;
  readonly color: string;
  readonly printCode: string;
  readonly print: string;
  readonly size: string;
};

/** A grade: a row for each colour and print, a column for each size; null where there is nothing. */
export type Grade<Sku> = {
  readonly sizes: readonly string[];
  readonly rows: readonly { readonly color: string; readonly print: string; readonly cells: readonly (Sku | null)[] }[];
};

/**
 * Colours by sizes of SKUs that come in the ERP's order. A colour keeps the order of its own sizes, and one made in a size
 * that the others lack puts it where it stands among its own: P M, then PP P M, is PP P M. Of two SKUs in one place
 * the first is shown.
 */
export function arrangeGrade<Sku extends GradePlace>(skus: readonly Sku[]): Grade<Sku> {
  const byRow = Map.groupBy(skus, ({ colorCode, printCode }) => JSON.stringify([colorCode, printCode]));
  const sizes = mergeSizes([...byRow.values()].map((row) => row.map(({ size }) => size)));
  const rows = [...byRow.values()].map((row) => ({
    color: row[0]?.color ?? '',
    print: row[0]?.print ?? '',
    cells: sizes.map((size) => row.find((sku) => sku.size === size) ?? null),
  }));
  return { sizes, rows };
}

function mergeSizes(rows: readonly (readonly string[])[]): readonly string[] {
  const sizes: string[] = [];
  for (const row of rows) {
    let next = 0;
    for (const size of row) {
      const known = sizes.indexOf(size);
      if (known === -1) sizes.splice(next, 0, size);
      next = (known === -1 ? next : known) + 1;
    }
  }
  return sizes;
}
