import { readSimulationOptions, USAGE } from '../test/simulation/options.ts';
import { runMachine } from './proof-machine.ts';

/* npm run simulate: days of a shop under one scheduler, with faults; see docs/simulation.md. */

await runMachine({ readOptions: readSimulationOptions, usage: USAGE }, async (options, write) => {
  if (options.isPlanted) {
    const { tryPlantedBugs } = await import('../test/simulation/planted/try-planted-bugs.ts');
    const result = await tryPlantedBugs(options, write);
    write(`${result.caught} of ${result.planted} caught, median ${result.medianSeeds} seeds`);
    return { result, failures: result.planted - result.caught };
  }
  const { simulate } = await import('../test/simulation/simulate.ts');
  const result = await simulate(options, write);
  const { documents, faults, seconds } = result;
  write(`${Math.round(documents / seconds)} documents and ${Math.round(faults / seconds)} faults a second`);
  return { result, failures: result.failures };
});
