/**
 * Lines of `rows` with their cells in columns, two spaces apart, as they are read over the phone. The last column
 * is not padded; a column whose cells all look like amounts is set to the right.
 */
export function alignColumns(rows: readonly (readonly string[])[]): string[] {
  const count = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: count }, (_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const isAmount = widths.map((_, column) => rows.every((row) => /^-?(R\$\s)?[\d.,]+$/.test(row[column] ?? '0')));
  return rows.map((row) =>
    row
      .map((cell, column) => {
        if (isAmount[column] === true) return cell.padStart(widths[column] ?? 0);
        return column === count - 1 ? cell : cell.padEnd(widths[column] ?? 0);
      })
      .join('  ')
      .trimEnd(),
  );
}

/** `name: value` lines with the values under each other. */
export function labelled(pairs: readonly (readonly [label: string, value: string])[]): string[] {
  const width = Math.max(0, ...pairs.map(([label]) => label.length));
  return pairs.map(([label, value]) => `${`${label}:`.padEnd(width + 2)}${value}`);
}
