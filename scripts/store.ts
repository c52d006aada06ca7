import { readStoreOptions, USAGE } from '../test/store/options.ts';
import { runStore } from '../test/store/run-store.ts';
import { runMachine } from './proof-machine.ts';

/* npm run store: days of a whole store without its server, and the evening it comes back; see docs/store.md. */

await runMachine({ readOptions: readStoreOptions, usage: USAGE }, async (options, write) => {
  const result = await runStore(options, write);
  return { result, failures: result.failures };
});
