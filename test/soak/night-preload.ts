import { isMainThread } from 'node:worker_threads';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/*
 * Loaded into a core's process before the core, and into each of its threads: SIGUSR2 is a night. The wall clock of this
 * machine goes on by a day, and what a rest of hours would give V8 the time for is done at once: each thread collects what
 * nobody needs any more and gives back what it holds for later. All timers and the clock that never goes back stay as they
 * are.
 */

const DAY_MS = 86_400_000;

setFlagsFromString('--expose-gc');
const gc = runInNewContext('gc') as (options: { type: 'major'; flavor: 'last-resort' }) => void;
const collect = (): void => gc({ type: 'major', flavor: 'last-resort' });
const nights = new BroadcastChannel('station-soak-night');
// Nothing waits for it: a thread ends as it would without.
nights.unref();
const now = Date.now;
let aheadMs = 0;
Date.now = () => now() + aheadMs;

function sleep(): void {
  aheadMs += DAY_MS;
  collect();
}

if (isMainThread) {
  process.on('SIGUSR2', () => {
    nights.postMessage('night');
    sleep();
  });
} else nights.addEventListener('message', sleep);
