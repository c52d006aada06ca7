import { randomBytes } from 'node:crypto';
import { uuidv7 } from 'uuidv7';

/** Chance as a port: identities, salts and jitter. `unit` is in [0, 1). */
export type Random = {
  readonly newId: () => string;
  readonly bytes: (count: number) => Uint8Array;
  readonly unit: () => number;
};

/** The machine's own randomness. */
export const systemRandom: Random = {
  newId: () => uuidv7(),
  bytes: (count) => randomBytes(count),
  unit: () => Math.random(),
};
