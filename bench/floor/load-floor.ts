import type { RecordedCall } from '../flow/recording-proxy.ts';

/** What the floor of `load` is told to do, and what it answers. */
export type LoadFloorRound = {
  readonly id: number;
  readonly url: string;
  readonly file: string;
  readonly calls: readonly RecordedCall[];
};
export type LoadFloorAnswer = {
  readonly id: number;
  /** Waiting for the server and its bytes; reading the JSON; writing the rows. */
  readonly httpMs: number;
  readonly parseMs: number;
  readonly upsertMs: number;
  readonly bytes: number;
};
