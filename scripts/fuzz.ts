import { readFuzzOptions, USAGE } from '../test/fuzz/options.ts';
import { fuzzBugs } from '../test/fuzz/planted-bugs.ts';
import { patchModule } from '../test/support/patch-module.ts';
import { runMachine } from './proof-machine.ts';

/* npm run fuzz: whatever others may send, against the parts that take it; see docs/fuzz.md. */

await runMachine({ readOptions: readFuzzOptions, usage: USAGE }, async (options, write) => {
  const bug = fuzzBugs.find(({ name }) => name === options.plant);
  // Before any module of the product is loaded.
  if (bug !== undefined) await patchModule(bug);
  const { buildApp, programs } = await import('./build.ts');
  await buildApp(write, programs);
  const { fuzz } = await import('../test/fuzz/fuzz.ts');
  const { next: _next, failed: _failed, targets, ...result } = await fuzz(options, write);
  write(`by target: ${JSON.stringify(targets)}, ${Math.round(result.cases / result.seconds)} cases a second`);
  return { result, failures: result.failures };
});
