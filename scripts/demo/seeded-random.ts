/** Chance that repeats: the same seed tells the same story. */
export type SeededRandom = {
  /** In [0, 1). */
  readonly unit: () => number;
  /** A whole number from `from` to `to`, both included. */
  readonly int: (from: number, to: number) => number;
  readonly chance: (probability: number) => boolean;
  readonly pick: <Value>(values: readonly Value[]) => Value;
  /** Another sequence, which does not move when this one is drawn from. */
  readonly fork: (name: string) => SeededRandom;
};

/** mulberry32: 32 bits of state are plenty for choosing what a customer buys. */
export function createSeededRandom(seed: number): SeededRandom {
  let state = Math.imul(seed + 1, 0x9e3779b1) >>> 0;
  function unit(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }
  const int = (from: number, to: number): number => from + Math.floor(unit() * (to - from + 1));
  return {
    unit,
    int,
    chance: (probability) => unit() < probability,
    pick: (values) => {
      const value = values[int(0, values.length - 1)];
      if (value === undefined) throw new Error('nothing to pick from');
      return value;
    },
    fork: (name) =>
      createSeededRandom(Buffer.from(name).reduce((mixed, byte) => Math.imul(mixed ^ byte, 16_777_619), seed)),
  };
}
