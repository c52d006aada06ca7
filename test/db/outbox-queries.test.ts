import SqliteDatabase from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  countQueue,
  findLastConfirmedAt,
  findOutboxDocument,
  hasDueDocument,
  insertOutboxDocument,
  listDueDocuments,
  listOutboxErrors,
  sumWaiting,
  type OutboxState,
} from '../../db/outbox-queries.ts';
import {
  applyOutcome,
  markSending,
  requeueDocument,
  requeueParents,
  sendingToUnknown,
  undoSending,
} from '../../db/outbox-writes.ts';
import { temporaryDatabase } from '../core/sync/support.ts';

let database: ReturnType<typeof temporaryDatabase>;
beforeEach(() => {
  database = temporaryDatabase();
});
afterEach(() => database.remove());

function sale(documentId: string, tick: number): Parameters<typeof insertOutboxDocument>[1]['document'] {
  return {
    documentId,
    kind: 'sale',
    naturalKey: documentId,
    payload: '{}',
    payloadHash: 'h',
    amountCents: 100,
    createdAtMs: 1000 + tick,
    businessDay: '2026-09-13',
    tick,
  };
}

function insert(documentId: string, tick: number, parents: readonly string[] = []): void {
  const document = sale(documentId, tick);
  const [parent] = parents;
  const cancellation = { kind: 'cancellation' as const, naturalKey: parent ?? documentId };
  database.db.write((tx) =>
    insertOutboxDocument(tx, { document: parent === undefined ? document : { ...document, ...cancellation }, parents }),
  );
}

function insertMany(from: number, to: number): void {
  database.db.write((tx) => {
    for (let tick = from; tick <= to; tick += 1)
      insertOutboxDocument(tx, { document: sale(`many ${tick}`, tick), parents: [] });
  });
}

/** Sends a document and says what became of it. */
function send(documentId: string, state: OutboxState): boolean {
  return database.db.write((tx) => {
    markSending(tx, documentId);
    return finish(tx, documentId, state);
  });
}

function finish(tx: Parameters<typeof applyOutcome>[0], documentId: string, state: OutboxState): boolean {
  const error = state === 'confirmed' ? null : 'words';
  return applyOutcome(tx, {
    documentId,
    state,
    errorClass: error,
    errorText: error,
    errorAtMs: error === null ? null : 5,
    remoteRef: null,
    confirmedAtMs: state === 'confirmed' ? 9 : null,
  });
}

function due(limit = 50): string[] {
  return listDueDocuments(database.db.read, limit, 5).map((row) => row.documentId);
}

