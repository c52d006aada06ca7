import { spawn } from 'node:child_process';
import { once } from 'node:events';

/*
 * npm run gallery
 *
 * Every screen and dialog of the real window in each theme at 1024x768, 1920x1080 and 4K, as pictures for people:
 * test-results/gallery/index.html, and those of the first run in gallery-first-run. The walks are tests of test/e2e.
 */

const child = spawn('playwright', ['test', 'test/e2e/screens.test.ts', 'test/e2e/first-run.test.ts'], {
  stdio: 'inherit',
  env: { ...process.env, STATION_GALLERY: 'whole' },
});
const [code] = (await once(child, 'exit')) as [number | null];
console.log('pictures: test-results/gallery/index.html');
process.exitCode = code ?? 1;
