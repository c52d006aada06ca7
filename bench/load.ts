import { join } from 'node:path';
import { optionOf, type Bench } from './bench.ts';
import { createLoadRound } from './load-round.ts';
import { measure, percentile, runRounds } from './measure/rounds.ts';
import { sellDuringReload } from './load-sales.ts';
import { startKeptErp } from './flow/kept-erp.ts';
import { temporaryFolder } from './store/prepare-store.ts';

const MAX_MS = 60_000;
/** Above this a round takes minutes: fewer than the usual five are run, and the result says how many. */
const MANY_SKUS = 200_000;

/** The first load of a station, from its enrolment until it may sell. */
export const loadBench: Bench = {
  name: 'load',
  summary: 'a new station is enrolled at the ERP and has every register: the core, the ERP and HTTP, all real',
  defaults: { skus: 60_000, rounds: 5 },
  target: {
    text: 'ratio <= 2, a sale meanwhile p99 <= 10 ms, a million SKUs in 4 minutes',
    isMet: ({ ratio, value, details }) => ratio <= 2 && value <= 240_000 && (details['saleP99Ms'] ?? Infinity) <= 10,
  },
  run: async ({ options, note, profile }) => {
    const folder = temporaryFolder();
    const skus = optionOf(options, 'skus');
    const erp = await startKeptErp({ skus, note });
    try {
      const round = await createLoadRound({ erp, folder: folder.path, profile });
      const isMany = skus > MANY_SKUS;
      const plan = { rounds: isMany ? 1 : optionOf(options, 'rounds'), warmUp: 0, maxMs: MAX_MS };
      const rounds = await runRounds({ ...plan, ...(isMany ? { atLeast: 1 } : {}) }, async (index) => {
        const { product, floor, parts } = await round.run();
        note(`round ${index + 1}: ${Math.round(product)} ms, floor ${Math.round(floor)} ms ${parts}`);
        return { product: [product], floor: [floor] };
      });
      const sales = await sellDuringReload({ erp, data: join(folder.path, 'store'), profile });
      return measure('load', rounds, {
        ...round.details(),
        saleP50Ms: percentile(sales.scansMs, 0.5),
        saleP99Ms: percentile(sales.scansMs, 0.99),
        saleMaxMs: Math.max(...sales.scansMs),
        scansMeanwhile: sales.scansMs.length,
        quietSaleP50Ms: percentile(sales.quietMs, 0.5),
        quietSaleP99Ms: percentile(sales.quietMs, 0.99),
        reloadMs: sales.reloadMs,
        changedPricesMs: sales.changedPricesMs,
      });
    } finally {
      await erp.end();
      folder.remove();
    }
  },
};
