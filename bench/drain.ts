import { optionOf, type Bench } from './bench.ts';
import { createDrainRound } from './drain-round.ts';
import { prepareBacklog } from './flow/backlog.ts';
import { measure, median, runRounds } from './measure/rounds.ts';
import { temporaryFolder } from './store/prepare-store.ts';

const MAX_MS = 110_000;
/** What is sold matters to no document's way. */
const SKUS = 2_000;
const MAX_RATIO = 1.3;
const MAX_CALLS_PER_DOCUMENT = 1.15;

/** What a store sold without its server goes out once the server is back. */
export const drainBench: Bench = {
  name: 'drain',
  summary: 'a core starts with a backlog of sales and cancellations: until all are read back from the ERP and equal',
  defaults: { documents: 2_000, delay: 0, rounds: 5 },
  target: {
    text: `ratio <= ${MAX_RATIO}, calls per document <= ${MAX_CALLS_PER_DOCUMENT}`,
    isMet: ({ ratio, details }) =>
      ratio <= MAX_RATIO && (details['callsPerDocument'] ?? Infinity) <= MAX_CALLS_PER_DOCUMENT,
  },
  run: async ({ options, note, profile }) => {
    const documents = optionOf(options, 'documents');
    const delayMs = optionOf(options, 'delay');
    const backlog = await prepareBacklog({ documents, skus: SKUS, note });
    const folder = temporaryFolder();
    try {
      const round = createDrainRound({ backlog, documents, delayMs, folder: folder.path, profile });
      // A round of minutes is not made five times.
      const isLong = documents * delayMs > 20_000;
      const plan = { rounds: isLong ? 1 : optionOf(options, 'rounds'), warmUp: 0, maxMs: MAX_MS };
      const processorRatios: number[] = [];
      let calls = { product: 0, floor: 0 };
      const rounds = await runRounds({ ...plan, ...(isLong ? { atLeast: 1 } : {}) }, async (index) => {
        const { product, floor } = await round.run();
        calls = { product: product.calls, floor: floor.calls };
        processorRatios.push(product.processorMs / floor.processorMs);
        note(
          `round ${index + 1}: ${Math.round(product.ms)} ms in ${product.calls} calls, floor ${Math.round(floor.ms)} ms in ${floor.calls}, processor ${product.processorMs} to ${floor.processorMs} ms`,
        );
        return { product: [product.ms], floor: [floor.ms] };
      });
      return measure('drain', rounds, {
        documents,
        delayMs,
        callsPerDocument: calls.product / documents,
        floorCallsPerDocument: calls.floor / documents,
        processorRatio: median(processorRatios),
      });
    } finally {
      folder.remove();
    }
  },
};
