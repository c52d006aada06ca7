import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { siblingFile } from '../sibling-file.ts';

/** A database of some years on a slow disk; then the check says that it did not end. */
const CHECK_TIMEOUT_MS = 60_000;

/** Runs SQLite's own quick check of `file` on another thread. Answers what it found; throws when it could not look. */
export async function checkDatabase(file: string): Promise<readonly string[]> {
  const worker = new Worker(siblingFile(import.meta.url, './integrity-worker'), { workerData: file });
  try {
    const [findings] = (await once(worker, 'message', { signal: AbortSignal.timeout(CHECK_TIMEOUT_MS) })) as [string[]];
    return findings;
  } finally {
    await worker.terminate();
  }
}
