import { readHostileOptions, USAGE } from '../test/hostile/options.ts';
import { runHostile } from '../test/hostile/run-hostile.ts';
import { buildApp, programs } from './build.ts';
import { runMachine } from './proof-machine.ts';

/* npm run hostile: the real core on a line that does everything wrong; see docs/hostile-erp.md. */

await runMachine({ readOptions: readHostileOptions, usage: USAGE }, async (options, write) => {
  await buildApp(write, programs);
  const { mostMib, slowestMs, ...result } = await runHostile(options, write);
  write(`at most ${mostMib} MiB more than at the start, slowest answer of the till ${slowestMs} ms`);
  return { result, failures: result.failures };
});
