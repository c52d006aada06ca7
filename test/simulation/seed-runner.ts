import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { STATIONS, type StationCode } from './erp-state.ts';
import { makeFirstDatabase } from './first-database.ts';
import { brokenResult, LEAST, runSeed, type SeedResult } from './run-seed.ts';
import { createStationDisk, type StationDisk } from './station-disk.ts';
import { takeOverGlobals, withRealTurns } from './world.ts';

/** Memory where there is such a folder: power loss is another machine's affair, and a disk would be most of the time. */
const MEMORY_FOLDER = '/dev/shm';

/** Runs one seed after the other in this process, whose clocks and timers it takes away. */
export type SeedRunner = {
  readonly run: (seed: number, tell: ((line: string) => void) | null) => Promise<SeedResult>;
  readonly close: () => void;
};

export async function createSeedRunner(): Promise<SeedRunner> {
  const parent = existsSync(MEMORY_FOLDER) ? MEMORY_FOLDER : tmpdir();
  const folder = mkdtempSync(join(parent, 'station-simulation-'));
  const strays = watchStrays();
  takeOverGlobals();
  const disks = new Map<StationCode, StationDisk>();
  for (const code of STATIONS)
    disks.set(code, createStationDisk(join(folder, `${code}.db`), await makeFirstDatabase(folder, code)));
  return {
    run: async (seed, tell) => {
      await withRealTurns(async () => {
        for (const disk of disks.values()) await disk.reset();
      });
      return runOne(seed, disks, tell, strays);
    },
    close: () => {
      for (const disk of disks.values()) disk.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function runOne(
  seed: number,
  disks: ReadonlyMap<StationCode, StationDisk>,
  tell: ((line: string) => void) | null,
  strays: string[],
): Promise<SeedResult> {
  strays.length = 0;
  try {
    const result = await runSeed(seed, disks, tell);
    const short = (['documents', 'faults', 'crashes'] as const).filter((name) => result[name] < LEAST[name]);
    const findings = [
      ...result.findings,
      ...strays,
      ...short.map((name) => `only ${result[name]} ${name} in this seed`),
    ];
    return { ...result, findings };
  } catch (error) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return brokenResult(seed, `the run broke: ${text}`);
  }
}

/** A rejection that nobody handles is a finding, unless it is the end of a core that was killed. */
function watchStrays(): string[] {
  const strays: string[] = [];
  process.on('unhandledRejection', (error: unknown) => {
    const text = error instanceof Error ? `${error.message} ${error.stack ?? ''}` : String(error);
    if (text.startsWith('killed')) return;
    strays.push(`unhandled: ${text}`);
  });
  return strays;
}
