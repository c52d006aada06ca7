import { readSoakOptions, USAGE } from '../test/soak/options.ts';
import { runSoak } from '../test/soak/run-soak.ts';
import { runMachine } from './proof-machine.ts';

/* npm run soak: a month of a busy station in minutes, and what of it grows; see docs/soak.md. */

await runMachine({ readOptions: readSoakOptions, usage: USAGE }, async (options, write) => {
  const result = await runSoak(options, write);
  for (const finding of result.findings) write(`FOUND ${finding}`);
  return { result, failures: result.findings.length };
});
