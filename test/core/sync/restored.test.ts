import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { appendAudit } from '../../../core/audit/audit.ts';
import { MillenniumHeartbeat } from '../../../core/connectors/millennium/decode-heartbeat.ts';
import type { Replicator } from '../../../core/sync/replicator.ts';
import { findAuditHead, listAuditTail } from '../../../db/audit-queries.ts';
import { insertOutboxDocument } from '../../../db/outbox-queries.ts';
import { lastOfSequence, raiseSequence } from '../../../db/setup-queries.ts';
import { listAlerts } from '../../../db/sync-mark-queries.ts';
import {
  confirmAll,
  createScene,
  createTestReplicator,
  failure,
  queue,
  queueCancellation,
  saleDocument,
  stateOf,
  temporaryDatabase,
  type Scene,
} from './support.ts';

/* Either side restored from a backup: what is compared, what is looked up, what waits for a person. */

const HOUR_MS = 3_600_000;

let database: Scene['database'];
let clock: Scene['clock'];
let lines: Scene['lines'];
let connector: Scene['connector'];
let replicator: Replicator;

beforeEach(() => {
  ({ database, clock, lines, connector } = createScene());
  database.db.write((tx) => raiseSequence(tx, 'sale', 200));
  knows({ lastNumber: 200 });
  start();
});
afterEach(async () => {
  await replicator.stop();
  database.remove();
});

function start(): void {
  const readHeads = () => ({ lastNumber: 200, auditHead: '' });
  replicator = createTestReplicator({ connector, db: database.db, clock, readHeads });
  replicator.start();
}
async function restart(): Promise<void> {
  await replicator.stop();
  start();
}
function knows(heads: Partial<typeof connector.script.heads>): void {
  connector.script.heads = { ...connector.script.heads, ...heads };
}
function audit(action: string): string {
  return database.db.write((tx) => appendAudit(tx, { atMs: 1, operatorCode: null, action, subjectId: null }).hash);
}
function calls(...names: string[]): string[] {
  return lines.splice(0).filter((line) => names.some((name) => line.includes(` ${name}`)));
}

