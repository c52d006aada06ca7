import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildApp, programs } from './build.ts';
import { describeDemo, findingsOf, toJson } from './demo/report.ts';
import { runDemo } from './demo/run-demo.ts';
import { writerOf } from './proof-machine.ts';

/*
 * npm run demo [-- --sales 500 --seed 1 --json --keep]
 *
 * The real core process sells against the stand-in ERP process while that is killed, silent, slow and wrong, and is
 * killed itself twice; then the ERP's own list is held against a journal of what was acknowledged.
 */

const { values } = parseArgs({
  options: {
    sales: { type: 'string', default: '500' },
    seed: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
  },
});

const sales = Number(values.sales);
const seed = Number(values.seed);
if (!Number.isInteger(sales) || sales < 60 || !Number.isInteger(seed) || seed < 0) {
  console.error('usage: npm run demo -- [--sales N, at least 60] [--seed N] [--json] [--keep]');
  process.exit(2);
}

const startedAt = performance.now();
const seconds = (): number => (performance.now() - startedAt) / 1000;
const folder = mkdtempSync(join(tmpdir(), 'station-demo-'));
const write = writerOf(values);
const tell = (line: string): void => write(`${seconds().toFixed(1).padStart(6)} s  ${line}`);

// The passwords of a shop that lives for a minute are nothing for the key store of whoever runs it.
process.env['STATION_KEY_STORE'] = 'off';
// Core and stand-in ERP as they ship.
await buildApp(tell, programs);

try {
  const result = await runDemo({ sales, seed, folder, tell });
  const findings = findingsOf(result);
  for (const finding of findings) tell(`! ${finding}`);
  if (values.json) console.log(JSON.stringify(toJson(result, { seed, seconds: seconds() })));
  else console.log(describeDemo(result, seconds()).join('\n'));
  if (findings.length > 0) process.exitCode = 1;
} catch (error) {
  console.error(error instanceof Error ? error.stack : error);
  process.exitCode = 1;
}
if (process.exitCode === undefined && !values.keep) rmSync(folder, { recursive: true, force: true });
else console.error(`kept: ${folder}`);
