import { expect, test } from 'vitest';
import { createThrottle } from '../../core/throttle.ts';

const INTERVAL_MS = 200;

/** A clock that stands but for what `takesMs` of work and a rest move; answers when `work` was called. */
async function callTwice(takesMs: number): Promise<number[]> {
  let nowMs = 0;
  const calls: number[] = [];
  const clock = {
    nowMs: () => nowMs,
    monotonicMs: () => nowMs,
    sleep: async (ms: number) => {
      await Promise.resolve();
      nowMs += ms;
    },
  };
  const throttle = createThrottle(clock, INTERVAL_MS, () => {
    calls.push(nowMs);
    nowMs += takesMs;
  });
  throttle.request();
  throttle.request();
  throttle.request();
  await new Promise((resolve) => setImmediate(resolve));
  return calls;
}

test.each([
  ['at most every interval', 0, [0, 200]],
  ['more seldom where the work takes long', 10, [0, 500]],
  ['and yet each second', 80, [0, 1_000]],
])('is called %s', async (_, takesMs, expected) => {
  expect(await callTwice(takesMs)).toEqual(expected);
});
