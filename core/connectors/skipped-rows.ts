import type { SyncView } from '../../contract/station-views.ts';

import type { Database, ReadDb } from '../../db/database-types.ts';
import { findMark, saveMark } from '../../db/sync-mark-queries.ts';
import type { Clock } from '../clock.ts';

/** Rows kept by name for each method: with more of them it is the register that is wrong, not its rows. */
const MOST_NAMED = 100;
/** Shown at once: enough to see what is wrong with them. */
const MOST_SHOWN = 3;

/** What reading one list of the ERP came to. */
export type RowsRead = {
  readonly method: string;
  /** Each row that could not be read: what the ERP calls it, and why. */
  readonly skipped: readonly { readonly row: string; readonly text: string }[];
  /** What the ERP calls the rows that could be read. */
  readonly named: () => readonly string[];
  /** The list begins anew: what was skipped before and is not there any more is forgotten. */
  readonly isFirst: boolean;
};

/** Remembers rows of registers that could not be read, until they can be or are gone. */
export type NoteRows = (read: RowsRead) => void;

/** The rows are remembered in the database: a register with a cursor brings a row once, and not at the next start. */
export function createSkippedRows(db: Database, clock: Clock): NoteRows {
  return ({ method, skipped, named, isFirst }) => {
    const all = findMark(db.read, 'skipped_rows') ?? {};
    const before = all[method]?.rows ?? {};
    if (skipped.length === 0 && all[method] === undefined) return;
    const readable = new Set(isFirst ? [] : named());
    const kept = isFirst ? [] : Object.entries(before).filter(([row]) => !readable.has(row));
    const rows = Object.fromEntries(
      [...kept, ...skipped.map(({ row, text }) => [row, text] as const)].slice(0, MOST_NAMED),
    );
    if (JSON.stringify(rows) === JSON.stringify(before)) return;
    const { [method]: _, ...others } = all;
    const next = Object.keys(rows).length === 0 ? others : { ...others, [method]: { rows, sinceMs: clock.nowMs() } };
    db.write((tx) => saveMark(tx, 'skipped_rows', next));
  };
}

/** What is not here because it could not be read, by the ERP's method. */
export function viewSkippedRows(db: ReadDb): SyncView['skippedRows'] {
  return Object.entries(findMark(db, 'skipped_rows') ?? {}).map(([method, { rows, sinceMs }]) => ({
    method,
    count: Object.keys(rows).length,
    since: new Date(sinceMs).toISOString(),
    first: Object.entries(rows)
      .slice(0, MOST_SHOWN)
      .map(([row, text]) => ({ row, text })),
  }));
}

/** A line for each method, for people. */
export function describeSkippedRows(skipped: SyncView['skippedRows']): string[] {
  return skipped.map(({ method, count, first }) => {
    const rows = first.map(({ row, text }) => `${row} (${text})`).join(', ');
    const others = count > first.length ? ` e mais ${count - first.length}` : '';
    return `${method}: ${rows}${others}`;
  });
}
