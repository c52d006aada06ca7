import { parentPort, workerData } from 'node:worker_threads';
import { checkIntegrity } from '../../db/integrity-queries.ts';
import { openReader } from '../../db/open-database.ts';

// A thread of its own: the check reads the whole file, and no scan may wait for it.
const reader = openReader(String(workerData));
try {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  parentPort?.postMessage(checkIntegrity(reader.read));
} finally {
  reader.close();
}