describe('an ERP restored from a backup', () => {
  test('is noticed by its number; what it lost goes again, the newest first, until 100 documents are whole', async () => {
    for (let sequence = 1; sequence <= 180; sequence += 1) {
      queue(database.db, saleDocument(sequence));
      replicator.wake();
      await clock.advance(1);
    }
    const cancelled = saleDocument(175);
    const cancellation = queueCancellation(database.db, cancelled);
    replicator.wake();
    await clock.advance(60_000);
    calls();
    knows({ lastNumber: 170 });
    for (const sequence of [171, 172, 175]) connector.script.lost.add(saleDocument(sequence).documentId);
    connector.script.lost.add(cancellation.documentId);
    await clock.advance(60_000);
    // 181 documents in fifties: the first has the loss, the next two are whole, the rest is older.
    expect(calls('inspect', 'push')).toEqual([
      '120.0s inspect',
      '120.0s push 171,172,175 -> confirmed,confirmed,confirmed',
      '120.0s push x175 -> confirmed',
      '120.0s inspect',
      '120.0s inspect',
    ]);
    expect([stateOf(database.db, cancelled), stateOf(database.db, cancellation)]).toEqual(['confirmed', 'confirmed']);
    expect(replicator.view().alerts).toEqual([
      {
        kind: 'erp_restored',
        text: 'O ERP voltou no tempo (backup restaurado?): 4 documentos foram postos de novo na fila, sem repetir o que está lá.',
        at: expect.any(String) as string,
      },
    ]);
    // They are there again, and nothing more is looked up.
    connector.script.lost.clear();
    knows({ lastNumber: 180 });
    await clock.advance(60_000);
    expect(calls('inspect', 'push')).toEqual([]);
  });

  test('is looked through to what it had before, however much it was given since', async () => {
    for (let sequence = 1; sequence <= 60; sequence += 1) queue(database.db, saleDocument(sequence));
    await clock.advance(60_000);
    // The restoration; a busy shop delivers two hundred sales before the next heartbeat tells of it.
    for (const sequence of [31, 60]) connector.script.lost.add(saleDocument(sequence).documentId);
    for (let sequence = 61; sequence <= 260; sequence += 1) queue(database.db, saleDocument(sequence));
    replicator.wake();
    await clock.advance(1_000);
    calls();
    knows({ lastNumber: 30 });
    await clock.advance(60_000);
    expect(calls('push').map((line) => line.split(' ').slice(1).join(' '))).toEqual([
      'push 31,60 -> confirmed,confirmed',
    ]);
    expect(replicator.view().alerts[0]?.text).toContain('2 documentos foram postos');
  });

  test('that refuses the look is asked again in a minute, and what it lost goes again', async () => {
    queue(database.db, saleDocument(200));
    await clock.advance(60_000);
    connector.script.lost.add(saleDocument(200).documentId);
    knows({ lastNumber: 199 });
    connector.script.failures.set('inspect', failure('refused', 'Estoque insuficiente'));
    await clock.advance(61_000);
    expect(calls('inspect')).toHaveLength(1);
    // Sales since then: nothing in its heads tells of the loss any more.
    knows({ lastNumber: 200 });
    connector.script.failures.clear();
    await clock.advance(60_000);
    expect(calls('push').at(-1)).toMatch(/ push 200 -> confirmed$/);
  });

  test('is read whole again, as its ids are counted anew', async () => {
    await clock.advance(1_000);
    knows({ lastNumber: 100 });
    const before = replicator.view().wholeReads;
    await clock.advance(60_000);
    expect(before).toEqual([]);
    const generation = database.db.write(() => lines.filter((line) => line.endsWith('products')).length);
    expect(generation).toBeGreaterThan(0);
    expect(listAlerts(database.db.read)).toMatchObject([{ kind: 'erp_restored' }]);
  });

  test('is noticed by the catalogue alone, where its number and its audit head are past the old ones again', async () => {
    let highest = 1_000;
    Object.assign(connector, {
      pullPrices: ({ transId }: { readonly transId: number }) =>
        Promise.resolve({
          ok: true,
          value: { rows: [], nextTransId: Math.max(transId, highest), more: false },
        }),
    });
    for (let sequence = 1; sequence <= 200; sequence += 1) queue(database.db, saleDocument(sequence));
    await clock.advance(2 * HOUR_MS);
    // The restoration took a price and two sales along, and nothing that a heartbeat compares.
    highest = 700;
    for (const sequence of [199, 200]) connector.script.lost.add(saleDocument(sequence).documentId);
    // What came after it is there in any case, and proves nothing.
    database.db.write((tx) => raiseSequence(tx, 'sale', 320));
    for (let sequence = 201; sequence <= 320; sequence += 1) queue(database.db, saleDocument(sequence));
    replicator.wake();
    await clock.advance(1_000);
    knows({ lastNumber: 320 });
    calls();
    await clock.advance(HOUR_MS);
    expect(calls('push').map((line) => line.split(' ').slice(1).join(' '))).toEqual([
      'push 199,200 -> confirmed,confirmed',
    ]);
    expect(replicator.view().alerts[0]?.text).toContain('2 documentos foram postos');
    // Once: it is whole again by what it has now.
    connector.script.lost.clear();
    await clock.advance(2 * HOUR_MS);
    expect(calls('inspect', 'push')).toEqual([]);
  });

  test('goes on with the look-up where a killed core left it', async () => {
    for (let sequence = 1; sequence <= 120; sequence += 1) queue(database.db, saleDocument(sequence));
    await clock.advance(1_000);
    knows({ lastNumber: 10 });
    connector.script.lost.add(saleDocument(120).documentId);
    const { inspect } = connector;
    let looked = 0;
    Object.assign(connector, {
      inspect: (batch: Parameters<typeof inspect>[0]) => {
        looked += batch.length;
        return looked > 50 ? new Promise<never>(() => undefined) : inspect(batch);
      },
    });
    await clock.advance(60_000);
    expect(looked).toBe(100);
    // The second look-up hangs: the core is killed in it and a new one begins.
    looked = 0;
    Object.assign(connector, {
      inspect: (batch: Parameters<typeof inspect>[0]) => {
        looked += batch.length;
        return inspect(batch);
      },
    });
    start();
    await clock.advance(1_000);
    expect(looked).toBeGreaterThanOrEqual(70);
    expect(looked).toBeLessThan(120);
    expect(stateOf(database.db, saleDocument(120))).toBe('confirmed');
  });

  test('that lost no sale is told again what cannot be looked up: the drawer and the audit chain', async () => {
    const told: string[] = [];
    const { deliverAudit } = connector;
    Object.assign(connector, {
      pushCash: (batch: readonly { readonly documentId: string }[]) => {
        told.push(`cash ${batch.length}`);
        return Promise.resolve(confirmAll(batch));
      },
      deliverAudit: (batch: Parameters<typeof deliverAudit>[0]) => {
        told.push(`audit ${batch.rows.map(({ sequence }) => sequence).join()}`);
        return deliverAudit(batch);
      },
    });
    const documentId = '0198c0de-0000-7000-8000-0000000000ca';
    database.db.write((tx) =>
      insertOutboxDocument(tx, {
        document: {
          documentId,
          kind: 'cash',
          naturalKey: 'E01M00000001',
          payload: JSON.stringify({ documentId }),
          payloadHash: 'hash',
          amountCents: 0,
          businessDay: '2026-09-13',
          createdAtMs: 1,
          tick: 1,
        },
        parents: [],
      }),
    );
    const opened = audit('session_open');
    audit('supply');
    knows({ auditHead: audit('counted') });
    await clock.advance(61_000);
    expect(told.splice(0).sort()).toEqual(['audit 1,2,3', 'cash 1']);
    // A backup of before the drawer was opened came back; one row was brought since, so that the head hides the others.
    knows({ auditHead: opened });
    await clock.advance(61_000);
    expect(told.sort()).toEqual(['audit 1,2,3', 'cash 1']);
    expect(replicator.view().alerts).toEqual([]);
  });

  test('that only counts its heartbeats is looked at and nobody is alarmed', async () => {
    queue(database.db, saleDocument(201));
    database.db.write((tx) => raiseSequence(tx, 'sale', 201));
    replicator.wake();
    await clock.advance(61_000);
    expect(calls('inspect')).toEqual(['60.0s inspect']);
    await clock.advance(300_000);
    expect(calls('inspect')).toEqual([]);
    expect(replicator.view().alerts).toEqual([]);
  });
});

