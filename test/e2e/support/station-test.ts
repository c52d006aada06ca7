import { test as base } from '@playwright/test';
import { launchStation, type LaunchedStation, type LaunchStation } from './launch-station.ts';

export { expect } from '@playwright/test';

/**
 * Playwright's `test` with a station: `await launch({ data })` starts one, and whatever is still running at the end is
 * closed. A failed test leaves a picture of each window and what the processes wrote in `test-results/`.
 */
export const test = base.extend<{ launch: (options?: LaunchStation) => Promise<LaunchedStation> }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of fixtures from this pattern
  launch: async ({}, use, info) => {
    const stations: LaunchedStation[] = [];
    await use(async (options) => {
      const station = await launchStation(options);
      stations.push(station);
      return station;
    });
    for (const [index, station] of stations.entries()) {
      if (info.status !== info.expectedStatus) {
        await station.page
          .screenshot({ path: info.outputPath(`window-${index}.png`), timeout: 5_000 })
          .catch(() => null);
        await info.attach(`output-${index}`, { body: station.output(), contentType: 'text/plain' });
      }
      await station.close();
    }
  },
});
