import type { SaleLineView, SaleView } from '../contract/sale-views.ts';

/**
 * The new view of a sale with the line objects of the old one wherever nothing changed, so that a scan draws its own line
 * and not a hundred.
 */
export function keepLines(before: SaleView | null, after: SaleView | null): SaleView | null {
  if (before === null || after === null || before.saleId !== after.saleId) return after;
  const known = new Map(before.lines.map((line) => [line.lineId, line]));
  return {
    ...after,
    lines: after.lines.map((line) => {
      const old = known.get(line.lineId);
      return old !== undefined && isSameLine(old, line) ? old : line;
    }),
  };
}

function isSameLine(a: SaleLineView, b: SaleLineView): boolean {
  const { salesperson: personA, ...plainA } = a;
  const { salesperson: personB, ...plainB } = b;
  return (
    personA?.code === personB?.code &&
    personA?.name === personB?.name &&
    Object.entries(plainA).every(([name, value]) => value === plainB[name as keyof typeof plainB])
  );
}
