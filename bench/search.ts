import { optionOf, type Bench } from './bench.ts';
import { measure, median, percentile, runRounds } from './measure/rounds.ts';
import { createSearchRound } from './search-round.ts';
import { prepareStore, temporaryFolder } from './store/prepare-store.ts';

const MAX_MS = 60_000;
/** What is timed besides the key presses, each once. */
const OTHERS = 200;

/** A key press in the product search. */
export const searchBench: Bench = {
  name: 'search',
  summary:
    'one key press, 1 to 5 letters or two words, timed in the core from parse to reply: 30 rows with their figures',
  defaults: { skus: 1_000_000, keys: 100, rounds: 15 },
  target: { text: 'ratio <= 2, p99 <= 5 ms', isMet: ({ ratio, p99 }) => ratio <= 2 && p99 <= 5 },
  run: async ({ options, note }) => {
    const folder = temporaryFolder();
    try {
      const skus = optionOf(options, 'skus');
      const store = prepareStore({ skus, isTillOpen: true, into: folder.path, note });
      const round = await createSearchRound({ store, keys: optionOf(options, 'keys') });
      try {
        const queries: number[] = [];
        const plan = { rounds: optionOf(options, 'rounds'), warmUp: 3, maxMs: MAX_MS };
        const rounds = await runRounds(plan, async () => {
          const { queryMs, ...times } = await round.run();
          queries.push(...queryMs);
          return times;
        });
        const whole = await round.timeWholeDescriptions(OTHERS);
        const grades = await round.timeGrades(OTHERS);
        return measure('search', rounds, {
          skus,
          products: store.products,
          p95: percentile(
            rounds.flatMap(({ product }) => product),
            0.95,
          ),
          floorQueryAloneP50Ms: median(queries),
          floorQueryAloneP99Ms: percentile(queries, 0.99),
          wholeDescriptionP50Ms: median(whole),
          wholeDescriptionP99Ms: percentile(whole, 0.99),
          gradeP50Ms: median(grades),
          gradeP99Ms: percentile(grades, 0.99),
        });
      } finally {
        await round.stop();
      }
    } finally {
      folder.remove();
    }
  },
};
