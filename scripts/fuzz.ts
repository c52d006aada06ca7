import { readFuzzOptions, USAGE } from '../test/fuzz/options.ts';
import { fuzzBugs } from '../test/fuzz/planted-bugs.ts';
import { patchModule } from '../test/support/patch-module.ts';

/* npm run fuzz: whatever others may send, against the parts that take it; see docs/fuzz.md. */

const options = readFuzzOptions(process.argv.slice(2));
if (typeof options === 'string') {
  console.error(`${options}\n${USAGE}`);
  process.exit(2);
}
/** With --json standard output is for the last line alone. */
const write = (line: string): void => {
  if (options.json) console.error(line);
  else console.log(line);
};
if (options.plant !== null) {
  const bug = fuzzBugs.find(({ name }) => name === options.plant);
  if (bug === undefined) throw new Error(`no planted bug is called "${options.plant}"`);
  // Before any module of the product is loaded.
  await patchModule(bug);
}
const { buildApp, programs } = await import('./build.ts');
await buildApp(write, programs);
const { fuzz } = await import('../test/fuzz/fuzz.ts');
const { next: _next, failed: _failed, targets, ...tally } = await fuzz(options, write);
if (!options.json)
  console.log(`by target: ${JSON.stringify(targets)}, ${Math.round(tally.cases / tally.seconds)} cases a second`);
console.log(JSON.stringify(tally));
process.exit(tally.failures === 0 ? 0 : 1);
