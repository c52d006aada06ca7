import { join } from 'node:path';
import { optionOf, type Bench } from './bench.ts';
import { runContention } from './contention-run.ts';
import { prepareBacklog } from './flow/backlog.ts';
import { measure, percentile } from './measure/rounds.ts';
import { temporaryFolder } from './store/prepare-store.ts';

const MAX_SCAN_P99_MS = 10;

/** A till in the worst minutes of its life: everything a core ever does, at once. */
export const contentionBench: Bench = {
  name: 'contention',
  summary: 'a scan while a whole catalogue is read again, a backlog drains, copies are made and summaries asked for',
  defaults: { skus: 1_000_000, documents: 20_000, sales: 5 },
  target: {
    text: `p99 <= ${MAX_SCAN_P99_MS} ms, no SQLITE_BUSY, the catalogue in and the backlog out`,
    isMet: ({ p99, details }) => p99 <= MAX_SCAN_P99_MS && details['busy'] === 0,
  },
  run: async ({ options, note, profile }) => {
    const documents = optionOf(options, 'documents');
    const skus = optionOf(options, 'skus');
    const salesPerSecond = optionOf(options, 'sales');
    const backlog = await prepareBacklog({ documents, skus, note });
    const folder = temporaryFolder();
    const office = temporaryFolder('elsewhere');
    try {
      const found = await runContention({
        backlog,
        folder: folder.path,
        erpFolder: join(office.path, 'erp'),
        salesPerSecond,
        note,
        profile,
      });
      const rounds = [{ product: found.scansMs, floor: found.quietMs }];
      return measure('contention', rounds, {
        skus,
        documents,
        salesPerSecond: found.salesPerSecond,
        scanP95Ms: percentile(found.scansMs, 0.95),
        scanP99WhileSendingMs: percentile(found.scansMs.slice(0, found.drainScans), 0.99),
        scanP99AfterMs: percentile(found.scansMs.slice(found.drainScans), 0.99),
        scanMaxMs: Math.max(...found.scansMs),
        commitP50Ms: percentile(found.commitsMs, 0.5),
        commitP99Ms: percentile(found.commitsMs, 0.99),
        completeP50Ms: percentile(found.completesMs, 0.5),
        completeP99Ms: percentile(found.completesMs, 0.99),
        reloadMs: found.reloadMs,
        drainMs: found.drainMs,
        copies: found.copies,
        summaries: found.summaries,
        busy: found.busy,
      });
    } finally {
      folder.remove();
      office.remove();
    }
  },
};
