import { randomUUID } from 'node:crypto';
import { copyFileSync } from 'node:fs';
import type { MethodInput, MethodName } from '../contract/station-api.ts';
import type { SaleView } from '../contract/sale-views.ts';
import { systemClock } from '../core/clock.ts';
import { systemRandom } from '../core/random.ts';
import { startStation } from '../core/station.ts';
import { createCompleteFloor, readCompletedSale } from './floor/complete-floor.ts';
import { openRaw, openReadOnly } from './floor/raw-database.ts';
import type { Round } from './measure/rounds.ts';
import { sellableBarcodes } from './store/generated-catalogue.ts';
import type { PreparedStore } from './store/prepare-store.ts';
import { CASH } from './store/write-registers.ts';

/** More than any sale here costs: change is part of the paper. */
const TENDERED_CENTS = 50_000_00;

/**
 * Rings and completes a round of sales in a station of this process, then the same rows of the same sales on the floor.
 * In both the open sale is written as it is at a till, one commit for each scan and one for the tender, untimed.
 */
export async function createCompleteRound(options: {
  readonly store: PreparedStore;
  readonly floorFile: string;
  readonly items: number;
  readonly sales: number;
}) {
  copyFileSync(options.store.file, options.floorFile);
  const station = await startStation({
    data: options.store.data,
    clock: systemClock,
    random: systemRandom,
    callTimeoutMs: 1_500,
    keyStore: null,
    onStorageFailure: () => process.exit(1),
  });
  const written = openReadOnly(options.store.file);
  const raw = openRaw(options.floorFile);
  const floor = createCompleteFloor(raw);
  const barcodes = sellableBarcodes(options.store.products, 7);
  // The window: it gets the reply, and no event for what its own command changed.
  const caller = { isWindow: true };
  station.onEvent(() => undefined, caller);

  async function call<M extends MethodName>(method: M, input: MethodInput<M>): Promise<unknown> {
    const reply = await station.call(method, input, caller);
    if (!reply.ok) throw new Error(`${method}: ${JSON.stringify(reply.error)}`);
    return reply.output;
  }

  async function completeOne(): Promise<{ readonly saleId: string; readonly ms: number }> {
    const saleId = randomUUID();
    for (let item = 0; item < options.items; item += 1) {
      await call('sale.addItem', { commandId: randomUUID(), saleId, barcode: barcodes.next().value });
    }
    const amountCents = TENDERED_CENTS;
    const paid = { commandId: randomUUID(), saleId, paymentTypeId: CASH, amountCents };
    const view = (await call('sale.addTender', paid)) as SaleView;
    if (view.dueCents !== 0) throw new Error('the tender does not cover the sale');
    const input = { commandId: randomUUID(), saleId };
    const startedAt = performance.now();
    await call('sale.complete', input);
    return { saleId, ms: performance.now() - startedAt };
  }

  return {
    run: async (): Promise<Round> => {
      const product: { saleId: string; ms: number }[] = [];
      for (let sale = 0; sale < options.sales; sale += 1) product.push(await completeOne());
      const rows = product.map(({ saleId }) => readCompletedSale(written, saleId));
      return { product: product.map(({ ms }) => ms), floor: rows.map((sale) => floor.complete(sale)) };
    },
    stop: async () => {
      written.close();
      raw.close();
      await station.stop();
    },
  };
}
