import { readHostileOptions, USAGE } from '../test/hostile/options.ts';
import { runHostile } from '../test/hostile/run-hostile.ts';
import { buildApp, programs } from './build.ts';

/* npm run hostile: the real core on a line that does everything wrong; see docs/hostile-erp.md. */

const options = readHostileOptions(process.argv.slice(2));
if (typeof options === 'string') {
  console.error(`${options}\n${USAGE}`);
  process.exit(2);
}
/** With --json standard output is for the last line alone. */
const write = (line: string): void => {
  if (options.json) console.error(line);
  else console.log(line);
};
await buildApp(write, programs);
const { mostMib, slowestMs, ...tally } = await runHostile(options, write);
write(`at most ${mostMib} MiB more than at the start, slowest answer of the till ${slowestMs} ms`);
console.log(JSON.stringify(tally));
process.exit(tally.failures === 0 ? 0 : 1);
