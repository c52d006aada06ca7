import { join } from 'node:path';
import { projectFolder } from '../../../scripts/resolve-electron.ts';
import { runCommand } from '../../../scripts/run-command.ts';
import { plantedBugs } from './planted-bugs.ts';

export type PlantedScore = {
  readonly planted: number;
  readonly caught: number;
  /** Seeds until a bug was caught, of those that were. */
  readonly medianSeeds: number;
  readonly bugs: readonly { readonly name: string; readonly seeds: number | null }[];
};

const TIMEOUT_MS = 300_000;

/** Runs each planted bug until a seed finds it, in a process of its own. */
export async function tryPlantedBugs(mostSeeds: number, write: (line: string) => void): Promise<PlantedScore> {
  const bugs: { name: string; seeds: number | null }[] = [];
  for (const { name } of plantedBugs) {
    const seeds = await findSeeds(name, mostSeeds);
    bugs.push({ name, seeds });
    write(`${seeds === null ? 'MISSED' : 'caught'} ${name}${seeds === null ? '' : ` by seed ${seeds}`}`);
  }
  const caught = bugs.flatMap(({ seeds }) => (seeds === null ? [] : [seeds])).sort((a, b) => a - b);
  return { planted: bugs.length, caught: caught.length, medianSeeds: caught[Math.floor(caught.length / 2)] ?? 0, bugs };
}

async function findSeeds(name: string, mostSeeds: number): Promise<number | null> {
  const args = ['--plant', name, '--seeds', String(mostSeeds), '--first', '--json'];
  const { stdout } = await runCommand(process.execPath, [join(projectFolder, 'scripts', 'simulate.ts'), ...args], {
    cwd: projectFolder,
    timeoutMs: TIMEOUT_MS,
  });
  const last = stdout.trim().split('\n').at(-1) ?? '';
  const tally = JSON.parse(last) as { readonly seeds: number; readonly failures: number };
  return tally.failures > 0 ? tally.seeds : null;
}
