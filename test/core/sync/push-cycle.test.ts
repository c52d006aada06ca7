import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../../core/clock.ts';
import type { Connector, SaleDocument } from '../../../core/connectors/connector.ts';
import { createMillenniumConnector } from '../../../core/connectors/millennium/millennium-connector.ts';
import type { Replicator } from '../../../core/sync/replicator.ts';
import { systemRandom } from '../../../core/random.ts';
import { findOutboxDocument } from '../../../db/outbox-queries.ts';
import { raiseSequence } from '../../../db/setup-queries.ts';
import { applyOutcome, markSending } from '../../../db/outbox-writes.ts';
import { startSandbox, temporaryFolder, type Row, type Sandbox } from '../../sandbox/support.ts';
import {
  createTestReplicator,
  queue,
  queueCancellation,
  quietLog,
  saleDocument,
  stateOf,
  temporaryDatabase,
} from './support.ts';

/*
 * The push cycle against the stand-in server in a process of its own, with its faults. What the ERP holds is read from
 * /admin/received, which uses nothing of the product.
 */

const folder = temporaryFolder();
let erp: Sandbox;
let database: ReturnType<typeof temporaryDatabase>;
let open: { readonly replicator: Replicator; readonly connector: Connector }[] = [];
let sequence = 1000;

beforeAll(async () => {
  erp = await startSandbox(folder.path, ['--late3-revives']);
});
afterAll(async () => {
  await erp.end('SIGTERM');
  folder.remove();
});
beforeEach(async () => {
  database = freshDatabase();
  await setFaults({});
});
afterEach(async () => {
  for (const { replicator } of open) await replicator.stop();
  open = [];
  database.remove();
});

/** All tests are one station at one server: in none of them its numbers are behind. */
function freshDatabase(): ReturnType<typeof temporaryDatabase> {
  const fresh = temporaryDatabase();
  fresh.db.write((tx) => raiseSequence(tx, 'sale', 999_999));
  return fresh;
}

/** Only a call that hangs ends like this: on a busy machine one that is answered takes its time. */
const CALL_MS = 10_000;
/** Where a fault lets a call hang, nobody waits for long. */
const HANGING_CALL_MS = 600;

function station(timeoutMs = CALL_MS): Replicator {
  const connector = createMillenniumConnector({
    serverUrl: erp.url,
    user: 'e01',
    password: 'demo-e01',
    clock: systemClock,
    random: systemRandom,
    log: quietLog,
    timeoutMs,
    identity: { version: '0.1.0' },
  });
  const clock = systemClock;
  const replicator = createTestReplicator({ connector, db: database.db, clock, random: systemRandom });
  open.push({ replicator, connector });
  return replicator;
}

const timeoutOf = (fault: string): number => (fault === 'timeoutAfterCommit' ? HANGING_CALL_MS : CALL_MS);

async function setFaults(faults: Row): Promise<void> {
  const { status } = await erp.post('/admin/faults', { seed: 1, faults });
  expect(status).toBe(200);
}

/** A sale of the day that no other test uses. */
function nextSale(changes: Partial<SaleDocument> = {}): SaleDocument {
  sequence += 1;
  return saleDocument(sequence, changes);
}

function queueSale(changes: Partial<SaleDocument> = {}): SaleDocument {
  const sale = nextSale(changes);
  queue(database.db, sale);
  return sale;
}

async function order(sale: SaleDocument): Promise<Row | undefined> {
  const { body } = await erp.get('/admin/received');
  return (body['orders'] as Row[]).find((row) => row['cod_pedidov'] === sale.number);
}

/** How often each method of orders was called while `work` ran. */
async function callsOf(work: () => Promise<unknown>): Promise<Record<string, number>> {
  const read = async (): Promise<Record<string, number>> => (await erp.get('/admin/received')).body['calls'] as never;
  const before = await read();
  await work();
  const after = await read();
  return Object.fromEntries(
    Object.entries(after)
      .map(([name, count]) => [name.split('.').at(-1) ?? name, count - (before[name] ?? 0)] as const)
      .filter(([, count]) => count > 0),
  );
}

