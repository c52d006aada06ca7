import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../../core/clock.ts';
import { createKeptSessions } from '../../../core/connectors/kept-sessions.ts';
import type { Connector } from '../../../core/connectors/connector.ts';
import { createMillenniumConnector } from '../../../core/connectors/millennium/millennium-connector.ts';
import { systemRandom } from '../../../core/random.ts';
import { createInbox, type Register } from '../../../core/sync/inbox.ts';
import { createOutbox } from '../../../core/sync/outbox.ts';
import { SMALL_REGISTERS } from '../../../core/sync/small-registers.ts';
import { CATALOG } from '../../../core/sync/tasks.ts';
import { findErpSession } from '../../../db/erp-session-queries.ts';
import { listMissingRegisters } from '../../../db/missing-register-queries.ts';
import { startSandbox, temporaryFolder, type Row, type Sandbox } from '../../sandbox/support.ts';
import { queue, queueCancellation, quietLog, saleDocument, stateOf, temporaryDatabase } from '../sync/support.ts';

/* The connector, told nothing, against every dialect of the stand-in server, in a process of its own over HTTP. */

const PRESETS = [
  'plain',
  'strict-basic',
  'wts-session',
  'old-server',
  'dirty-json',
  'all-boolean',
  'shuffled',
  'descending',
  'late-commits',
  'short-answers',
  'empty-include',
  'html-include',
  'reviving',
  'busy-503',
  'worst',
];

const folder = temporaryFolder();
let erp: Sandbox;
let database: ReturnType<typeof temporaryDatabase>;
let connector: Connector;
let sequence = 0;

beforeAll(async () => {
  erp = await startSandbox(folder.path, ['--products', '60']);
});
afterAll(async () => {
  await erp.end('SIGTERM');
  folder.remove();
});
beforeEach(() => {
  database = temporaryDatabase();
  connector = connect();
});
afterEach(async () => {
  await connector.close();
  database.remove();
});

function connect(): Connector {
  const login = { serverUrl: erp.url, serverUser: 'e01' };
  return createMillenniumConnector({
    serverUrl: erp.url,
    user: 'e01',
    password: 'demo-e01',
    clock: systemClock,
    random: systemRandom,
    log: quietLog,
    sessions: createKeptSessions(database.db, systemClock, login),
    identity: { version: '0.1.0' },
  });
}

async function speak(dialect: Row): Promise<void> {
  expect((await erp.post('/admin/dialect', dialect)).status).toBe(200);
}

async function order(number: string): Promise<Row | undefined> {
  const { body } = await erp.get('/admin/received');
  return (body['orders'] as Row[]).find((row) => row['cod_pedidov'] === number);
}

describe.each(PRESETS)('a server that speaks %s', (preset) => {
  test('is read whole, by small pages, and once', async () => {
    await speak({ preset });
    const inbox = createInbox({
      connector,
      db: database.db,
      clock: systemClock,
      log: quietLog,
      settings: { stationCode: 'E01', pageSize: 17 },
    });
    const pulled: Record<string, unknown> = {};
    for (const register of [...SMALL_REGISTERS, ...CATALOG] satisfies Register[]) {
      const reply = await inbox.pull(register);
      pulled[register] = reply.ok ? reply.value : reply.failure;
    }
    expect(pulled).toMatchObject({ payment_types: 19, payment_terms: 4, financial_reasons: 5, products: 60 });
    expect(pulled['stock']).toBe(erp.ready['skus']);
    expect(listMissingRegisters(database.db.read)).toEqual([]);
  });

  test('gets a sale and its cancellation, each once', async () => {
    await speak({ preset });
    const outbox = createOutbox({
      connector,
      db: database.db,
      clock: systemClock,
      random: systemRandom,
      log: quietLog,
      batchSize: 50,
    });
    const sales = [1, 2, 3].map(() => saleDocument((sequence += 1)));
    for (const sale of sales) queue(database.db, sale);
    const [first] = sales;
    if (first === undefined) throw new Error('no sale');
    const cancellation = queueCancellation(database.db, first);
    for (let batch = 0; batch < 12 && outbox.hasDue(); batch += 1) {
      await outbox.sendBatch();
      await systemClock.sleep(preset === 'late-commits' || preset === 'worst' ? 600 : 0);
    }
    expect([...sales, cancellation].map((document) => stateOf(database.db, document))).toEqual(
      Array(4).fill('confirmed'),
    );
    const orders = await Promise.all(sales.map(({ number }) => order(number)));
    expect(orders.map((row) => [row?.['status'], row?.['inclusions']])).toEqual([
      [5, 1],
      [3, 1],
      [3, 1],
    ]);
  });
});

test('a server that wants a session is left without one, also by a station that died and came back', async () => {
  await speak({ preset: 'wts-session' });
  expect(await connector.readBranches()).toMatchObject({ ok: true });
  const key = { serverUrl: erp.url, serverUser: 'e01' };
  expect(findErpSession(database.db.read, key)).not.toBeNull();
  // The first connector is left as a killed core leaves it; the next one finds the session in the file.
  const next = connect();
  expect(await next.readBranches()).toMatchObject({ ok: true });
  await next.close();
  expect(findErpSession(database.db.read, key)).toBeNull();
  const other = connect();
  expect(await other.readBranches()).toMatchObject({ ok: true });
  await other.close();
});
