import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/*
 * Loaded into a core's process before the core: SIGUSR2 is a night. The wall clock of this machine goes on by a day, and what a
 * rest of hours would give V8 the time for is done at once: it collects what nobody needs any more. All timers and the
 * clock that never goes back stay as they are.
 */

const DAY_MS = 86_400_000;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
const now = Date.now;
let aheadMs = 0;
Date.now = () => now() + aheadMs;
process.on('SIGUSR2', () => {
  aheadMs += DAY_MS;
  collect();
});