async function drain(replicator: Replicator): Promise<void> {
  for (let round = 0; round < 30 && replicator.view().waiting > 0; round += 1) await replicator.sendNow();
}

const once = { rate: 1, max: 1 };

describe('a sale', () => {
  test('is included, delivered, read back and then confirmed', async () => {
    const sale = queueSale();
    const replicator = station();
    const calls = await callsOf(async () => {
      expect(await replicator.sendNow()).toEqual({ ran: true, reason: null, sent: 1, confirmed: 1, left: 0 });
    });
    // The first batch of a run asks for the head of numbers before it: `atualiza` is the heartbeat.
    expect(calls).toEqual({ atualiza: 1, inclui: 1, processastatus: 1, listapedidos: 1 });
    const received = await order(sale);
    expect(received).toMatchObject({
      n_pedido_cliente: sale.documentId,
      status: 3,
      inclusions: 1,
      refusedDuplicates: 0,
      total: 89.9,
    });
    expect(findOutboxDocument(database.db.read, sale.documentId)).toMatchObject({
      state: 'confirmed',
      attempts: 1,
      remoteRef: String(received?.['pedidov']),
    });
  });

  test('of many, in a batch, costs about one call: they are read back by page', async () => {
    const replicator = station();
    const sales = Array.from({ length: 60 }, () => queueSale());
    const calls = await callsOf(() => replicator.sendNow());
    expect(sales.map((sale) => stateOf(database.db, sale))).toEqual(sales.map(() => 'confirmed'));
    // One look by key finds the place for the pages of this run.
    expect(calls).toEqual({ atualiza: 1, inclui: 60, processastatus: 2, listapedidos: 3 });
  });

  test.each([
    // The fault, and the call it strikes.
    ['timeoutAfterCommit', 'inclui'],
    ['dropReply', 'inclui'],
    ['duplicateDelivery', 'inclui'],
    ['http500', 'inclui'],
    ['down', 'inclui'],
    ['timeoutAfterCommit', 'processastatus'],
    ['dropReply', 'processastatus'],
    ['duplicateDelivery', 'processastatus'],
    ['http500', 'processastatus'],
    ['partialErrors', 'processastatus'],
    ['down', 'listapedidos'],
    ['http500', 'listapedidos'],
    ['dropReply', 'listapedidos'],
  ])('arrives once when %s strikes %s', async (fault, method) => {
    const sales = [queueSale(), queueSale()];
    const replicator = station(timeoutOf(fault));
    await setFaults({ [fault]: { ...once, methods: [method] } });
    await drain(replicator);
    const fired = (await erp.get('/admin/faults')).body['fired'] as Record<string, number>;
    expect(fired[fault]).toBeGreaterThan(0);
    for (const sale of sales) {
      expect(stateOf(database.db, sale)).toBe('confirmed');
      expect(await order(sale)).toMatchObject({ status: 3, inclusions: 1, n_pedido_cliente: sale.documentId });
    }
  });

  test('arrives once through a mixture of all faults', async () => {
    const sales = Array.from({ length: 25 }, () => queueSale());
    const cancelled = sales.slice(0, 5).map((sale) => queueCancellation(database.db, sale));
    const replicator = station(HANGING_CALL_MS);
    await setFaults({
      timeoutAfterCommit: { rate: 0.03 },
      dropReply: { rate: 0.05 },
      duplicateDelivery: { rate: 0.1 },
      http500: { rate: 0.08 },
      down: { rate: 0.05 },
      partialErrors: { rate: 0.3 },
    });
    for (let round = 0; round < 40 && replicator.view().waiting > 0; round += 1) await replicator.sendNow();
    await setFaults({});
    await drain(replicator);
    expect(replicator.view()).toMatchObject({ waiting: 0, errors: 0 });
    for (const [index, sale] of sales.entries()) {
      expect(await order(sale)).toMatchObject({ status: index < cancelled.length ? 5 : 3, inclusions: 1 });
    }
  });

  test('that is refused waits for a person with the words of the server, and the others go on', async () => {
    const refused = queueSale({ customerId: 999_999 });
    const fine = queueSale();
    await station().sendNow();
    expect(stateOf(database.db, fine)).toBe('confirmed');
    expect(findOutboxDocument(database.db.read, refused.documentId)).toMatchObject({
      state: 'rejected',
      errorClass: 'refused',
      errorText: 'Cliente não cadastrado(a): 999999',
    });
  });

  test('that a proxy had delivered already is confirmed, not rejected as a duplicate', async () => {
    const sale = queueSale();
    await setFaults({
      http500: { rate: 1, max: 2, methods: ['listapedidos'] },
      dropReply: { ...once, methods: ['inclui'] },
    });
    const first = station();
    await first.sendNow();
    expect(stateOf(database.db, sale)).toBe('unknown');
    // As after a restore from before the send: the station believes that it never tried.
    await first.stop();
    database.remove();
    database = freshDatabase();
    queue(database.db, sale);
    await station().sendNow();
    expect(stateOf(database.db, sale)).toBe('confirmed');
    expect(await order(sale)).toMatchObject({ status: 3, inclusions: 1, refusedDuplicates: 1 });
  });

  test('whose delivery was lost is taken up at the delivery, without another inclusion', async () => {
    const sale = queueSale();
    const replicator = station();
    await setFaults({ http500: { rate: 1, methods: ['processastatus', 'listapedidos'] } });
    await replicator.sendNow();
    expect(stateOf(database.db, sale)).toBe('sent');
    await setFaults({});
    const calls = await callsOf(() => replicator.sendNow());
    expect(calls).toEqual({ listapedidos: 2, processastatus: 1 });
    expect(stateOf(database.db, sale)).toBe('confirmed');
  });

  test('that a person cancelled or changed at the ERP is parked, never overwritten', async () => {
    const [cancelled, changed] = [queueSale(), nextSale()];
    const replicator = station();
    await replicator.sendNow();
    const undone = { vitrine: 2, status_pedidos: [{ cod_pedidov: cancelled.number, status: 5 }] };
    await erp.post('/api/millenium_eco/pedido_venda/processastatus', undone, { user: 'e05' });
    // The same document with other figures, as a station restored with a changed payload would send it.
    queue(database.db, { ...changed, tenders: [{ ...changed.tenders[0], paymentTypeId: 4 } as never] });
    await replicator.sendNow();
    await replicator.stop();
    database.remove();
    database = freshDatabase();
    queue(database.db, cancelled);
    queue(database.db, changed);
    await station().sendNow();
    expect(findOutboxDocument(database.db.read, cancelled.documentId)).toMatchObject({
      state: 'diverged',
      errorText: 'the order was cancelled at the server',
    });
    expect(findOutboxDocument(database.db.read, changed.documentId)).toMatchObject({
      state: 'diverged',
      errorText: 'payments differ: ours lacks there: type 1 no. 1 of 8990',
    });
    expect(await order(cancelled)).toMatchObject({ status: 5 });
  });

  test('whose number another document has stops the sending', async () => {
    const sale = queueSale();
    await station().sendNow();
    const clone = { ...sale, documentId: randomUUID() };
    queue(database.db, { ...clone, number: nextSale().number });
    await erp.post('/admin/faults', { faults: {} });
    database.remove();
    database = freshDatabase();
    queue(database.db, clone);
    // It may have been completed on a newer disk, under another number.
    const follower = nextSale();
    queue(database.db, follower);
    const replicator = station();
    await replicator.sendNow();
    expect([stateOf(database.db, clone), stateOf(database.db, follower)]).toEqual(['diverged', 'pending']);
    expect(await order(follower)).toBeUndefined();
    expect(replicator.view()).toMatchObject({ reachability: 'stopped', stoppedReason: 'code_collision' });
    expect(await order(sale)).toMatchObject({ n_pedido_cliente: sale.documentId });
  });
});

