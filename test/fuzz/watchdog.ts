import { Worker } from 'node:worker_threads';

/*
 * A case that never gives the thread back cannot be ended from it: another thread looks, says which seed it was, and ends
 * the process.
 */

const STUCK_MS = 120_000;

const PROGRAM = `
  const { workerData } = require('node:worker_threads');
  const { writeSync } = require('node:fs');
  const seen = new Int32Array(workerData.memory);
  let last = -1;
  setInterval(() => {
    if (seen[0] === last) {
      writeSync(2, 'hang: the batch of seed ' + seen[1] + ' does not come to its end\\n');
      process.kill(process.pid, 'SIGKILL');
    }
    last = seen[0];
  }, ${STUCK_MS});
`;

/** Ends the process when no new batch is noted for two minutes. */
export function startWatchdog(): { readonly note: (seed: number, target: number) => void; readonly stop: () => void } {
  const memory = new SharedArrayBuffer(8);
  const noted = new Int32Array(memory);
  const worker = new Worker(PROGRAM, { eval: true, workerData: { memory } });
  worker.unref();
  return {
    note: (seed) => {
      noted[0] = (noted[0] ?? 0) + 1;
      noted[1] = seed;
    },
    stop: () => void worker.terminate(),
  };
}
