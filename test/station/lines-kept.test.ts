import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { SaleView } from '../../contract/sale-views.ts';
import { getSaleView } from '../../core/sale/sale-view.ts';
import { openReader } from '../../db/open-database.ts';
import { openDemoTill } from '../support/demo-erp.ts';
import { BARCODES, approve, spawnStation, temporaryData, type SpawnedStation } from '../support/spawn-station.ts';

/* The core keeps the lines of the sale being rung between two scans: what it answers is always what is on the disk. */

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const data = temporaryData();
let station: SpawnedStation;

beforeAll(async () => {
  station = await spawnStation(data.path);
  await openDemoTill(station);
});
afterAll(async () => {
  await station.stop();
  data.remove();
});

/** The sale as somebody sees it who has read nothing before. */
function onDisk(saleId: string): SaleView {
  const reader = openReader(join(data.path, 'station.db'));
  try {
    return getSaleView(reader.read, saleId);
  } finally {
    reader.close();
  }
}

type Step =
  | { readonly do: 'scan'; readonly barcode: string; readonly quantityMilli: number }
  | { readonly do: 'quantity' | 'discount'; readonly line: number; readonly value: number }
  | { readonly do: 'remove' | 'seller'; readonly line: number }
  | { readonly do: 'sellerOfAll' | 'leave' };

const line = fc.nat(30);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('scan' as const),
      // The last of them is refused.
      barcode: fc.constantFrom(BARCODES.tShirt, BARCODES.dress, BARCODES.jeans, BARCODES.blocked),
      quantityMilli: fc.constantFrom(1000, 3000, 2_000_000),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('remove' as const), line }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constantFrom('quantity' as const, 'discount' as const), line, value: fc.nat(9) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('seller' as const), line }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('sellerOfAll' as const, 'leave' as const) }) },
);

describe('the lines of a sale', () => {
  it('are those on the disk after every command, taken or refused', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 40 }), async (steps) => {
        const saleId = randomUUID();
        for (const one of steps) {
          const current = await station.must('sale.current', {});
          await take(one, saleId, current);
          const after = await station.must('sale.current', {});
          if (after !== null) expect(after).toEqual(onDisk(after.saleId));
        }
        await abandon();
      }),
      { numRuns: 15, seed: 27, endOnFailure: true },
    );
  });

  it('are those before a scan that was written, read and then refused', async () => {
    const saleId = randomUUID();
    const scan = { saleId, barcode: BARCODES.jeans, quantityMilli: 999_000 };
    let lines = 0;
    for (let count = 0; count < 200; count += 1) {
      const reply = await station.call('sale.addItem', { commandId: randomUUID(), ...scan });
      if (!reply.ok) {
        expect(reply.error).toMatchObject({ code: 'sale_too_large' });
        break;
      }
      lines += 1;
    }
    expect(await station.must('sale.current', {})).toEqual(onDisk(saleId));
    const last = await station.must('sale.addItem', { commandId: randomUUID(), saleId, barcode: BARCODES.tShirt });
    expect(last.lines).toHaveLength(lines + 1);
    expect(last).toEqual(onDisk(saleId));
    await abandon();
  });
});

async function take(one: Step, saleId: string, current: SaleView | null): Promise<void> {
  const commandId = randomUUID();
  if (one.do === 'scan') {
    const { barcode, quantityMilli } = one;
    await station.call('sale.addItem', { commandId, saleId, barcode, quantityMilli });
    return;
  }
  if (current === null) return;
  const lineId = 'line' in one ? (current.lines[one.line % Math.max(1, current.lines.length)]?.lineId ?? '') : '';
  const at = { commandId, saleId, lineId };
  switch (one.do) {
    case 'quantity':
      await station.call('sale.setQuantity', { ...at, quantityMilli: one.value * 1000 });
      return;
    case 'discount':
      await station.call('sale.discountItem', {
        ...at,
        discount: { kind: 'percent', rateBp: one.value * 100 },
        reason: 'Teste',
      });
      return;
    case 'remove':
      await station.call('sale.removeItem', at);
      return;
    case 'seller':
      await station.call('sale.setSalesperson', { ...at, salespersonCode: '24' });
      return;
    case 'sellerOfAll':
      await station.call('sale.setSalesperson', { commandId, saleId, salespersonCode: '25' });
      return;
    case 'leave':
      // An empty one is refused.
      if ((await station.call('sale.park', { commandId, saleId })).ok) {
        await station.must('sale.recall', { commandId: randomUUID(), saleId });
      }
  }
}

async function abandon(): Promise<void> {
  const current = await station.must('sale.current', {});
  if (current === null) return;
  const approvalId = await approve(station, 'abandon_sale');
  const { saleId } = current;
  await station.must('sale.abandon', { commandId: randomUUID(), saleId, reason: 'Fim do teste', approvalId });
}
