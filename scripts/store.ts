import { readStoreOptions, USAGE } from '../test/store/options.ts';
import { runStore } from '../test/store/run-store.ts';

/* npm run store: days of a whole store without its server, and the evening it comes back; see docs/store.md. */

const options = readStoreOptions(process.argv.slice(2));
if (typeof options === 'string') {
  console.error(`${options}\n${USAGE}`);
  process.exit(2);
}
/** With --json standard output is for the last line alone. */
const write = (line: string): void => {
  if (options.json) console.error(line);
  else console.log(line);
};
const result = await runStore(options, write);
console.log(JSON.stringify(result));
process.exitCode = result.failures === 0 ? 0 : 1;
