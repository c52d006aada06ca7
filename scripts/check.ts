import { join } from 'node:path';
import { projectFolder } from './resolve-electron.ts';
import { runCommand } from './run-command.ts';

/** One thing that must hold before code is taken. */
export type Gate = { readonly name: string; readonly program: string; readonly args: readonly string[] };
export type GateOutcome = { readonly name: string; readonly isPassed: boolean; readonly seconds: number };

const GATE_TIMEOUT_MS = 10 * 60_000;
/** The machines we work and check on have two cores; each gate uses about one. */
const AT_ONCE = 2;

/** All that can be said about the sources without running them; the import table is a test (test/architecture.test.ts). */
export const staticGates: readonly Gate[] = [
  types('types', '.'),
  types('types of the renderer', 'renderer'),
  tool('lint', 'oxlint', '--type-aware', '--deny-warnings'),
  tool('format', 'oxfmt', '--check'),
  tool('unused code', 'knip'),
  { name: 'licences', program: process.execPath, args: ['scripts/licences.ts'] },
];
/** All but the whole runs of demo and conformance suite and the proofs, which `npm test` has besides (vitest.config.ts). */
const tests = tool('tests', 'vitest', 'run', '--project', 'node', '--project', 'renderer');

/** Runs the gates, two at a time, and shows what each that failed has to say. */
export async function runGates(gates: readonly Gate[]): Promise<GateOutcome[]> {
  const waiting = [...gates];
  const outcomes: GateOutcome[] = [];
  const worker = async (): Promise<void> => {
    for (let gate = waiting.shift(); gate !== undefined; gate = waiting.shift()) {
      const startedAt = performance.now();
      const result = await runCommand(gate.program, [...gate.args], { cwd: projectFolder, timeoutMs: GATE_TIMEOUT_MS });
      const seconds = (performance.now() - startedAt) / 1000;
      const isPassed = result.code === 0;
      outcomes.push({ name: gate.name, isPassed, seconds });
      if (!isPassed) console.log(`\n--- ${gate.name} ---\n${result.stdout}${result.stderr}`);
      console.log(`${isPassed ? 'ok    ' : 'FAILED'} ${gate.name} (${seconds.toFixed(1)} s)`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return outcomes;
}

/** What did not change since the last check is not checked again: a fifth of the time. */
function types(name: string, folder: string): Gate {
  const known = join(projectFolder, 'node_modules', '.cache', `${name.replaceAll(' ', '-')}.tsbuildinfo`);
  return tool(name, 'tsc', '--noEmit', '-p', folder, '--incremental', '--tsBuildInfoFile', known);
}

function tool(name: string, program: string, ...args: string[]): Gate {
  return { name, program: join(projectFolder, 'node_modules', '.bin', program), args };
}

if (import.meta.main) {
  const outcomes = await runGates(staticGates);
  // On their own: they measure times, and have the machine to themselves.
  outcomes.push(...(await runGates([tests])));
  const failed = outcomes.filter(({ isPassed }) => !isPassed);
  console.log(
    failed.length === 0 ? 'check: all gates passed' : `check: ${failed.map(({ name }) => name).join(', ')} failed`,
  );
  process.exitCode = failed.length === 0 ? 0 : 1;
}
