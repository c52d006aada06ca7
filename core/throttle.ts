import type { Clock } from './clock.ts';

/** Work that takes long comes seldom: it has one fiftieth of the time, but its turn within a second. */
const REST_FACTOR = 50;
const LONGEST_REST_MS = 1_000;

/**
 * Calls `work` at once, then at most every `intervalMs`, and more seldom where it takes long; the last request of a burst
 * is never lost. Nothing is called after `stop`.
 */
export function createThrottle(
  clock: Clock,
  intervalMs: number,
  work: () => void,
): { readonly request: () => void; readonly stop: () => void } {
  const stopped = new AbortController();
  let nextMs = Number.NEGATIVE_INFINITY;
  let isWaiting = false;

  function run(): void {
    const startedMs = clock.monotonicMs();
    work();
    const tookMs = clock.monotonicMs() - startedMs;
    nextMs = startedMs + Math.max(intervalMs, Math.min(LONGEST_REST_MS, REST_FACTOR * tookMs));
  }

  async function runLater(delayMs: number): Promise<void> {
    await clock.sleep(delayMs, stopped.signal);
    isWaiting = false;
    if (!stopped.signal.aborted) run();
  }

  return {
    request: () => {
      if (isWaiting || stopped.signal.aborted) return;
      const delayMs = nextMs - clock.monotonicMs();
      if (delayMs <= 0) return run();
      isWaiting = true;
      void runLater(delayMs);
    },
    stop: () => stopped.abort(),
  };
}
