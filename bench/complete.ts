import { join } from 'node:path';
import { optionOf, type Bench } from './bench.ts';
import { createCompleteRound } from './complete-round.ts';
import { measure, runRounds } from './measure/rounds.ts';
import { prepareStore, temporaryFolder } from './store/prepare-store.ts';

const MAX_MS = 90_000;

/** The command that makes a sale a fact, from its input being parsed to its reply being built. */
export const completeBench: Bench = {
  name: 'complete',
  summary: 'the completing command alone, timed in the core from parse to reply: 4 items and 1 tender in cash',
  defaults: { skus: 60_000, items: 4, sales: 30, rounds: 15 },
  target: { text: 'ratio <= 1.6', isMet: ({ ratio }) => ratio <= 1.6 },
  run: async ({ options, note }) => {
    const folder = temporaryFolder();
    try {
      const skus = optionOf(options, 'skus');
      const items = optionOf(options, 'items');
      const store = prepareStore({ skus, isTillOpen: true, into: folder.path, note });
      const floorFile = join(folder.path, 'floor.db');
      const round = await createCompleteRound({ store, floorFile, items, sales: optionOf(options, 'sales') });
      try {
        const plan = { rounds: optionOf(options, 'rounds'), warmUp: 3, maxMs: MAX_MS };
        return measure('complete', await runRounds(plan, round.run), { skus, items });
      } finally {
        await round.stop();
      }
    } finally {
      folder.remove();
    }
  },
};
