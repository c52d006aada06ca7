import { runInWorkers, type Ran } from '../worker-pool.ts';
import { caughtBy } from './caught-by.ts';
import { plantedBugs } from './planted-bugs.ts';

/** What became of one planted bug. */
export type PlantedResult = {
  readonly name: string;
  /** How many seeds it took, null when none of them found it. */
  readonly seeds: number | null;
  readonly seed: number | null;
  /** The first finding, or how the process broke. */
  readonly finding: string | null;
};

export type PlantedScore = {
  readonly planted: number;
  readonly caught: number;
  /** Seeds until a bug was caught, of those that were. */
  readonly medianSeeds: number;
  readonly bugs: readonly PlantedResult[];
};

/** Runs each planted bug until a seed finds it, two bugs at a time, each in a process of its own. */
export async function tryPlantedBugs(
  {
    from,
    seeds,
    jobs,
    isRecorded,
  }: {
    readonly from: number;
    readonly seeds: number;
    readonly jobs: number;
    /** Only the seed that is known to find it, of each bug that has one. */
    readonly isRecorded: boolean;
  },
  write: (line: string) => void,
): Promise<PlantedScore> {
  const queue = plantedBugs.flatMap(({ name }) => (isRecorded && caughtBy[name] === undefined ? [] : [name]));
  const planted = queue.length;
  const results = new Map<string, PlantedResult>();
  async function work(): Promise<void> {
    for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
      const known = isRecorded ? caughtBy[name] : undefined;
      const result = await tryPlantedBug(name, known ?? from, known === undefined ? seeds : 1);
      results.set(name, result);
      const said = result.seeds === null ? '' : ` after ${result.seeds}, seed ${result.seed}: ${result.finding ?? ''}`;
      write(`${result.seeds === null ? 'MISSED' : 'caught'} ${name}${said}`);
    }
  }
  await Promise.all(Array.from({ length: jobs }, work));
  const bugs = plantedBugs.flatMap(({ name }) => results.get(name) ?? []);
  const caught = bugs.flatMap((bug) => (bug.seeds === null ? [] : [bug.seeds])).sort((a, b) => a - b);
  return { planted, caught: caught.length, medianSeeds: caught[Math.floor(caught.length / 2)] ?? 0, bugs };
}

/** The first of so many seeds that finds the bug. */
export async function tryPlantedBug(name: string, from: number, seeds: number): Promise<PlantedResult> {
  let next = from;
  let found: Ran | null = null;
  await runInWorkers({
    jobs: 1,
    plant: name,
    isTraced: false,
    next: () => {
      if (found !== null || next >= from + seeds) return null;
      next += 1;
      return next - 1;
    },
    onRan: (_seed, ran) => {
      if (ran.result.findings.length > 0) found ??= ran;
    },
  });
  const ran = found as Ran | null;
  if (ran === null) return { name, seeds: null, seed: null, finding: null };
  const { seed, findings } = ran.result;
  return { name, seeds: seed - from + 1, seed, finding: findings[0]?.split('\n')[0]?.slice(0, 120) ?? null };
}