describe('a cancellation', () => {
  test('follows its sale and is confirmed when the ERP says cancelled', async () => {
    const sale = queueSale();
    const cancellation = queueCancellation(database.db, sale);
    await drain(station());
    expect(stateOf(database.db, cancellation)).toBe('confirmed');
    expect(await order(sale)).toMatchObject({
      status: 5,
      obs_canc: 'Cliente desistiu',
      statusHistory: [{ status: 0 }, { status: 3 }, { status: 5 }],
    });
  });

  test.each(['timeoutAfterCommit', 'dropReply', 'http500', 'duplicateDelivery', 'partialErrors'])(
    'arrives when %s strikes it',
    async (fault) => {
      const sale = queueSale();
      const replicator = station(timeoutOf(fault));
      await drain(replicator);
      const cancellation = queueCancellation(database.db, sale);
      await setFaults({ [fault]: { ...once, methods: ['processastatus'] } });
      await drain(replicator);
      expect(stateOf(database.db, cancellation)).toBe('confirmed');
      expect(await order(sale)).toMatchObject({ status: 5, inclusions: 1 });
    },
  );

  test('of a sale that the ERP lost brings the sale again, and is never followed by a delivery', async () => {
    const sale = queueSale();
    // Confirmed here, and not at the ERP: it was restored from yesterday.
    database.db.write((tx) => {
      markSending(tx, sale.documentId);
      applyOutcome(tx, {
        documentId: sale.documentId,
        state: 'confirmed',
        errorClass: null,
        errorText: null,
        errorAtMs: null,
        remoteRef: '1',
        confirmedAtMs: 1,
      });
    });
    const cancellation = queueCancellation(database.db, sale);
    await drain(station());
    expect([stateOf(database.db, sale), stateOf(database.db, cancellation)]).toEqual(['confirmed', 'confirmed']);
    // A 3 after the first try of the 5 would revive it at this server.
    expect(await order(sale)).toMatchObject({ status: 5, statusHistory: [{ status: 0 }, { status: 5 }] });
  });
});

