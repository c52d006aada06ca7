import { walkFaults } from '../test/power-loss/faults/walk-faults.ts';
import { readPowerLossOptions, USAGE } from '../test/power-loss/options.ts';
import { losePower } from '../test/power-loss/power-loss.ts';
import { buildApp, programs } from './build.ts';
import { ensureProgram } from './os-libraries.ts';
import { runMachine } from './proof-machine.ts';

/* npm run power-loss: the writes of real work, cut off at each place; see docs/power-loss.md. */

await runMachine({ readOptions: readPowerLossOptions, usage: USAGE }, async (options, write) => {
  await ensureProgram('strace', 'strace', write);
  await buildApp(write, programs);
  const { seed, resume, faults } = options;
  const { next: _, ...result } =
    faults === null ? await losePower(options, write) : await walkFaults({ sessions: faults, seed, resume }, write);
  return { result, failures: result.failures };
});
