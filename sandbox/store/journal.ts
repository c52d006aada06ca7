import type Database from 'better-sqlite3';

/** Notes what was included, in the transaction that includes it; no restore of the ERP takes a note back. */
export type Journal = {
  note(kind: 'sale' | 'exchange' | 'cash', entry: JournalEntry): void;
};

/** `code` is unique in the ERP's eyes, `document` in the station's. */
export type JournalEntry = {
  readonly code: string;
  readonly document: string;
  readonly totalCents: number;
  readonly atMs: number;
};

export function createJournal(db: Database.Database): Journal {
  const insert = db.prepare(
    `INSERT INTO ever_included (kind, code, document, total_cents, restores, at_ms)
     VALUES (?, ?, ?, ?, (SELECT count(*) FROM restores), ?)`,
  );
  return {
    note: (kind, { code, document, totalCents, atMs }) => void insert.run(kind, code, document, totalCents, atMs),
  };
}
