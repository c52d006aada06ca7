import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CashDocument } from '../../../core/connectors/cash-document.ts';
import type { PushReport, StationDocument } from '../../../core/connectors/connector.ts';
import type { HeartbeatReply } from '../../../core/connectors/station-reports.ts';
import type { Replicator } from '../../../core/sync/replicator.ts';
import { findOutboxDocument } from '../../../db/outbox-queries.ts';
import {
  CASH_DOCUMENT_ID,
  confirmAll,
  createScene,
  createTestReplicator,
  failing,
  queue,
  queueCash,
  saleDocument,
  settle,
  type Scene,
} from './support.ts';

/* Two who send at once, and what a batch leaves whose end could not be written. */

let database: Scene['database'];
let clock: Scene['clock'];
let connector: Scene['connector'];
let replicator: Replicator;

beforeEach(() => {
  ({ database, clock, connector } = createScene());
});
afterEach(async () => {
  const stopped = replicator.stop();
  // What rests between two slices of a page rests on this clock.
  await clock.advance(3_000);
  await stopped;
  database.remove();
});

const opening: CashDocument = {
  kind: 'cash',
  documentId: CASH_DOCUMENT_ID,
  number: 'E01F00000001',
  action: 'opening',
  stationCode: 'E01',
  turn: 1,
  responsibleCode: '1',
  operatorCode: '1',
  businessDay: '2026-09-13',
  at: '2026-09-13T13:00:00.000Z',
  financialReasonId: null,
  note: '',
  amounts: [],
  denominations: [],
};

const cashState = (): string | undefined => findOutboxDocument(database.db.read, CASH_DOCUMENT_ID)?.state;

test.each(['by itself', 'by a person'])(
  'what happened to the drawer is told again as soon as the disk has room for its end, %s',
  async (way) => {
    queueCash(database.db, opening);
    const disk = { isFull: false };
    let told = 0;
    Object.assign(connector, {
      pushCash: (batch: readonly StationDocument[]): Promise<PushReport> => {
        told += 1;
        disk.isFull = told === 1;
        return Promise.resolve(confirmAll(batch));
      },
    });
    const db = failing(database.db, () => (disk.isFull ? 'SQLITE_FULL' : null));
    replicator = createTestReplicator({ connector, db, clock });
    replicator.start();
    await clock.advance(6_000);
    expect([cashState(), told]).toEqual(['sending', 1]);
    disk.isFull = false;
    if (way === 'by itself') await clock.advance(30_000);
    else await replicator.sendNow();
    expect([cashState(), told]).toEqual(['confirmed', 2]);
  },
);

test('a person who sends while the schedule asks how far the server knows the station sends no second batch beside it', async () => {
  for (let sequence = 1; sequence <= 2; sequence += 1) queue(database.db, saleDocument(sequence));
  const answers: (() => void)[] = [];
  let isSlow = true;
  const batches: (() => void)[] = [];
  let beside = 0;
  let most = 0;
  Object.assign(connector, {
    sendHeartbeat: () =>
      new Promise<{ ok: true; value: HeartbeatReply }>((resolve) => {
        const answer = (): void => resolve({ ok: true, value: connector.script.heads });
        if (isSlow) answers.push(answer);
        else answer();
      }),
    push: (batch: readonly { readonly document: StationDocument }[]) => {
      beside += 1;
      most = Math.max(most, beside);
      return new Promise<PushReport>((resolve) => {
        batches.push(() => {
          beside -= 1;
          resolve(confirmAll(batch.map(({ document }) => document)));
        });
      });
    },
  });
  const settings = { stationCode: 'E01', installationId: 'i', version: '0.1.0', batchSize: 1 };
  replicator = createTestReplicator({ connector, db: database.db, clock, settings });
  replicator.start();
  await settle();
  const sent = replicator.sendNow();
  await settle();
  isSlow = false;
  for (const answer of answers) answer();
  const turns = new AbortController();
  void sent.then(() => turns.abort());
  while (!turns.signal.aborted) {
    await settle();
    for (const end of batches.splice(0)) end();
  }
  expect(await sent).toMatchObject({ ran: true, left: 0 });
  expect(most).toBe(1);
});