describe('a disk restored or copied', () => {
  test('whose ERP holds an audit row that is not here sends nothing until a person resumes, and then goes on', async () => {
    await replicator.stop();
    audit('here');
    knows({ auditHead: 'f'.repeat(64) });
    start();
    queue(database.db, saleDocument(1));
    await clock.advance(61_000);
    expect(calls('push', 'audit')).toEqual([]);
    expect(replicator.view()).toMatchObject({
      reachability: 'stopped',
      stoppedReason: 'audit_behind',
      stoppedText: 'o servidor tem o registro ffffffff, que não está aqui',
    });
    // Told in the chain once, however often the ERP says it.
    await clock.advance(300_000);
    expect(listAuditTail(database.db.read, 10).map(({ action }) => action)).toEqual(['here', 'audit_behind']);
    await restart();
    await clock.advance(1_000);
    expect(calls('push', 'audit')).toEqual([]);
    replicator.resume('all');
    await clock.advance(1_000);
    expect(calls('push', 'audit').map((line) => line.replace(/^\S+ /, ''))).toEqual(['push 1 -> confirmed', 'audit']);
    expect(replicator.view().stoppedReason).toBeNull();
  });

  test('whose station another installation answers for sends nothing until a person resumes', async () => {
    knows({ installationId: 'other' });
    await restart();
    queue(database.db, saleDocument(1));
    await clock.advance(61_000);
    expect(calls('push')).toEqual([]);
    expect(replicator.view()).toMatchObject({ stoppedReason: 'installation_other' });
    replicator.resume('all');
    await clock.advance(61_000);
    expect(calls('push')).toEqual(['61.0s push 1 -> confirmed']);
    knows({ installationId: 'third' });
    await clock.advance(60_000);
    expect(replicator.view()).toMatchObject({ stoppedReason: 'installation_other' });
  });

  test('whose numbers are behind goes on above those of the ERP', async () => {
    knows({ lastNumber: 250 });
    await clock.advance(60_000);
    expect(replicator.view()).toMatchObject({ stoppedReason: 'number_behind' });
    expect(lastOfSequence(database.db.read, 'sale')).toBe(250);
  });
});

