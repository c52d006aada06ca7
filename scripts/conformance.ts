import { readOptions, USAGE } from '../test/conformance/options.ts';
import type { CaseResult } from '../test/conformance/run-cases.ts';
import { runConformance } from '../test/conformance/run-conformance.ts';
import { listPresets, runPreset } from '../test/conformance/run-presets.ts';
import { buildApp, programs } from './build.ts';
import { writerOf } from './proof-machine.ts';

/* npm run conformance: the real station against a server, judged by the wire contract alone. See docs/conformance.md. */

const MARKS: Readonly<Record<CaseResult['state'], string>> = {
  passed: 'ok     ',
  failed: 'FAILED ',
  skipped: 'skipped',
};

const options = readOptions(process.argv.slice(2), process.env['STATION_PASSWORD']);
if (typeof options === 'string') {
  process.stderr.write(`${options}\n${USAGE}\n`);
  process.exit(2);
}
const { json } = options;
const write = writerOf(options);
// The station lives in a temporary folder: its password does not stay in the key store of whoever runs this.
process.env['STATION_KEY_STORE'] = 'off';
// The station that is driven is the one that ships.
await buildApp(write, programs);
const results = options.kind === 'server' ? await runConformance(options, tell) : await runAllPresets();
const failures = results.filter(({ state }) => state === 'failed').map(({ name, text }) => ({ name, text }));
const skipped = results.filter(({ state }) => state === 'skipped').map(({ name, text }) => ({ name, text }));
const passed = results.length - failures.length - skipped.length;
if (json) process.stdout.write(`${JSON.stringify({ passed, failed: failures.length, failures, skipped })}\n`);
else write(`\n${passed} passed, ${failures.length} failed${skipped.length === 0 ? '' : `, ${skipped.length} skipped`}`);
process.exitCode = failures.length === 0 && passed > 0 ? 0 : 1;
// A socket that a server holds open must not keep a finished run alive.
setTimeout(() => process.exit(), 500).unref();

async function runAllPresets(): Promise<CaseResult[]> {
  const all: CaseResult[] = [];
  for (const preset of await listPresets()) {
    write(`\n${preset}`);
    const ofPreset = await runPreset(preset, tell);
    all.push(...ofPreset.map((result) => ({ ...result, name: `${preset}: ${result.name}` })));
  }
  return all;
}

function tell({ name, state, text }: CaseResult): void {
  write(`${MARKS[state]} ${name}${text === '' ? '' : `: ${text}`}`);
}
