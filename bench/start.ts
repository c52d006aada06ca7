import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { optionOf, type Bench } from './bench.ts';
import { measure, runRounds } from './measure/rounds.ts';
import { prepareStore } from './store/prepare-store.ts';
import { createStartRound } from './window/start-round.ts';

const MAX_MS = 120_000;
const MAX_START_MS = 2_000;
const MAX_ABOVE_FLOOR_MS = 600;

/** From the launch of a new process to a login that takes keys, with the default catalogue in the database. */
export const startBench: Bench = {
  name: 'start',
  summary: 'launch of a new process to the login painted, against an empty Electron window with the same flags',
  defaults: { skus: 60_000, rounds: 7 },
  target: {
    text: `under ${MAX_START_MS} ms and at most ${MAX_ABOVE_FLOOR_MS} ms above the floor`,
    isMet: ({ value, floor }) => value < MAX_START_MS && value <= floor + MAX_ABOVE_FLOOR_MS,
  },
  run: async ({ options, note }) => {
    const folder = mkdtempSync(join(tmpdir(), 'station-bench-'));
    chmodSync(folder, 0o755);
    try {
      const skus = optionOf(options, 'skus');
      const store = prepareStore({ skus, isTillOpen: false, into: folder, note });
      const round = await createStartRound({ data: store.data, emptyData: join(folder, 'empty') });
      try {
        const plan = { rounds: optionOf(options, 'rounds'), warmUp: 1, maxMs: MAX_MS };
        const rounds = await runRounds(plan, round.run);
        const measured = measure('start', rounds, { skus });
        return { ...measured, details: { skus, aboveFloorMs: measured.value - measured.floor } };
      } finally {
        round.stop();
      }
    } finally {
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    }
  },
};
