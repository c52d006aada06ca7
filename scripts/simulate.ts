import { readSimulationOptions, USAGE } from '../test/simulation/options.ts';

/* npm run simulate: days of a shop under one scheduler, with faults; see docs/simulation.md. */

const options = readSimulationOptions(process.argv.slice(2));
if (typeof options === 'string') {
  console.error(`${options}\n${USAGE}`);
  process.exit(2);
}
/** With --json standard output is for the last line alone. */
const write = (line: string): void => {
  if (options.json) console.error(line);
  else console.log(line);
};

if (options.isPlanted) {
  const { tryPlantedBugs } = await import('../test/simulation/planted/try-planted-bugs.ts');
  const score = await tryPlantedBugs(options, write);
  console.log(
    options.json
      ? JSON.stringify(score)
      : `${score.caught} of ${score.planted} caught, median ${score.medianSeeds} seeds`,
  );
  process.exitCode = score.caught === score.planted ? 0 : 1;
} else {
  const { simulate } = await import('../test/simulation/simulate.ts');
  const tally = await simulate(options, write);
  const { documents, faults, seconds } = tally;
  if (!options.json)
    console.log(`${Math.round(documents / seconds)} documents and ${Math.round(faults / seconds)} faults a second`);
  console.log(JSON.stringify(tally));
  process.exitCode = tally.failures === 0 ? 0 : 1;
}
