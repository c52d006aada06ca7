import { describe, expect, it } from 'vitest';
import { PixOutcome, PixState } from '../../../contract/pix-views.ts';
import { stateAfterCheck } from '../../../core/pix/pix-state-rules.ts';

describe('a Pix after a look at the statement', () => {
  it.each([
    ['to_check', 'found', true, 'checked'],
    ['to_check', 'not_found', true, 'missing'],
    // It came late, or somebody had not looked well.
    ['missing', 'found', true, 'checked'],
    ['checked', 'not_found', true, 'missing'],
    // The customer paid after the till had given up, or its sale was cancelled since.
    ['given_up', 'found', false, 'to_return'],
    ['missing', 'found', false, 'to_return'],
    ['to_return', 'returned', false, 'returned'],
    ['to_return', 'not_found', false, 'missing'],
  ] as const)('%s and %s (sale stands: %s) is %s', (state, outcome, isStanding, after) => {
    expect(stateAfterCheck(state, outcome, isStanding)).toBe(after);
  });

  it('is not what the till has to answer, and over once it was given back', () => {
    for (const outcome of PixOutcome.options) {
      for (const isStanding of [true, false]) {
        expect(stateAfterCheck('waiting', outcome, isStanding)).toBeNull();
        expect(stateAfterCheck('returned', outcome, isStanding)).toBeNull();
      }
    }
  });

  it('never gives money back that nobody was found to have paid', () => {
    for (const state of PixState.options) {
      if (state !== 'to_return') expect(stateAfterCheck(state, 'returned', false)).toBeNull();
    }
  });
});
