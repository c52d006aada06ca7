import { closeSync, fsyncSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { RecordOutcome } from '../../contract/back-office.ts';

/** What a run is of: another file, server, shop window or table is another run. */
export type PushIdentity = {
  readonly sha256: string;
  readonly server: string;
  readonly showcaseId: number;
  readonly priceTableId: number;
};

/** The outcome of one record, by its id in the plan. */
export type Noted = Omit<RecordOutcome, 'key'> & { readonly id: string };

/** What was sent of a file and what the ERP said of it, on disk before the next call. */
export type PushJournal = {
  /** Of an earlier run that was cut off or left something in error; empty for a new one. */
  readonly earlier: ReadonlyMap<string, Noted>;
  readonly note: (outcomes: readonly Noted[]) => void;
  /** Nothing is left to do: the next run of the same file begins anew. */
  readonly remove: () => void;
  readonly close: () => void;
};

/**
 * Opens the progress file of a run: one line of who it is, then a line of outcomes for each answered call.
 *
 *   none, or of another run -> begun anew
 *   of this run             -> read; a last line that a kill tore is dropped: its records are sent again, which
 *                              includes or changes what is there already
 */
export function openPushJournal(file: string, identity: PushIdentity): PushJournal {
  const head = JSON.stringify({ version: 1, ...identity });
  const lines = readLines(file);
  const isOurs = lines[0] === head;
  const earlier = new Map<string, Noted>();
  if (isOurs) {
    for (const line of lines.slice(1)) for (const noted of parseLine(line)) earlier.set(noted.id, noted);
  }
  const descriptor = openSync(file, isOurs ? 'a' : 'w');
  // A torn line must not swallow the next one.
  append(descriptor, isOurs ? '\n' : `${head}\n`);

  return {
    earlier,
    note: (outcomes) => append(descriptor, `${JSON.stringify(outcomes)}\n`),
    remove: () => rmSync(file, { force: true }),
    close: () => closeSync(descriptor),
  };
}

function append(descriptor: number, text: string): void {
  writeFileSync(descriptor, text);
  fsyncSync(descriptor);
}

function readLines(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split('\n');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

function parseLine(line: string): readonly Noted[] {
  if (line === '') return [];
  try {
    return JSON.parse(line) as readonly Noted[];
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}
