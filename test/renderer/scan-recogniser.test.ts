import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addStroke,
  burstText,
  DEFAULT_SCAN_RULES,
  isScan,
  type Stroke,
} from '../../renderer/keyboard/scan-recogniser.ts';

const rules = DEFAULT_SCAN_RULES;

/** Feeds characters with the given pauses before each, then a terminator; answers the scan, or null. */
function feed(keys: readonly string[], gapsMs: readonly number[], terminatorGapMs: number): string | null {
  let burst: readonly Stroke[] = [];
  let atMs = 5_000;
  keys.forEach((key, index) => {
    atMs += gapsMs[index] ?? 0;
    burst = addStroke(burst, { key, atMs }, rules);
  });
  return isScan(burst, atMs + terminatorGapMs, rules) ? burstText(burst) : null;
}

const character = fc.constantFrom(...Array.from('0123456789ABCXYZ-/'));
const code = fc.array(character, { minLength: rules.minimumLength, maxLength: 44 });

describe('the scan recogniser', () => {
  it('takes any code of 6 or more characters that comes at scanner speed', () => {
    fc.assert(
      fc.property(code, fc.integer({ min: 0, max: 29 }), fc.integer({ min: 0, max: 29 }), (keys, gap, last) => {
        expect(feed(keys, Array(keys.length).fill(gap), last)).toBe(keys.join(''));
      }),
    );
  });

  it('takes a code with one slow character, as long as the average is fast', () => {
    expect(feed(Array.from('7891234567895'), [0, 5, 5, 90, 5, 5, 5, 5, 5, 5, 5, 5, 5], 5)).toBe('7891234567895');
  });

  it('never takes what a person types for a scan', () => {
    const humanGap = fc.integer({ min: 45, max: 99 });
    fc.assert(
      fc.property(code, fc.array(humanGap, { minLength: 44, maxLength: 44 }), (keys, gaps) => {
        expect(feed(keys, gaps, 60)).toBeNull();
      }),
    );
  });

  it('takes short bursts for typing: a programmable key sends macros at scanner speed', () => {
    fc.assert(
      fc.property(fc.array(character, { maxLength: 5 }), (keys) => {
        expect(feed(keys, Array(keys.length).fill(2), 2)).toBeNull();
      }),
    );
  });

  it('does not join a burst to the Enter of a person who comes later', () => {
    expect(feed(Array.from('78912345'), Array(8).fill(5), rules.pauseMs)).toBeNull();
  });

  it('does not join characters typed before a pause to the code after it', () => {
    expect(feed(['9', ...Array.from('789123')], [0, rules.pauseMs, 5, 5, 5, 5, 5], 5)).toBe('789123');
  });
});
