import type { Row } from './raw-database.ts';

/** What the floor of `scan` is told before its round: whose rows it writes and what it answers. */
export type ScanFloorRound = {
  readonly file: string;
  readonly sale: Row;
  /** For each scan of the round its line, its entry in the command log, and the reply as the product sent it. */
  readonly scans: readonly { readonly line: Row; readonly command: Row; readonly reply: object }[];
};

/** Messages of the floor's process: a round to prepare, or a scan as the product gets it. */
export type ScanFloorMessage = { readonly round: ScanFloorRound } | { readonly id: number; readonly method: string };
