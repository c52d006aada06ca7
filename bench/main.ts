import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';
import { mkdirSync } from 'node:fs';
import type { Bench, BenchOptions } from './bench.ts';
import { completeBench } from './complete.ts';
import { contentionBench } from './contention.ts';
import { drainBench } from './drain.ts';
import { watchStolenTime } from './measure/processor-time.ts';
import { describeMachine, describeResult } from './measure/report.ts';
import { listBench } from './list.ts';
import { loadBench } from './load.ts';
import { memoryBench } from './memory.ts';
import { scanBench } from './scan.ts';
import { searchBench } from './search.ts';
import { startBench } from './start.ts';
import { tillBench } from './till.ts';

/*
 * npm run bench -- NAME [--json] [--profile FOLDER] [--OPTION NUMBER ...]
 *
 * Text goes to standard error with --json, and the result is then the last line of standard output.
 */

const benches: readonly Bench[] = [
  scanBench,
  completeBench,
  tillBench,
  startBench,
  loadBench,
  drainBench,
  searchBench,
  listBench,
  memoryBench,
  contentionBench,
];

process.exitCode = await run(process.argv.slice(2));

async function run(args: readonly string[]): Promise<number> {
  const bench = benches.find(({ name }) => name === args[0]);
  const given = bench === undefined ? null : readOptions(bench, args.slice(1));
  if (bench === undefined || given === null) {
    console.error(usage());
    return 2;
  }
  const note = (line: string): void => (given.json ? console.error(line) : console.log(line));
  note(describeMachine());
  if (given.profile !== null) mkdirSync(given.profile, { recursive: true });
  const stolenSoFar = watchStolenTime();
  const measured = await bench.run({ options: given.options, note, profile: given.profile });
  const stolenShare = Math.round(stolenSoFar() * 1000) / 1000;
  note(describeResult(bench, measured));
  note(`  stolen   ${stolenShare} of the processor time went to another machine of the same host`);
  if (given.json) console.log(JSON.stringify({ ...measured, stolenShare, met: bench.target.isMet(measured) }));
  return 0;
}

function readOptions(
  bench: Bench,
  args: readonly string[],
): { readonly options: BenchOptions; readonly json: boolean; readonly profile: string | null } | null {
  const options: ParseArgsOptionsConfig = { json: { type: 'boolean' }, profile: { type: 'string' } };
  for (const name of Object.keys(bench.defaults)) options[name] = { type: 'string' };
  try {
    const { values } = parseArgs({ args: [...args], options });
    const numbers = Object.entries(bench.defaults).map(([name, standard]) => {
      const value = Number(values[name] ?? standard);
      if (!Number.isSafeInteger(value) || value < Math.min(1, standard)) {
        throw new Error(`--${name} takes a whole number of ${Math.min(1, standard)} or more`);
      }
      return [name, value] as const;
    });
    const { json, profile } = values;
    return {
      options: Object.fromEntries(numbers),
      json: json === true,
      profile: typeof profile === 'string' ? profile : null,
    };
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    return null;
  }
}

function usage(): string {
  const list = benches.map(({ name, summary, defaults }) => {
    const options = Object.entries(defaults).map(([option, value]) => `--${option} ${value}`);
    return `  ${name.padEnd(10)} ${summary}\n${' '.repeat(13)}${options.join(' ')}`;
  });
  return ['npm run bench -- NAME [--json] [--profile FOLDER]', ...list].join('\n');
}
