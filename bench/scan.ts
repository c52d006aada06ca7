import { optionOf, type Bench } from './bench.ts';
import { measure, median, percentile, runRounds } from './measure/rounds.ts';
import { prepareStore, temporaryFolder } from './store/prepare-store.ts';
import { createScanRound } from './scan-round.ts';

/** Scans of the last tenth of the sale are what is reported: a sale is slowest when it is longest. */
const TIMED_SHARE = 0.1;
const MAX_MS = 120_000;

/** A barcode from the client process to a durable line and the whole sale's view back. */
export const scanBench: Bench = {
  name: 'scan',
  summary:
    'barcode from the client process over IPC to a durable line and its SaleView back, at the end of a long sale',
  defaults: { skus: 60_000, items: 100, rounds: 20 },
  target: { text: 'ratio <= 1.5, p99 <= 8 ms', isMet: ({ ratio, p99 }) => ratio <= 1.5 && p99 <= 8 },
  run: async ({ options, note, profile }) => {
    const folder = temporaryFolder();
    const items = optionOf(options, 'items');
    try {
      const skus = optionOf(options, 'skus');
      const store = prepareStore({ skus, isTillOpen: true, into: folder.path, note });
      const round = await createScanRound({ store, items, floorFolder: folder.path, profile });
      try {
        const timed = Math.ceil(items * TIMED_SHARE);
        const all: number[] = [];
        const first: number[] = [];
        const rounds = await runRounds({ rounds: optionOf(options, 'rounds'), warmUp: 3, maxMs: MAX_MS }, async () => {
          const { product, floor } = await round.run();
          all.push(...product);
          first.push(...product.slice(1, 1 + timed));
          return { product: product.slice(-timed), floor: floor.slice(-timed) };
        });
        return measure('scan', rounds, {
          skus,
          items,
          firstScansP50Ms: median(first),
          wholeSaleP50Ms: median(all),
          wholeSaleP99Ms: percentile(all, 0.99),
          replyBytes: round.lastReplyBytes(),
        });
      } finally {
        await round.stop();
      }
    } finally {
      folder.remove();
    }
  },
};