describe('the outbox', () => {
  test('gives documents in the order they happened, whatever order they were written in', () => {
    for (const [id, tick] of [
      ['c', 3],
      ['a', 1],
      ['b', 2],
    ] as const)
      insert(id, tick);
    expect(due()).toEqual(['a', 'b', 'c']);
    expect(due(2)).toEqual(['a', 'b']);
    expect(hasDueDocument(database.db.read)).toBe(true);
  });

  test('keeps a child until its parent is confirmed, and nobody else', () => {
    insert('sale', 1);
    insert('cancellation', 2, ['sale']);
    insert('other', 3);
    for (const state of ['unknown', 'sent'] as const) {
      send('sale', state);
      expect(due()).toEqual(['sale', 'other']);
    }
    send('sale', 'rejected');
    expect(due()).toEqual(['other']);
    database.db.write((tx) => requeueDocument(tx, 'sale'));
    send('sale', 'confirmed');
    expect(due()).toEqual(['cancellation', 'other']);
    expect(listDueDocuments(database.db.read, 1, 5)[0]).toMatchObject({ otherState: 'confirmed', otherPayload: '{}' });
  });

  test('lets a tried cancellation through when its sale had to be sent again', () => {
    insert('sale', 1);
    insert('cancellation', 2, ['sale']);
    send('sale', 'confirmed');
    send('cancellation', 'pending');
    database.db.write((tx) => requeueParents(tx, 'cancellation'));
    expect(due()).toEqual(['sale']);
    send('sale', 'sent');
    expect(due()).toEqual(['sale', 'cancellation']);
  });

  test('puts a document that was tried often behind the others', () => {
    insert('stuck', 1);
    for (let attempt = 0; attempt < 5; attempt += 1) send('stuck', 'unknown');
    insert('new', 2);
    expect(due()).toEqual(['new', 'stuck']);
  });

  test('takes an answer only for a document that was being sent', () => {
    insert('sale', 1);
    expect(database.db.write((tx) => finish(tx, 'sale', 'confirmed'))).toBe(false);
    expect(send('sale', 'confirmed')).toBe(true);
    expect(database.db.write((tx) => finish(tx, 'sale', 'rejected'))).toBe(false);
    expect(database.db.write((tx) => markSending(tx, 'sale'))).toBe(false);
    expect(findOutboxDocument(database.db.read, 'sale')).toMatchObject({ state: 'confirmed', attempts: 1 });
  });

  test('undoes a send that never happened', () => {
    insert('sale', 1);
    database.db.write((tx) => {
      markSending(tx, 'sale');
      undoSending(tx, 'sale', 'pending');
    });
    expect(findOutboxDocument(database.db.read, 'sale')).toMatchObject({ state: 'pending', attempts: 0 });
  });

  test('does not know what became of what was being sent when the core ended', () => {
    insert('sale', 1);
    insert('other', 2);
    database.db.write((tx) => markSending(tx, 'sale'));
    expect(database.db.write((tx) => sendingToUnknown(tx))).toBe(1);
    expect(countQueue(database.db.read)).toEqual(
      new Map([
        ['pending', 1],
        ['unknown', 1],
      ]),
    );
  });

  test('sends again only what waits for a person, and keeps that it was tried', () => {
    insert('sale', 1);
    expect(database.db.write((tx) => requeueDocument(tx, 'sale'))).toBe(false);
    send('sale', 'rejected');
    expect(listOutboxErrors(database.db.read, 10).map((row) => row.errorText)).toEqual(['words']);
    expect(database.db.write((tx) => requeueDocument(tx, 'sale'))).toBe(true);
    expect(findOutboxDocument(database.db.read, 'sale')).toMatchObject({
      state: 'pending',
      attempts: 1,
      errorText: null,
    });
  });

  test('counts what waits, its money and its oldest document', () => {
    expect(sumWaiting(database.db.read)).toEqual({ cents: 0, oldestAtMs: null });
    for (const [index, state] of (['confirmed', 'rejected', 'unknown', 'sent'] as const).entries()) {
      insert(state, index);
      send(state, state);
    }
    insert('new', 9);
    expect(sumWaiting(database.db.read)).toEqual({ cents: 300, oldestAtMs: 1002 });
    expect(findLastConfirmedAt(database.db.read)).toBe(9);
  });

  test('never changes what a document says, and never loses one', () => {
    insert('sale', 1);
    const raw = new SqliteDatabase(database.db.file);
    try {
      for (const change of ["natural_key = 'x'", "payload_hash = 'x'", 'amount_cents = 1', "kind = 'cancellation'"]) {
        expect(() => raw.exec(`UPDATE outbox SET ${change}`)).toThrow(/never changes/);
      }
      expect(() => raw.exec('DELETE FROM outbox')).toThrow(/never leaves/);
    } finally {
      raw.close();
    }
  });

  test('gives a batch for the same price whether 100 documents wait or 5,000', () => {
    const median = (): number => {
      const tookMs = Array.from({ length: 21 }, () => {
        const startedMs = performance.now();
        due();
        return performance.now() - startedMs;
      });
      return tookMs.toSorted((a, b) => a - b)[10] ?? 0;
    };
    insertMany(1, 100);
    const few = median();
    insertMany(101, 5_000);
    expect(median()).toBeLessThan(4 * few);
  });

  test('is read by its partial index: sold years cost nothing', () => {
    const raw = new SqliteDatabase(database.db.file);
    try {
      const plan = (sql: string): string => JSON.stringify(raw.prepare(`EXPLAIN QUERY PLAN ${sql}`).all());
      const inQueue = `"outbox"."state" NOT IN ('confirmed', 'annulled', 'discarded')`;
      expect(plan(`SELECT state, count(*) FROM outbox WHERE ${inQueue} GROUP BY state`)).toContain('outbox_waiting');
      expect(
        plan(`SELECT * FROM outbox WHERE ${inQueue} AND "outbox"."state" IN ('pending', 'unknown', 'sent')`),
      ).toContain('outbox_waiting');
    } finally {
      raw.close();
    }
  });
});
