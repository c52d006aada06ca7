import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { optionOf, type Bench } from './bench.ts';
import { measure, percentile, runRounds, type Measured } from './measure/rounds.ts';
import { prepareStore } from './store/prepare-store.ts';
import { writeMovements } from './store/write-movements.ts';
import type { Dragged } from './window/drag-thumb.ts';
import { openListWindow } from './window/list-window.ts';

const MAX_MS = 200_000;
const WARM_UP = 1;
const MAX_FIRST_ROWS_MS = 100;
const MAX_FRAME_ABOVE_FLOOR_MS = 4;
const MAX_ROWS = 200;
/** The catalogue does not matter here. */
const SKUS = 2_000;

/** What a person sees of a long list: that it is there, that it follows the hand, that it finds. */
export const listBench: Bench = {
  name: 'list',
  summary: 'real Electron: the frames of the movements while they scroll, against a bare virtual list of as many rows',
  // One late frame of a hundred decides: 1,200 of each.
  defaults: { movements: 100_000, rounds: 10 },
  target: {
    text: `first rows <= ${MAX_FIRST_ROWS_MS} ms, frames within ${MAX_FRAME_ABOVE_FLOOR_MS} ms p99 of the floor, <= ${MAX_ROWS} DOM rows`,
    isMet,
  },
  run: async ({ options, note }) => {
    // The window runs as another user where this runs as root: a folder that everyone can reach.
    const folder = mkdtempSync(join(tmpdir(), 'station-bench-'));
    chmodSync(folder, 0o755);
    try {
      const movements = optionOf(options, 'movements');
      const store = prepareStore({ skus: SKUS, isTillOpen: true, into: folder, note });
      writeMovements(store.file, movements);
      const list = await openListWindow({ store, movements });
      try {
        const plan = { rounds: optionOf(options, 'rounds'), warmUp: WARM_UP, maxMs: MAX_MS };
        const rounds = await runRounds(plan, list.run);
        const { open, jump, find, filter, empty, drag, floorDrag, rows } = list.seen;
        const describe = (name: string, samples: readonly number[]) => ({
          [`${name}P50Ms`]: percentile(samples.slice(WARM_UP), 0.5),
          [`${name}MostMs`]: percentile(samples.slice(WARM_UP), 1),
        });
        const p99Of = (drags: readonly Dragged[]) =>
          percentile(
            drags.slice(WARM_UP).flatMap(({ lengths }) => lengths),
            0.99,
          );
        return measure('list', rounds, {
          movements,
          ...describe('firstRows', open),
          firstRowsColdMs: open[0] ?? 0,
          ...describe('end', jump),
          ...describe('jump', find),
          ...describe('filter', filter),
          dragP99Ms: p99Of(drag),
          dragFloorP99Ms: p99Of(floorDrag),
          ...describe(
            'dragRest',
            drag.map(({ restMs }) => restMs),
          ),
          domRows: rows,
          emptyRowsShare: percentile(empty.slice(WARM_UP), 1),
        });
      } finally {
        await list.stop();
      }
    } finally {
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    }
  },
};

function isMet({ p99, floorP99, details }: Measured): boolean {
  const { firstRowsP50Ms = Infinity, domRows = Infinity } = details;
  return firstRowsP50Ms <= MAX_FIRST_ROWS_MS && p99 <= floorP99 + MAX_FRAME_ABOVE_FLOOR_MS && domRows <= MAX_ROWS;
}
