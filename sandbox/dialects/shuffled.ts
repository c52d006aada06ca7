import type { Random } from '../seed/random.ts';

/** Another order of two rows or more: never the one they came in. */
export function shuffled<T>(list: readonly T[], random: Random): readonly T[] {
  const result = [...list];
  for (let last = result.length - 1; last > 0; last--) {
    const other = random.integer(last + 1);
    const moved = result[last] as T;
    result[last] = result[other] as T;
    result[other] = moved;
  }
  return result.every((each, index) => each === list[index]) ? result.toReversed() : result;
}
