import { readPowerLossOptions, USAGE } from '../test/power-loss/options.ts';
import { losePower } from '../test/power-loss/power-loss.ts';
import { walkFaults } from '../test/power-loss/faults/walk-faults.ts';
import { buildApp, programs } from './build.ts';
import { ensureProgram } from './os-libraries.ts';

/* npm run power-loss: the writes of real work, cut off at each place; see docs/power-loss.md. */

const options = readPowerLossOptions(process.argv.slice(2));
if (typeof options === 'string') {
  console.error(`${options}\n${USAGE}`);
  process.exit(2);
}
/** With --json standard output is for the last line alone. */
const write = (line: string): void => {
  if (options.json) console.error(line);
  else console.log(line);
};
await ensureProgram('strace', 'strace', write);
await buildApp(write, programs);
const { seed, resume, faults } = options;
const { next: _, ...tally } =
  faults === null ? await losePower(options, write) : await walkFaults({ sessions: faults, seed, resume }, write);
console.log(JSON.stringify(tally));
process.exitCode = tally.failures === 0 ? 0 : 1;
