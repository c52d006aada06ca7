import { defineConfig } from 'vitest/config';

/** What every project shares: a test that hangs is a failure, and a test that fails once has failed. */
const shared = { testTimeout: 20_000, hookTimeout: 30_000, teardownTimeout: 10_000, retry: 0, pool: 'forks' } as const;

export default defineConfig({
  test: {
    // The development machine and the CI box have two cores.
    maxWorkers: 2,
    projects: [
      {
        test: {
          ...shared,
          name: 'node',
          environment: 'node',
          globalSetup: ['./test/support/install-tools.ts', './test/support/build-programs.ts'],
          include: ['test/{contract,core,db,electron,sandbox,scripts,station}/**/*.test.ts', 'test/*.test.ts'],
        },
      },
      {
        test: {
          ...shared,
          name: 'renderer',
          environment: 'happy-dom',
          include: ['test/renderer/**/*.test.{ts,tsx}'],
        },
      },
    ],
  },
});