describe('a server of another habit', () => {
  test('that tells no audit head gets each row once, and is not told them all again each minute', async () => {
    const brought: number[] = [];
    const { deliverAudit } = connector;
    Object.assign(connector, {
      deliverAudit: (batch: Parameters<typeof deliverAudit>[0]) => {
        brought.push(...batch.rows.map(({ sequence }) => sequence));
        return deliverAudit(batch);
      },
    });
    audit('first');
    audit('second');
    await clock.advance(300_000);
    expect(brought).toEqual([1, 2]);
  });

  test.each([
    ['cuts the head short', (hash: string) => ({ cabeca_auditoria: hash.slice(0, 40) })],
    ['writes identifiers in capitals', (hash: string) => ({ cabeca_auditoria: hash.toUpperCase(), instalacao: '{I}' })],
  ])('that %s is believed, and still shows a disk that was copied', async (_name, store) => {
    const hash = audit('here');
    const decode = (of: string) => MillenniumHeartbeat.parse({ ultimo_numero: 200, instalacao: 'i', ...store(of) });
    knows(decode(hash));
    queue(database.db, saleDocument(1));
    await clock.advance(61_000);
    expect(replicator.view().stoppedReason).toBeNull();
    expect(stateOf(database.db, saleDocument(1))).toBe('confirmed');
    knows(decode('f'.repeat(64)));
    await clock.advance(60_000);
    expect(replicator.view().stoppedReason).toBe('audit_behind');
  });

  test('that answers a number no station can have does not use the numbers up', async () => {
    // Its own code before it: a station may be called 101.
    knows(MillenniumHeartbeat.parse({ ultimo_numero: '101000000123', instalacao: 'i' }));
    await clock.advance(60_000);
    expect(lastOfSequence(database.db.read, 'sale')).toBe(200);
    expect(replicator.view().stoppedReason).toBeNull();
  });

  test('that always answers number 0 is looked at ever more seldom while nothing is lost', async () => {
    await replicator.stop();
    database.remove();
    database = temporaryDatabase();
    database.db.write((tx) => raiseSequence(tx, 'sale', 200));
    knows({ lastNumber: 0 });
    start();
    queue(database.db, saleDocument(1));
    await clock.advance(6 * 3_600_000);
    expect(calls('inspect').length).toBeLessThanOrEqual(7);
    expect(replicator.view().alerts).toEqual([]);
  });
});

describe('the audit chain', () => {
  test('is brought to the ERP in its order, once, and again from where an ERP went back to', async () => {
    const brought: number[][] = [];
    const { deliverAudit } = connector;
    Object.assign(connector, {
      deliverAudit: (batch: Parameters<typeof deliverAudit>[0]) => {
        brought.push(batch.rows.map(({ sequence }) => sequence));
        knows({ auditHead: batch.head });
        return deliverAudit(batch);
      },
    });
    const first = audit('first');
    for (let row = 2; row <= 52; row += 1) audit(`row ${row}`);
    await clock.advance(60_000);
    expect(brought.map((rows) => [rows[0], rows.at(-1)])).toEqual([
      [1, 50],
      [51, 52],
    ]);
    await clock.advance(60_000);
    expect(brought).toHaveLength(2);
    knows({ auditHead: first });
    await clock.advance(120_000);
    // Whoever lost rows may have lost some below its head: all are told again once the look for lost sales is over.
    expect(brought.slice(2).map((rows) => [rows[0], rows.at(-1)])).toEqual([
      [1, 50],
      [51, 52],
    ]);
    expect(connector.script.heads.auditHead).toBe(findAuditHead(database.db.read).hash);
  });
});
