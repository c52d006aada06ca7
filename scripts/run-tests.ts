import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { runGates, staticGates } from './check.ts';
import { projectFolder } from './resolve-electron.ts';
import { runCommand } from './run-command.ts';

/*
 * npm test: every test there is, ended by one plain line `N passed, N failed` for any CI to count.
 *
 *   [gates] ──> Vitest (rules, database, station, renderer) ──> pack ──> Playwright (the real window)
 *
 * A part that breaks before it has counted anything counts as one failure; a run that ran nothing has failed.
 * With --gates each gate counts as one more.
 */

type Count = { passed: number; failed: number; skipped: number };

const results = join(projectFolder, 'test-results');
const VITEST_RESULT = join(results, 'vitest.json');
const E2E_RESULT = join(results, 'e2e.json');
// A few minutes on a quiet machine; a busy one must still come to a result.
const VITEST_TIMEOUT_MS = 18 * 60_000;
const PACK_TIMEOUT_MS = 5 * 60_000;
const E2E_TIMEOUT_MS = 14 * 60_000;

await mkdir(results, { recursive: true });
const counts: Count[] = [];
if (process.argv.includes('--gates')) counts.push(await countGates());
counts.push(await countVitest(), await countPack(), await countE2e());

const total: Count = { passed: 0, failed: 0, skipped: 0 };
for (const count of counts) {
  total.passed += count.passed;
  total.failed += count.failed;
  total.skipped += count.skipped;
}
const ranNothing = total.passed === 0 && total.failed === 0;
process.exitCode = total.failed > 0 || ranNothing ? 1 : 0;
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`);

async function countGates(): Promise<Count> {
  const outcomes = await runGates(staticGates);
  const passed = outcomes.filter(({ isPassed }) => isPassed).length;
  return { passed, failed: outcomes.length - passed, skipped: 0 };
}

async function countVitest(): Promise<Count> {
  await rm(VITEST_RESULT, { force: true });
  const code = await run(
    ['vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${VITEST_RESULT}`],
    VITEST_TIMEOUT_MS,
  );
  const report = await readJson<{ numPassedTests: number; numFailedTests: number; numPendingTests: number }>(
    VITEST_RESULT,
  );
  if (report === undefined) return broken('Vitest wrote no result');
  const { numPassedTests: passed, numFailedTests: failed, numPendingTests: skipped } = report;
  // A file that does not load, or an error outside of any test, fails the run without failing a test.
  return { passed, failed: code !== 0 && failed === 0 ? 1 : failed, skipped };
}

async function countPack(): Promise<Count> {
  const code = (
    await runCommand(process.execPath, ['scripts/package.ts'], {
      cwd: projectFolder,
      timeoutMs: PACK_TIMEOUT_MS,
      inherit: true,
    })
  ).code;
  return code === 0 ? { passed: 1, failed: 0, skipped: 0 } : broken('The app could not be packed');
}

async function countE2e(): Promise<Count> {
  await rm(E2E_RESULT, { force: true });
  const code = await run(['playwright', 'test'], E2E_TIMEOUT_MS);
  const report = await readJson<{ stats: { expected: number; unexpected: number; skipped: number; flaky: number } }>(
    E2E_RESULT,
  );
  if (report === undefined) return broken('Playwright wrote no result');
  const { expected, unexpected, skipped, flaky } = report.stats;
  const failed = unexpected + flaky;
  return { passed: expected, failed: code !== 0 && failed === 0 ? 1 : failed, skipped };
}

async function run([tool = '', ...args]: string[], timeoutMs: number): Promise<number> {
  const program = join(projectFolder, 'node_modules', '.bin', tool);
  return (await runCommand(program, args, { cwd: projectFolder, timeoutMs, inherit: true })).code;
}

function broken(reason: string): Count {
  console.error(reason);
  return { passed: 0, failed: 1, skipped: 0 };
}

async function readJson<Shape>(path: string): Promise<Shape | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Shape;
  } catch {
    return undefined;
  }
}
