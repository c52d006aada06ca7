import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildApp, programs } from '../../scripts/build.ts';
import { writeKeptTally } from '../support/kept-tally.ts';
import { runChapter } from './chapter.ts';
import type { TortureOptions } from './options.ts';
import { writePreload } from './write-preload.ts';
import { addChapter, createTally, readTally, type Tally } from './tally.ts';

/** Kills between two comparisons with the ERP: a file that stays small is looked at whole in a moment. */
const KILLS_OF_A_CHAPTER = 120;

/** Runs chapters, each with a seed of its own, until there were as many kills as wanted. */
export async function runTorture(options: TortureOptions, write: (line: string) => void): Promise<Tally> {
  const startedMs = performance.now();
  const seconds = (): number => Math.round(performance.now() - startedMs) / 1000;
  const tell = (line: string): void => write(`${seconds().toFixed(1).padStart(7)} s  ${line}`);
  // A till that lives for a minute has no business in the key store of whoever runs it.
  process.env['STATION_KEY_STORE'] = 'off';
  await buildApp(tell, programs);
  const kept = options.resume === null ? null : readTally(options.resume, options.seed);
  const tally = kept ?? createTally();
  const before = tally.seconds;
  const folder = mkdtempSync(join(tmpdir(), 'station-torture-'));
  const preload = writePreload(folder);
  for (let seed = kept?.next ?? options.seed; tally.kills < options.kills && seconds() < options.seconds; seed += 1) {
    const chapter = join(folder, `seed-${seed}`);
    const result = await runChapter({
      seed,
      kills: Math.min(KILLS_OF_A_CHAPTER * options.stations, options.kills - tally.kills),
      stations: options.stations,
      folder: chapter,
      preload,
      plant: options.plant,
      tell,
    });
    addChapter(tally, result);
    tally.seconds = Math.round((before + seconds()) * 1000) / 1000;
    tell(`seed ${seed}: ${result.kills} kills, ${result.sales} sales, ${result.findings.length} findings`);
    for (const finding of result.findings) tell(`! seed ${seed}: ${finding}`);
    if (kept !== null && options.resume !== null) {
      kept.next = seed + 1;
      writeKeptTally(options.resume, kept);
    }
    if (result.findings.length === 0) rmSync(chapter, { recursive: true, force: true });
    else {
      tell(`kept: ${chapter}; again with: npm run torture -- --seed ${seed} --kills ${result.kills}`);
      break;
    }
  }
  if (tally.failures === 0) rmSync(folder, { recursive: true, force: true });
  const { kills, atPoints, sales, unacknowledged, lost, doubled, unequal, gaps, failures } = tally;
  return { kills, atPoints, sales, unacknowledged, lost, doubled, unequal, gaps, failures, seconds: tally.seconds };
}
