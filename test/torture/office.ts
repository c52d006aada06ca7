import { setTimeout as sleep } from 'node:timers/promises';
import type { ErpProcess, FaultSettings } from '../../scripts/demo/erp-process.ts';
import type { Good } from '../../scripts/demo/goods.ts';
import type { SeededRandom } from '../../scripts/demo/seeded-random.ts';
import type { FileCheck } from './check-file.ts';

/** Rarely enough that most calls are answered: where all fail, nothing is ever in the middle of anything. */
const FAULTS: FaultSettings = {
  slow: { rate: 0.15, ms: 60 },
  timeoutAfterCommit: { rate: 0.04 },
  dropReply: { rate: 0.1 },
  halfOpen: { rate: 0.02 },
  truncatedBody: { rate: 0.04 },
  reset: { rate: 0.05 },
  http500: { rate: 0.05, methods: ['pedido_venda.inclui'] },
  duplicateDelivery: { rate: 0.2 },
  partialErrors: { rate: 0.2 },
  tornList: { rate: 0.05 },
  cursorBack: { rate: 0.1 },
};
/** Prices change this often, so that lives end in the middle of a page of them. */
const CHANGE_EVERY_MS = 1_500;
/** The ERP is killed about this often, and back after a moment. */
const KILL_ERP_EVERY_MS = 45_000;
const ERP_AWAY_MS = 300;
/** A station reads prices every 30 s. */
const PRICES_TIMEOUT_MS = 60_000;

/** The other end of the line: prices change, calls fail, the server dies, until everything is calm. */
export type Office = {
  readonly begin: () => Promise<void>;
  /** No fault and no change from here on. */
  readonly calm: () => Promise<void>;
  /** Waits until a station has the prices of the ERP; answers why it does not. */
  readonly comparePrices: (code: string, check: FileCheck) => Promise<string[]>;
};

export function createOffice(erp: ErpProcess, goods: readonly Good[], random: SeededRandom, seed: number): Office {
  const prices = new Map<string, number>();
  const ending = new AbortController();
  let work: Promise<void> = Promise.resolve();

  async function run(): Promise<void> {
    let killAt = performance.now() + random.int(5_000, KILL_ERP_EVERY_MS);
    while (!ending.signal.aborted) {
      await sleep(random.int(100, CHANGE_EVERY_MS * 2), undefined, { signal: ending.signal }).catch(() => undefined);
      const cents = random.int(1_000, 40_000);
      const changed = goods.filter(() => random.chance(0.6)).map(({ sku }) => sku);
      for (const sku of changed) prices.set(sku, cents);
      await erp.changePrices([...new Set(changed)].map((sku) => ({ sku, preco1: cents / 100, preco2: cents / 100 })));
      if (performance.now() < killAt) continue;
      killAt = performance.now() + random.int(5_000, KILL_ERP_EVERY_MS);
      await erp.kill();
      await sleep(ERP_AWAY_MS);
      await erp.start();
      await erp.setFaults(seed, FAULTS);
    }
  }

  return {
    begin: async () => {
      await erp.setFaults(seed, FAULTS);
      work = run();
      // Told where it is awaited.
      work.catch(() => undefined);
    },
    calm: async () => {
      ending.abort();
      await work;
      await erp.setFaults(seed, {});
    },
    comparePrices: async (code, check) => {
      const until = performance.now() + PRICES_TIMEOUT_MS;
      for (;;) {
        const here = check.prices();
        const wrong = [...prices].filter(([sku, cents]) => here.get(sku) !== cents);
        if (wrong.length === 0) return [];
        if (performance.now() > until)
          return [`unequal: ${wrong.length} prices of ${code}, one of them ${wrong[0]?.join(' should be ')}`];
        await sleep(200);
      }
    },
  };
}
