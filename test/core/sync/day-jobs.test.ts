import { afterEach, beforeEach, expect, test } from 'vitest';
import SqliteDatabase from 'better-sqlite3';
import type { Replicator } from '../../../core/sync/replicator.ts';
import { findOutboxDocument } from '../../../db/outbox-queries.ts';
import { recordCommand } from '../../../db/command-log-queries.ts';
import {
  createFakeClock,
  createScriptedConnector,
  createTestReplicator,
  ORIGIN_MS,
  queue,
  queueCancellation,
  saleDocument,
  settle,
  stateOf,
  temporaryDatabase,
  type FakeClock,
} from './support.ts';

/* What is done once a night, or at the first start after it. */

const DAY_MS = 86_400_000;

let database: ReturnType<typeof temporaryDatabase>;
let clock: FakeClock;
let connector: ReturnType<typeof createScriptedConnector>;
let replicator: Replicator;
let serverAheadMs: number;

beforeEach(() => {
  database = temporaryDatabase();
  clock = createFakeClock();
  connector = createScriptedConnector([], clock.monotonicMs);
  serverAheadMs = 0;
  Object.defineProperty(connector.script.heads, 'serverAt', {
    get: () => new Date(clock.nowMs() + serverAheadMs).toISOString(),
  });
});
afterEach(async () => {
  await replicator.stop();
  database.remove();
});

async function start(): Promise<void> {
  replicator = createTestReplicator({ connector, db: database.db, clock });
  replicator.start();
  await clock.advance(1_000);
}

test('two days of the catalogue are read again, from where they began, also by a till that was off at night', async () => {
  let reached = 1000;
  const asked: number[] = [];
  Object.assign(connector, {
    pullPrices: ({ transId }: { transId: number }) => {
      if (transId < reached) asked.push(transId);
      return Promise.resolve({ ok: true, value: { rows: [], nextTransId: Math.max(reached, transId), more: false } });
    },
  });
  for (let day = 0; day < 4; day += 1) {
    await start();
    await replicator.stop();
    asked.length = 0;
    reached += 1000;
    clock.jumpWall(DAY_MS);
  }
  await start();
  // Noted in the evening: 1000, 2000, 3000, 4000. The oldest of the last three is where two days ago began.
  expect(asked.filter((from) => from < 4000)).toEqual([1800]);
});

test('payloads go thirty days after the confirmation, their hash stays, and what waits is never touched', async () => {
  queue(database.db, saleDocument(1));
  await start();
  expect(stateOf(database.db, saleDocument(1))).toBe('confirmed');
  connector.script.push.push((batch) => ({
    outcomes: batch.map(({ documentId }) => ({
      documentId,
      result: 'rejected' as const,
      text: 'SKU não cadastrado',
      errorClass: 'refused' as const,
      remoteRef: null,
    })),
    failure: null,
  }));
  queue(database.db, saleDocument(2));
  replicator.wake();
  await settle();
  const payloadOf = (sequence: number): unknown =>
    JSON.parse(findOutboxDocument(database.db.read, saleDocument(sequence).documentId)?.payload ?? '');
  const { payloadHash } = findOutboxDocument(database.db.read, saleDocument(1).documentId) ?? {};
  clock.jumpWall(29 * DAY_MS);
  await clock.advance(600_000);
  expect(payloadOf(1)).toMatchObject({ totalCents: 8990 });
  clock.jumpWall(2 * DAY_MS);
  await clock.advance(600_000);
  expect(payloadOf(1)).toEqual({ purged: true, kind: 'sale', showcaseId: 2, branchCode: '00010' });
  expect(findOutboxDocument(database.db.read, saleDocument(1).documentId)?.payloadHash).toBe(payloadHash);
  expect(payloadOf(2)).toMatchObject({ totalCents: 8990 });
});

test('payloads stay when only the clock of this machine went on, and while a cancellation needs them', async () => {
  const isPurged = (sequence: number): boolean =>
    (findOutboxDocument(database.db.read, saleDocument(sequence).documentId)?.payload ?? '').includes('"purged"');
  queue(database.db, saleDocument(1));
  queue(database.db, saleDocument(2));
  await start();
  connector.script.push.push((batch) => ({
    outcomes: batch.map(({ documentId }) => ({
      documentId,
      result: 'rejected' as const,
      text: 'período fechado',
      errorClass: 'refused' as const,
      remoteRef: null,
    })),
    failure: null,
  }));
  queueCancellation(database.db, saleDocument(2));
  replicator.wake();
  await settle();
  clock.jumpWall(365 * DAY_MS);
  serverAheadMs = -365 * DAY_MS;
  await clock.advance(1_200_000);
  expect(isPurged(1)).toBe(false);
  serverAheadMs = 0;
  await clock.advance(1_200_000);
  expect([isPurged(1), isPurged(2)]).toEqual([true, false]);
});

test('decided commands go a week after their session was closed, not before', async () => {
  const command = (commandId: string, decidedAtMs: number): void =>
    database.db.write((tx) =>
      recordCommand(tx, { commandId, method: 'm', inputHash: 'h', resultRef: '{}', decidedAtMs }),
    );
  const raw = new SqliteDatabase(database.db.file);
  const session = raw.prepare(
    `INSERT INTO cash_sessions (cash_session_id, turn, business_day, opened_at_ms, opened_by, float_cents, closed_at_ms, closed_by,
       expected_cash_cents, counted_cash_cents, float_left_cents, counted_at_ms) VALUES (?, ?, ?, ?, '1', 0, ?, ?, ?, ?, ?, ?)`,
  );
  session.run('closed', 1, '2026-09-01', ORIGIN_MS - 12 * DAY_MS, ORIGIN_MS - 11 * DAY_MS, '1', 0, 0, 0, 1);
  session.run('open', 2, '2026-09-03', ORIGIN_MS - 10 * DAY_MS, null, null, null, null, null, null);
  command('of the closed one', ORIGIN_MS - 12 * DAY_MS + 1);
  command('of the open one', ORIGIN_MS - 10 * DAY_MS + 1);
  await start();
  expect(raw.prepare('SELECT command_id FROM command_log').pluck().all()).toEqual(['of the open one']);
  raw.close();
});
