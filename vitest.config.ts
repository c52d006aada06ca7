import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';

/**
 * What every project shares. A test that hangs is a failure, and a test that fails once has failed; none is given so little
 * time that a slow machine under load takes it for a hang: what waits for a state (`until`, `expect.poll`) ends before the test.
 */
const shared = {
  testTimeout: 120_000,
  hookTimeout: 120_000,
  teardownTimeout: 10_000,
  expect: { poll: { timeout: 45_000 } },
  retry: 0,
  pool: 'forks',
} as const;

const nodeTests = ['test/{contract,core,db,electron,sandbox,scripts,station}/**/*.test.ts', 'test/*.test.ts'];
/**
 * A disk of a test's own can be mounted on Linux alone; there these tests fail where it cannot be (test/support/small-disk.ts).
 * What a process takes of the machine is read from /proc.
 */
const linuxOnly = process.platform === 'linux' ? [] : ['test/station/{full-disk,pin-memory}.test.ts'];
/** The conformance suite and the demo from their first to their last line. */
const wholeRuns = ['test/station/{conformance,demo-run}.test.ts'];
/** The machines that try to break the promises (docs/reliability.md), each at the size that every change can wait for. */
const proofs = ['test/{simulation,torture,power-loss,hostile,fuzz,soak,store}/**/*.test.ts'];
const onNode = {
  ...shared,
  environment: 'node',
  // No password of a test in the key store of whoever runs it; the tests of that turn it on.
  // The programs are started some 500 times: Node keeps what it compiled of them.
  env: { STATION_KEY_STORE: 'off', NODE_COMPILE_CACHE: `${import.meta.dirname}/node_modules/.cache/compiled` },
  // Files of one worker share the modules they load, which is half of their time: what is tested keeps its state in what
  // a test makes, not in a module.
  isolate: false,
  globalSetup: ['./test/support/install-tools.ts', './test/support/build-programs.ts'],
} satisfies TestProjectInlineConfiguration['test'];

export default defineConfig({
  test: {
    // Two cores, on the development machine and the CI box; the tests wait for processes half of their time.
    maxWorkers: 4,
    projects: [
      { test: { ...onNode, name: 'node', include: nodeTests, exclude: [...wholeRuns, ...linuxOnly] } },
      // `npm test` and CI run these two, `npm run check` does not: they take half a minute and more, whatever the machine.
      { test: { ...onNode, name: 'whole', include: wholeRuns, testTimeout: 300_000 } },
      { test: { ...onNode, name: 'proof', include: proofs, testTimeout: 300_000 } },
      {
        test: {
          ...shared,
          name: 'renderer',
          environment: 'happy-dom',
          // As on Node: a window of its own for each file would be half of the time.
          isolate: false,
          include: ['test/renderer/**/*.test.{ts,tsx}'],
        },
      },
    ],
  },
});
