import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SaleView } from '../../contract/sale-views.ts';
import { keepLines } from '../../renderer/keep-lines.ts';
import { saleLine, saleView } from './support/views.ts';

describe('the lines of a sale that changed', () => {
  it('says exactly what the core said, whatever was there before', () => {
    const change = fc.record({
      index: fc.nat({ max: 4 }),
      netCents: fc.nat({ max: 3 }),
      name: fc.constantFrom(null, 'Marina', 'Rita'),
    });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 8 }), fc.nat({ max: 5 }), (changes, count) => {
        const before = saleOf(5);
        const after: SaleView = structuredClone({ ...before, lines: before.lines.slice(0, count) });
        for (const { index, netCents, name } of changes) {
          const line = after.lines[index];
          if (line === undefined) continue;
          line.netCents = netCents;
          line.salesperson = name === null ? null : { code: '000021', name };
        }
        expect(keepLines(before, after)).toEqual(after);
      }),
    );
  });

  it('keeps the objects of the lines that did not change', () => {
    const before = saleOf(3);
    const after: SaleView = structuredClone(before);
    after.lines[1] = { ...saleLine(2), quantityMilli: 2000 };
    const kept = keepLines(before, after);
    expect(kept?.lines.map((line, index) => line === before.lines[index])).toEqual([true, false, true]);
  });
});

function saleOf(count: number): SaleView {
  return saleView({ lines: Array.from({ length: count }, (_, index) => saleLine(index + 1)) });
}
