import { readSoakOptions, USAGE } from '../test/soak/options.ts';
import { runSoak } from '../test/soak/run-soak.ts';

/* npm run soak: a month of a busy station in minutes, and what of it grows; see docs/soak.md. */

const options = readSoakOptions(process.argv.slice(2));
if (typeof options === 'string') {
  console.error(`${options}\n${USAGE}`);
  process.exit(2);
}
/** With --json standard output is for the last line alone. */
const write = (line: string): void => {
  if (options.json) console.error(line);
  else console.log(line);
};
const result = await runSoak(options, write);
for (const finding of result.findings) write(`FOUND ${finding}`);
console.log(JSON.stringify(result));
process.exitCode = result.findings.length === 0 ? 0 : 1;
