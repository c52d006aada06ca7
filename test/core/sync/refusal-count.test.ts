import { expect, it } from 'vitest';
import { createRefusalCount } from '../../../core/sync/refusal-count.ts';

/* How often a document is refused with what may pass before a person is asked (outbox, drawer). */

it('asks a person at the eighth try, and counts several tries within a moment once', () => {
  let nowMs = 0;
  const refusals = createRefusalCount({ monotonicMs: () => nowMs });
  for (let tries = 0; tries < 100; tries += 1) expect(refusals.isEnough('a')).toBe(false);
  for (let tries = 2; tries < 8; tries += 1) {
    nowMs += 4_000;
    expect(refusals.isEnough('a')).toBe(false);
    nowMs += 1_000;
    expect(refusals.isEnough('a')).toBe(false);
  }
  nowMs += 4_000;
  // Another document counts for itself.
  expect(refusals.isEnough('b')).toBe(false);
  expect(refusals.isEnough('a')).toBe(true);
  // Sent again by a person it is counted anew.
  nowMs += 5_000;
  expect(refusals.isEnough('a')).toBe(false);
});

it('forgets what was answered otherwise in between', () => {
  let nowMs = 0;
  const refusals = createRefusalCount({ monotonicMs: () => nowMs });
  for (let tries = 0; tries < 20; tries += 1) {
    nowMs += 5_000;
    expect(refusals.isEnough('a')).toBe(false);
    if (tries % 7 === 6) refusals.forget('a');
  }
});