describe('a station that was killed', () => {
  test('between sending and hearing looks its documents up and sends what is not there', async () => {
    const [included, lost] = [queueSale(), queueSale()];
    await setFaults({ timeoutAfterCommit: { ...once, methods: ['inclui'] } });
    const killed = station(60_000);
    void killed.sendNow();
    // Killed while the first inclusion hangs: it is in the ERP, the second was never sent.
    await expect.poll(() => order(included)).toBeDefined();
    expect([stateOf(database.db, included), stateOf(database.db, lost)]).toEqual(['sending', 'sending']);
    const killedConnector = open.pop()?.connector;

    const next = station();
    expect([stateOf(database.db, included), stateOf(database.db, lost)]).toEqual(['unknown', 'unknown']);
    // The dead process's connection is gone: the ERP frees its login.
    await killedConnector?.close();
    await drain(next);
    for (const sale of [included, lost]) {
      expect(stateOf(database.db, sale)).toBe('confirmed');
      expect(await order(sale)).toMatchObject({ status: 3, inclusions: 1 });
    }
  });
});

describe('the account', () => {
  test('never has two calls at once', async () => {
    const { body } = await erp.get('/admin/received');
    expect(body['concurrentCallViolations']).toBe(0);
  });

  test('with a wrong password is reported and not tried again', async () => {
    queueSale();
    await erp.post('/admin/set-password', { user: 'e01', password: 'outra' });
    const replicator = station();
    expect(await replicator.sendNow()).toMatchObject({ ran: false, reason: 'stopped' });
    expect(replicator.view()).toMatchObject({ stoppedReason: 'password_wrong' });
    const calls = await callsOf(() => replicator.sendNow());
    expect(calls).toEqual({});
    await erp.post('/admin/set-password', { user: 'e01', password: 'demo-e01' });
    replicator.resume('all');
    expect(await replicator.sendNow()).toMatchObject({ ran: true, confirmed: 1 });
  });
});
