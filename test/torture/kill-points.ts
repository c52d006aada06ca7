/*
 * The instants at which a core kills itself, by name. Nothing of them is in the product: `preload.ts` is loaded into its
 * process before it and sees its statements, its replies and its calls go by.
 */

export type KillPoint = {
  readonly name: string;
  /** It dies the nth time it comes by, n chosen from 1 to this. */
  readonly mostHits: number;
  /** Counted from its start on, and not from the moment it is ready. */
  readonly isInStart?: true;
};

/** While a station works; what cannot be reached in a life is killed at its end like any other. */
export const WORKING_POINTS: readonly KillPoint[] = [
  { name: 'before-begin', mostHits: 6 },
  { name: 'after-begin', mostHits: 6 },
  { name: 'in-transaction', mostHits: 20 },
  { name: 'before-commit', mostHits: 6 },
  { name: 'after-commit', mostHits: 6 },
  { name: 'before-reply', mostHits: 6 },
  { name: 'after-reply', mostHits: 6 },
  { name: 'start-statement', mostHits: 12, isInStart: true },
  { name: 'before-ready', mostHits: 1, isInStart: true },
  { name: 'before-send', mostHits: 2 },
  { name: 'while-sending', mostHits: 2 },
  { name: 'after-answer', mostHits: 2 },
  { name: 'answer-unwritten', mostHits: 2 },
  { name: 'before-read', mostHits: 4 },
  { name: 'after-read', mostHits: 4 },
  { name: 'in-inbox-page', mostHits: 6 },
  { name: 'inbox-page-done', mostHits: 1 },
];

/** A backup is asked for in such a life. */
export const BACKUP_POINTS: readonly KillPoint[] = [
  { name: 'backup-copying', mostHits: 1, isInStart: true },
  { name: 'backup-before-name', mostHits: 1, isInStart: true },
  { name: 'backup-after-name', mostHits: 1, isInStart: true },
];

/** On a folder in which nothing is yet. */
export const FIRST_START_POINTS: readonly KillPoint[] = [
  { name: 'before-migration', mostHits: 1, isInStart: true },
  { name: 'in-migration', mostHits: 2, isInStart: true },
  { name: 'before-commit', mostHits: 1, isInStart: true },
  { name: 'after-commit', mostHits: 1, isInStart: true },
];

/** While it is enrolled and reads its first catalogue. */
export const LOADING_POINTS: readonly KillPoint[] = [
  { name: 'in-inbox-page', mostHits: 250, isInStart: true },
  { name: 'inbox-page-done', mostHits: 4, isInStart: true },
  { name: 'after-read', mostHits: 12, isInStart: true },
  { name: 'before-commit', mostHits: 20, isInStart: true },
];
