import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { optionOf, type Bench } from './bench.ts';
import { spendDay } from './memory-day.ts';
import { sumMb, type Role } from './measure/proportional-memory.ts';
import { measure } from './measure/rounds.ts';
import { fitSlope } from './measure/slope.ts';

const MAX_ABOVE_FLOOR_MB = 170;
const KB_PER_MB = 1024;
const ROLES = ['main', 'core', 'renderer', 'others'] as const satisfies readonly Role[];

/** What a day costs in memory, and whether it grows with what is sold. */
export const memoryBench: Bench = {
  name: 'memory',
  summary: 'PSS of every process of the real window after its start and along a day, against an empty Electron window',
  defaults: { skus: 60_000, sales: 600 },
  target: {
    text: `at most ${MAX_ABOVE_FLOOR_MB} MB above the floor after the start and after the day, and a slope of 0`,
    isMet: ({ floor, value, details }) =>
      value <= floor + MAX_ABOVE_FLOOR_MB &&
      (details['afterStartMb'] ?? Number.NaN) <= floor + MAX_ABOVE_FLOOR_MB &&
      (details['slopeKbPerSale'] ?? Number.NaN) <= 2 * (details['slopeErrorKbPerSale'] ?? 0),
  },
  run: async ({ options, note }) => {
    // The window runs as another user where this runs as root: a folder that everyone can reach.
    const folder = mkdtempSync(join(tmpdir(), 'station-bench-'));
    chmodSync(folder, 0o755);
    try {
      const skus = optionOf(options, 'skus');
      const sales = optionOf(options, 'sales');
      const { floors, start, end, kept, morningSales, highestMb } = await spendDay({ folder, skus, sales, note });
      const floor = floors.map((memory) => sumMb(memory));
      const slopeOf = (amount: (memory: Readonly<Record<Role, number>>) => number) =>
        fitSlope(kept.map((sample) => [sample.sales, amount(sample.memory) * KB_PER_MB]));
      const { slope, error } = slopeOf(sumMb);
      const round = { product: [sumMb(end.memory)], floor };
      const byRole = (name: string, memory: Readonly<Record<Role, number>>): [string, number][] =>
        Object.entries(memory).map(([role, value]) => [`${role}${name}Mb`, value]);
      return measure(
        'memory',
        [round],
        {
          skus,
          sales,
          morningSales,
          afterStartMb: sumMb(start.memory),
          afterDayMb: sumMb(end.memory),
          highestMb,
          slopeKbPerSale: slope,
          slopeErrorKbPerSale: error,
          ...Object.fromEntries([
            ...ROLES.flatMap((role): [string, number][] => {
              const own = slopeOf((memory) => memory[role]);
              return [
                [`${role}SlopeKb`, own.slope],
                [`${role}SlopeErrorKb`, own.error],
              ];
            }),
            ...byRole('Floor', floors[0]),
            ...byRole('AfterStart', start.memory),
            ...byRole('AfterDay', end.memory),
          ]),
        },
        'MB',
      );
    } finally {
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    }
  },
};
