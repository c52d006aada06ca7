import { spawn } from 'node:child_process';
import { once } from 'node:events';

/*
 * npm run gallery
 *
 * Every screen and dialog of the real window in each theme at 1024x768, 1920x1080 and 4K, as pictures for people:
 * test-results/gallery/index.html, those of one part each in gallery-first-run, gallery-cash, gallery-left-over,
 * gallery-movements, gallery-alerts, gallery-pix and gallery-long-names; most once more in English. The walks are tests
 * of test/e2e.
 */

const WALKS = ['screens', 'first-run', 'cash', 'movements', 'alerts', 'pix', 'long-names'];
/** Nine pictures of each state: longer than the tests themselves may take together. */
const TIMEOUT_MS = 30 * 60_000;

const child = spawn(
  'playwright',
  ['test', `--global-timeout=${TIMEOUT_MS}`, ...WALKS.map((name) => `test/e2e/${name}.test.ts`)],
  {
    stdio: 'inherit',
    env: { ...process.env, STATION_GALLERY: 'whole' },
  },
);
const [code] = (await once(child, 'exit')) as [number | null];
console.log('pictures: test-results/gallery/index.html');
process.exitCode = code ?? 1;
