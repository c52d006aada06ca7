import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { optionOf, type Bench } from './bench.ts';
import { measure, percentile, runRounds } from './measure/rounds.ts';
import { prepareStore } from './store/prepare-store.ts';
import { openTillWindow, type Seen } from './window/till-window.ts';

const MAX_MS = 120_000;
/** One frame of a screen of 60 Hz, and what its clock may be late. */
const FRAME_MS = 17;

/** What a cashier sees: the scanner beeps, the line is there. */
export const tillBench: Bench = {
  name: 'till',
  summary: 'real Electron: last key of a scanner to the line painted, against a window whose echo paints one line',
  defaults: { skus: 60_000, items: 20, rounds: 6 },
  target: { text: 'p99 <= 50 ms, ratio <= 1.5', isMet: ({ ratio, p99 }) => ratio <= 1.5 && p99 <= 50 },
  run: async ({ options, note }) => {
    // The window runs as another user where this runs as root: a folder that everyone can reach.
    const folder = mkdtempSync(join(tmpdir(), 'station-bench-'));
    chmodSync(folder, 0o755);
    try {
      const skus = optionOf(options, 'skus');
      const items = optionOf(options, 'items');
      const store = prepareStore({ skus, isTillOpen: true, into: folder, note });
      const till = await openTillWindow({ store, items, folder });
      try {
        const plan = { rounds: optionOf(options, 'rounds'), warmUp: 1, maxMs: MAX_MS };
        const rounds = await runRounds(plan, till.run);
        return measure('till', rounds, {
          skus,
          items,
          ...describeFrames('scan', till.seen.scans.slice(items * plan.warmUp)),
          ...describeFrames('key', till.seen.keys),
        });
      } finally {
        await till.stop();
      }
    } finally {
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    }
  },
};

/** How long until the frame that shows it began, and how many of them were the very next frame. */
function describeFrames(name: string, seen: readonly Seen[]): Record<string, number> {
  const frames = seen.map(({ frameMs }) => frameMs);
  return {
    [`${name}ToFrameP50Ms`]: percentile(frames, 0.5),
    [`${name}ToFrameP99Ms`]: percentile(frames, 0.99),
    [`${name}WithinFrameShare`]: frames.filter((ms) => ms <= FRAME_MS).length / frames.length,
  };
}
