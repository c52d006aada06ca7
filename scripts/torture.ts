import { readTortureOptions, USAGE } from '../test/torture/options.ts';
import { runTorture } from '../test/torture/run-torture.ts';
import { runMachine } from './proof-machine.ts';

/* npm run torture: the core killed again and again, its file and the ERP held against a journal; see docs/torture.md. */

await runMachine({ readOptions: readTortureOptions, usage: USAGE }, async (options, write) => {
  const result = await runTorture(options, write);
  return { result, failures: result.failures };
});
