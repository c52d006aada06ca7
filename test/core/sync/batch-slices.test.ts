import { afterEach, beforeEach, expect, test } from 'vitest';
import type { OutgoingDocument } from '../../../core/connectors/connector.ts';
import { systemRandom } from '../../../core/random.ts';
import { createOutbox, type Outbox } from '../../../core/sync/outbox.ts';
import type { Database } from '../../../db/database-types.ts';
import {
  confirmAll,
  createFakeClock,
  createScriptedConnector,
  failing,
  queue,
  quietLog,
  saleDocument,
  stateOf,
  temporaryDatabase,
} from './support.ts';

/* A batch of 25 documents as the disk and the till's thread see it (docs/decisions/0033). */

const SALES = Array.from({ length: 25 }, (_, index) => saleDocument(index + 1));
let database: ReturnType<typeof temporaryDatabase>;
let batches: OutgoingDocument[][];
/** What happened, each with the turn of the event loop it happened in. */
let events: { readonly what: string; readonly turn: number }[];
let turn: number;
let isOver: boolean;

beforeEach(() => {
  database = temporaryDatabase();
  for (const sale of SALES) queue(database.db, sale);
  [batches, events, turn, isOver] = [[], [], 0, false];
  const next = (): void => {
    turn += 1;
    if (!isOver) setImmediate(next);
  };
  next();
});
afterEach(() => {
  isOver = true;
  database.remove();
});

function openOutbox(db: Database): Outbox {
  const connector = createScriptedConnector([], () => 0);
  const push = (batch: readonly OutgoingDocument[]) => {
    batches.push([...batch]);
    events.push({ what: 'push', turn });
    return Promise.resolve(confirmAll(batch.map(({ document }) => document)));
  };
  const clock = createFakeClock();
  return createOutbox({
    connector: { ...connector, push },
    db,
    clock,
    random: systemRandom,
    log: quietLog,
    batchSize: 50,
  });
}

function watched(db: Database): Database {
  return {
    ...db,
    write: (...args) => {
      events.push({ what: 'synced', turn });
      return db.write(...args);
    },
    writeUnsynced: (work) => {
      events.push({ what: 'unsynced', turn });
      return db.writeUnsynced(work);
    },
  };
}

const statesOf = (): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const sale of SALES) {
    const state = stateOf(database.db, sale);
    counts[state] = (counts[state] ?? 0) + 1;
  }
  return counts;
};

test('leaves when all its marks are synced, is told when all its outcomes are, and lets others go in between', async () => {
  await openOutbox(watched(database.db)).sendBatch();
  const marks = ['unsynced', 'unsynced', 'synced'];
  expect(events.map(({ what }) => what)).toEqual([...marks, 'push', ...marks]);
  const turns = events.filter(({ what }) => what !== 'push').map((event) => event.turn);
  expect(new Set(turns).size).toBe(turns.length);
  expect(statesOf()).toEqual({ confirmed: 25 });
});

test('that cannot be written to its end is looked up where it was not', async () => {
  let writesLeft = Number.POSITIVE_INFINITY;
  const db = failing(database.db, () => ((writesLeft -= 1) < 0 ? 'SQLITE_FULL' : null));
  const outbox = openOutbox(db);
  // Its marks and the first ten outcomes.
  writesLeft = 4;
  await expect(outbox.sendBatch()).rejects.toThrow('SQLITE_FULL');
  expect(statesOf()).toEqual({ confirmed: 10, sending: 15 });
  writesLeft = Number.POSITIVE_INFINITY;
  expect(outbox.hasDue()).toBe(true);
  expect(statesOf()).toEqual({ confirmed: 10, unknown: 15 });
  await outbox.sendBatch();
  expect(batches.map((batch) => batch.filter(({ triedBefore }) => triedBefore).length)).toEqual([0, 15]);
  expect(statesOf()).toEqual({ confirmed: 25 });
});

test('of ten is one transaction', async () => {
  const db = watched(database.db);
  const outbox = openOutbox(db);
  await outbox.sendBatch();
  events = [];
  for (let sequence = 101; sequence <= 110; sequence += 1) queue(database.db, saleDocument(sequence));
  await outbox.sendBatch();
  expect(events.map(({ what }) => what)).toEqual(['synced', 'push', 'synced']);
});
