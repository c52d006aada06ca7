import type Database from 'better-sqlite3';

/** Gives the next number of a named sequence; each register counts its own trans_id, as in Millennium. */
export type NextId = (sequence: string) => number;

/** Call it inside the transaction that writes the row, so that a rolled back change gives its number back. */
export function createNextId(db: Database.Database, onIssued: (sequence: string, id: number) => void): NextId {
  const advance = db
    .prepare<[string], number>(
      `INSERT INTO sequences (name, last) VALUES (?, 1)
       ON CONFLICT (name) DO UPDATE SET last = last + 1 RETURNING last`,
    )
    .pluck();
  return (sequence) => {
    const last = advance.get(sequence);
    if (last === undefined) throw new Error(`sequence ${sequence} gave no number`);
    onIssued(sequence, last);
    return last;
  };
}
