import { readTortureOptions, USAGE } from '../test/torture/options.ts';
import { runTorture } from '../test/torture/run-torture.ts';

/* npm run torture: the core killed again and again, its file and the ERP held against a journal; see docs/torture.md. */

const options = readTortureOptions(process.argv.slice(2));
if (typeof options === 'string') {
  console.error(`${options}\n${USAGE}`);
  process.exit(2);
}
/** With --json standard output is for the last line alone. */
const write = (line: string): void => {
  if (options.json) console.error(line);
  else console.log(line);
};
const tally = await runTorture(options, write);
console.log(JSON.stringify(tally));
process.exitCode = tally.failures === 0 ? 0 : 1;
