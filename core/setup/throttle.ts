import type { Clock } from '../clock.ts';

/**
 * Calls `work` at once, then at most every `intervalMs`; the last request of a burst is never lost.
 * Nothing is called after `stop`.
 */
export function createThrottle(
  clock: Clock,
  intervalMs: number,
  work: () => void,
): { readonly request: () => void; readonly stop: () => void } {
  const stopped = new AbortController();
  let lastMs = Number.NEGATIVE_INFINITY;
  let isWaiting = false;

  function run(): void {
    lastMs = clock.monotonicMs();
    work();
  }

  async function runLater(delayMs: number): Promise<void> {
    await clock.sleep(delayMs, stopped.signal);
    isWaiting = false;
    if (!stopped.signal.aborted) run();
  }

  return {
    request: () => {
      if (isWaiting || stopped.signal.aborted) return;
      const delayMs = lastMs + intervalMs - clock.monotonicMs();
      if (delayMs <= 0) return run();
      isWaiting = true;
      void runLater(delayMs);
    },
    stop: () => stopped.abort(),
  };
}
