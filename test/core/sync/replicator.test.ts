import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { PushReport, StationDocument } from '../../../core/connectors/connector.ts';
import type { Replicator } from '../../../core/sync/replicator.ts';
import type { Database } from '../../../db/database-types.ts';
import { getConnectorState } from '../../../db/connector-queries.ts';
import { findOutboxDocument } from '../../../db/outbox-queries.ts';
import { requeueDocument } from '../../../db/outbox-writes.ts';
import { raiseSequence } from '../../../db/setup-queries.ts';
import {
  confirmAll,
  createScene,
  createTestReplicator,
  failing,
  failure,
  queue,
  queueCancellation,
  quietLog,
  saleDocument,
  settle,
  stateOf,
  type Scene,
} from './support.ts';

let database: Scene['database'];
let clock: Scene['clock'];
let lines: Scene['lines'];
let connector: Scene['connector'];
let alerts: string[];
let broken: string[];
let registerChanges: number;
let replicators: Replicator[];

beforeEach(() => {
  ({ database, clock, lines, connector } = createScene());
  alerts = [];
  broken = [];
  registerChanges = 0;
  replicators = [];
  // Seven sales were made before, and the ERP knows them.
  database.db.write((tx) => raiseSequence(tx, 'sale', 7));
  connector.script.heads = { ...connector.script.heads, lastNumber: 7 };
});
afterEach(async () => {
  for (const replicator of replicators) await replicator.stop();
  database.remove();
});

function create(settings: { readonly batchSize?: number } = {}, db: Database = database.db): Replicator {
  const replicator = createTestReplicator({
    connector,
    db,
    clock,
    log: { ...quietLog, error: (event) => void alerts.push(event) },
    settings: { stationCode: 'E01', installationId: 'i', version: '0.1.0', ...settings },
    readHeads: () => ({ lastNumber: 7, auditHead: 'head' }),
    onRegisterChange: () => {
      registerChanges += 1;
    },
    onStorageFailure: (error) => void broken.push(String(error)),
  });
  replicators.push(replicator);
  return replicator;
}

/** What was called since the last time this was asked. */
function calls(): string[] {
  // The question for the server's version is asked at start and each hour, and is nothing to most tests.
  return lines.splice(0).filter((line) => !line.endsWith(' version'));
}

const REGISTERS = [
  'groups',
  'stations',
  'branches',
  'operators',
  'salespeople',
  'payment types',
  'cards',
  'payment terms',
  'financial reasons',
  'promotions',
  'customers',
  'products',
  'prices',
  'stock',
];

function answer(result: PushReport['outcomes'][number]['result'], text: string | null = null) {
  return (batch: readonly StationDocument[]): PushReport => ({
    outcomes: batch.map(({ documentId }) => ({
      documentId,
      result,
      text,
      errorClass: text === null ? null : 'refused',
      remoteRef: null,
    })),
    failure: null,
  });
}

/** A server that is away for documents and for everything else. */
function goDown(): void {
  connector.script.failures.set('*', failure('transient', 'ECONNREFUSED'));
  connector.script.push.push(
    ...Array.from({ length: 20 }, () => () => ({ outcomes: [], failure: failure('transient', 'ECONNREFUSED') })),
  );
}

function comeBack(): void {
  connector.script.failures.clear();
  connector.script.push.length = 0;
}

describe('the schedule', () => {
  test('does everything at start, sales first once the server said how far it knows this station, and then each at its pace', async () => {
    queue(database.db, saleDocument(1));
    create().start();
    await clock.advance(0);
    expect(calls()).toEqual(['0.0s heartbeat', '0.0s push 1 -> confirmed', ...REGISTERS.map((name) => `0.0s ${name}`)]);
    await clock.advance(60_000);
    expect(calls()).toEqual([
      ...['products', 'prices', 'stock'].map((name) => `30.0s ${name}`),
      '60.0s heartbeat',
      ...['products', 'prices', 'stock'].map((name) => `60.0s ${name}`),
    ]);
  });

  test('sends a sale the moment it is woken', async () => {
    const replicator = create();
    replicator.start();
    await clock.advance(1000);
    calls();
    queue(database.db, saleDocument(1));
    replicator.wake();
    await settle();
    expect(calls()).toEqual(['1.0s push 1 -> confirmed']);
  });

  test('does not make up for hours asleep, and a wall clock that jumps changes nothing', async () => {
    create().start();
    await clock.advance(1000);
    calls();
    clock.jumpWall(-86_400_000);
    await clock.advance(28_000);
    expect(calls()).toEqual([]);
    clock.jumpWall(3 * 86_400_000);
    await clock.advance(1_000);
    expect(calls()).toEqual(['30.0s products', '30.0s prices', '30.0s stock']);
  });

  test('asks once after a long wait for an answer, not once for each time it missed', async () => {
    create().start();
    await clock.advance(29_000);
    calls();
    const slow = Promise.withResolvers<undefined>();
    const { pullProducts } = connector;
    Object.assign(connector, {
      pullProducts: async (request: Parameters<typeof pullProducts>[0]) => {
        await slow.promise;
        return pullProducts(request);
      },
    });
    await clock.advance(120_000);
    slow.resolve(undefined);
    await clock.advance(29_000);
    expect(calls().filter((line) => line.endsWith('products'))).toEqual(['149.0s products']);
  });

  test('reads the last ids again every hour, as a row may be committed late', async () => {
    create().start();
    await clock.advance(3_599_000);
    calls();
    await clock.advance(1_000);
    expect(calls().filter((line) => line === '3600.0s products')).toHaveLength(2);
  });
});

describe('a server that is away', () => {
  test('is asked by one call at 1, 2, 4 .. 30 seconds with jitter, and everything goes on when it is back', async () => {
    const sale = saleDocument(1);
    queue(database.db, sale);
    goDown();
    const replicator = create();
    replicator.start();
    await clock.advance(70_000);
    // Half of each wait is chance, here always the middle of it: 0.75, 1.5, 3, 6, 12 and then 22.5 seconds.
    expect(calls()).toEqual(
      ['0.0s', '0.8s', '2.3s', '5.3s', '11.3s', '23.3s', '45.8s', '68.3s'].map(
        // After the version the head is asked for, by turns with a register; no batch goes without it.
        (at, tries) => `${at} ${tries === 0 ? 'version' : tries % 2 === 0 ? 'groups' : 'heartbeat'} -> transient`,
      ),
    );
    expect(stateOf(database.db, sale)).toBe('pending');
    expect(replicator.view()).toMatchObject({
      reachability: 'unreachable',
      nextAttemptInMs: 20_750,
      unreachableSince: '2026-09-13T13:00:00.000Z',
      lastError: { class: 'transient', text: 'ECONNREFUSED' },
      waiting: 1,
      queue: { pending: 1 },
    });
    comeBack();
    await clock.advance(21_000);
    expect(calls().slice(0, 4)).toEqual(
      ['groups', 'stations', 'heartbeat', 'push 1 -> confirmed'].map((name) => `90.8s ${name}`),
    );
    expect(replicator.view()).toMatchObject({ reachability: 'online', unreachableSince: null, waiting: 0 });
  });

  test.each([2_000, 5_000, 11_000, 23_000])(
    'at start is asked for the head before anything is sent, when it comes back after %i ms',
    async (awayMs) => {
      queue(database.db, saleDocument(1));
      connector.script.heads = { ...connector.script.heads, lastNumber: 9 };
      goDown();
      const replicator = create();
      replicator.start();
      await clock.advance(awayMs);
      comeBack();
      calls();
      await clock.advance(60_000);
      expect(calls().filter((line) => line.includes(' push '))).toEqual([]);
      expect(replicator.view().stoppedReason).toBe('number_behind');
    },
  );

  test('for the head alone does not hold the sales up', async () => {
    queue(database.db, saleDocument(1));
    connector.script.failures.set('heartbeat', failure('transient', 'HTTP 500'));
    create().start();
    await clock.advance(10_000);
    expect(stateOf(database.db, saleDocument(1))).toBe('confirmed');
  });

  test('is asked again in time, whatever the wall clock does meanwhile', async () => {
    queue(database.db, saleDocument(1));
    goDown();
    create().start();
    await clock.advance(500);
    clock.jumpWall(-7_200_000);
    await clock.advance(2_000);
    clock.jumpWall(14_400_000);
    await clock.advance(3_000);
    expect(calls()).toEqual([
      '0.0s version -> transient',
      '0.8s heartbeat -> transient',
      '2.3s groups -> transient',
      '5.3s heartbeat -> transient',
    ]);
  });

  test('is remembered as away since then by the next start', async () => {
    goDown();
    const first = create();
    first.start();
    await clock.advance(5_000);
    await first.stop();
    clock.jumpWall(3_600_000);
    expect(create().view()).toMatchObject({
      reachability: 'unreachable',
      unreachableSince: '2026-09-13T13:00:00.000Z',
    });
  });

  test('with its licences taken is asked every 3 to 5 seconds, five times, and then counts as away', async () => {
    queue(database.db, saleDocument(1));
    connector.script.failures.set('*', failure('busy'));
    connector.script.push.push(...Array.from({ length: 9 }, () => () => ({ outcomes: [], failure: failure('busy') })));
    const replicator = create();
    replicator.start();
    await clock.advance(19_000);
    expect(calls()).toEqual([
      '0.0s version -> busy',
      ...['4.0s', '8.0s', '12.0s'].map((at) => `${at} heartbeat -> busy`),
      '16.0s push 1 -> busy',
    ]);
    expect(replicator.view().reachability).toBe('busy');
    await clock.advance(1_500);
    expect(calls()).toEqual(['20.0s push 1 -> busy']);
    expect(replicator.view().reachability).toBe('unreachable');
  });

  test('whose login another session holds is asked once a minute', async () => {
    queue(database.db, saleDocument(1));
    const taken = failure('busy', 'já está conectado', { isSessionTaken: true });
    connector.script.failures.set('*', taken);
    connector.script.push.push(...Array.from({ length: 9 }, () => () => ({ outcomes: [], failure: taken })));
    create().start();
    await clock.advance(119_000);
    expect(calls()).toEqual(['0.0s version -> busy', '60.0s heartbeat -> busy']);
  });

  test.each([
    ['password', 'password_wrong'],
    ['method', 'method_missing'],
  ] as const)(
    'that refuses for a wrong %s is left alone, over restarts, until a person resumes',
    async (cause, reason) => {
      queue(database.db, saleDocument(1));
      connector.script.push.push(() => ({ outcomes: [], failure: failure(cause, 'Senha inválida') }));
      const first = create();
      first.start();
      await clock.advance(10_000);
      expect(calls()).toEqual(['0.0s heartbeat', `0.0s push 1 -> ${cause}`]);
      expect(alerts).toEqual(['connector stopped']);
      await first.stop();
      calls();

      const second = create();
      second.start();
      second.wake();
      await clock.advance(3_600_000);
      expect(calls()).toEqual([]);
      expect(second.view()).toMatchObject({ reachability: 'stopped', stoppedReason: reason, nextAttemptInMs: null });
      expect(await second.sendNow()).toEqual({ ran: false, reason: 'stopped', sent: 0, confirmed: 0, left: 1 });

      second.resume('all');
      await settle();
      expect(calls()[1]).toMatch(/push 1 -> confirmed$/);
      expect(getConnectorState(database.db.read, 'millennium').stoppedReason).toBeNull();
    },
  );

  test('that knows no heartbeat is still sold to', async () => {
    connector.script.failures.set('heartbeat', failure('method'));
    const replicator = create();
    replicator.start();
    await clock.advance(61_000);
    expect(calls().filter((line) => line.includes('heartbeat'))).toEqual(['0.0s heartbeat -> method']);
    expect(replicator.view()).toMatchObject({
      reachability: 'online',
      methods: [{ task: 'heartbeat', state: 'missing' }],
    });
    queue(database.db, saleDocument(1));
    replicator.wake();
    await clock.advance(1_000);
    expect(calls()).toContain('61.0s push 1 -> confirmed');
    // It was in the middle of an update: within the hour it is asked again, and answers.
    connector.script.failures.clear();
    await clock.advance(3_600_000);
    expect(calls().find((line) => line.includes('heartbeat'))).toBe('3600.0s heartbeat');
    expect(replicator.view().methods).toEqual([]);
  });

  test('that refuses one register still gets the others read and the sales sent', async () => {
    connector.script.failures.set('prices', failure('refused', 'row 3: preco1 is not an amount'));
    const replicator = create();
    replicator.start();
    await clock.advance(0);
    expect(calls()).toContain('0.0s stock');
    expect(replicator.view()).toMatchObject({
      reachability: 'online',
      lastError: { class: 'refused', text: 'row 3: preco1 is not an amount' },
    });
  });
});

describe('one cause to stop over another', () => {
  async function collideAndLoseTheServer(break_: () => void): Promise<Replicator> {
    queue(database.db, saleDocument(1));
    connector.script.push.push(answer('collision', 'E01000000001 is another document there'));
    const replicator = create();
    replicator.start();
    await clock.advance(1_000);
    expect(replicator.view().stoppedReason).toBe('code_collision');
    break_();
    await clock.advance(3_600_000);
    return replicator;
  }

  test('is kept under it: an updated program does not lift what waits for a person', async () => {
    const { readServerVersion } = connector;
    const first = await collideAndLoseTheServer(() => {
      const value = { version: '2', minimumStation: '9.0.0', serverAt: null };
      Object.assign(connector, { readServerVersion: () => Promise.resolve({ ok: true, value }) });
    });
    expect(first.view().stoppedReason).toBe('version_too_old');
    await first.stop();
    Object.assign(connector, { readServerVersion });
    queue(database.db, saleDocument(2));
    const second = create();
    second.start();
    await clock.advance(60_000);
    expect(second.view().stoppedReason).toBe('code_collision');
    expect(stateOf(database.db, saleDocument(2))).toBe('pending');
    second.resume('all');
    await clock.advance(1_000);
    expect(stateOf(database.db, saleDocument(2))).toBe('confirmed');
  });

  test('is kept under it: a new password lifts the password alone, and a person the rest', async () => {
    const replicator = await collideAndLoseTheServer(() => {
      connector.script.failures.set('*', failure('password', 'Senha inválida'));
    });
    expect(replicator.view().stoppedReason).toBe('password_wrong');
    connector.script.failures.clear();
    replicator.resume('server');
    expect(replicator.view().stoppedReason).toBe('code_collision');
    // A moved server says nothing of a collision either.
    replicator.resume('server');
    expect(replicator.view().stoppedReason).toBe('code_collision');
    replicator.resume('all');
    expect(replicator.view().stoppedReason).toBeNull();
  });
});

describe('healing', () => {
  // The longest back-off is 30 s, and the longest rest of sending, too: whatever went before, progress comes by then.
  test.each([
    ['all was silent', () => goDown()],
    [
      'sending alone was broken',
      () => {
        const down = (): PushReport => ({ outcomes: [], failure: failure('transient', 'HTTP 500') });
        connector.script.push.push(...Array.from({ length: 5000 }, () => down));
      },
    ],
    [
      'licences were taken',
      () => {
        connector.script.failures.set('*', failure('busy'));
        connector.script.push.push(
          ...Array.from({ length: 5000 }, () => () => ({ outcomes: [], failure: failure('busy') })),
        );
      },
    ],
  ])('after two hours in which %s: every document is there within half a minute', async (_name, breakIt) => {
    create().start();
    await clock.advance(1_000);
    breakIt();
    for (let sequence = 1; sequence <= 120; sequence += 1) {
      queue(database.db, saleDocument(sequence));
      await clock.advance(60_000);
      if (sequence === 60) clock.jumpWall(-3 * 3_600_000);
    }
    comeBack();
    calls();
    await clock.advance(30_000);
    const log = calls();
    const pushes = log.filter((line) => / push .* confirmed/.test(line));
    expect(log.filter((line) => line.includes('->') && !line.includes('confirmed'))).toEqual([]);
    for (let sequence = 1; sequence <= 120; sequence += 1) {
      expect(stateOf(database.db, saleDocument(sequence))).toBe('confirmed');
    }
    // Small batches first, as the link was bad, each twice the one before.
    expect(pushes.length).toBeLessThanOrEqual(6);
  });

  test('after an hour away every register is read again within a minute, and a broken one within five', async () => {
    connector.script.failures.set('stock', failure('transient', 'HTTP 500'));
    const replicator = create();
    replicator.start();
    await clock.advance(1_800_000);
    goDown();
    await clock.advance(3_600_000);
    comeBack();
    calls();
    await clock.advance(60_000);
    const read = new Set(calls().map((line) => line.replace(/^\S+ /, '')));
    expect(REGISTERS.filter((name) => name !== 'stock' && !read.has(name))).toEqual([]);
    await clock.advance(240_000);
    expect(calls().some((line) => line.endsWith(' stock')) || read.has('stock')).toBe(true);
    expect(replicator.view()).toMatchObject({ reachability: 'online', methods: [] });
  });
});

describe('a method that is broken there', () => {
  test('is left alone after three failures while others answer, and sales and the other registers go on', async () => {
    connector.script.failures.set('stock', failure('transient', 'HTTP 500', { method: 'saldodeestoque' }));
    const replicator = create();
    replicator.start();
    await clock.advance(3_000);
    // Each failure is followed by a heartbeat, which tells that the server is there.
    expect(calls().slice(REGISTERS.length)).toEqual([
      '0.0s stock -> transient',
      '0.8s heartbeat',
      '0.8s stock -> transient',
      '1.5s heartbeat',
      '1.5s stock -> transient',
    ]);
    expect(replicator.view()).toMatchObject({
      reachability: 'online',
      methods: [{ task: 'stock', method: 'saldodeestoque', state: 'open', text: 'HTTP 500', nextAttemptInMs: 3_500 }],
    });
    queue(database.db, saleDocument(1));
    replicator.wake();
    await settle();
    expect(calls()).toEqual(['3.0s push 1 -> confirmed']);

    // One probe after 5 s, 10, 20 .. and nobody waits for it.
    await clock.advance(57_000);
    expect(calls().filter((line) => line.includes('stock'))).toEqual(
      ['6.5s', '16.5s', '36.5s'].map((at) => `${at} stock -> transient`),
    );
    expect(alerts).toEqual(['method keeps failing']);
    connector.script.failures.clear();
    await clock.advance(17_000);
    expect(calls()).toContain('76.5s stock');
    expect(replicator.view().methods).toEqual([]);
  });

  test('and sends documents rests at most 30 seconds, and reading goes on', async () => {
    queue(database.db, saleDocument(1));
    const down = (): PushReport => ({ outcomes: [], failure: failure('transient', 'HTTP 500', { method: 'inclui' }) });
    connector.script.push.push(...Array.from({ length: 8 }, () => down));
    const replicator = create();
    replicator.start();
    await clock.advance(100_000);
    const log = calls();
    expect(log.filter((line) => line.includes('push'))).toEqual(
      ['0.0s', '0.8s', '1.5s', '6.5s', '16.5s', '36.5s', '66.5s', '96.5s'].map((at) => `${at} push 1 -> transient`),
    );
    expect(log.filter((line) => line.endsWith('products'))).toEqual(
      ['1.5s', '31.5s', '61.5s', '91.5s'].map((at) => `${at} products`),
    );
    expect(replicator.view()).toMatchObject({
      reachability: 'online',
      waiting: 1,
      methods: [{ task: 'push', method: 'inclui' }],
    });
    await clock.advance(30_000);
    expect(stateOf(database.db, saleDocument(1))).toBe('confirmed');
  });

  test('or not there at all is left out with one alert, and asked again by the hour', async () => {
    connector.script.failures.set('stock', failure('method', 'not found', { method: 'saldodeestoque' }));
    const replicator = create();
    replicator.start();
    await clock.advance(7_300_000);
    expect(calls().filter((line) => line.includes('stock'))).toHaveLength(3);
    expect(alerts).toEqual(['method is not there']);
    expect(replicator.view()).toMatchObject({
      reachability: 'online',
      stoppedReason: null,
      methods: [{ task: 'stock', state: 'missing', text: 'not found' }],
    });
    queue(database.db, saleDocument(1));
    replicator.wake();
    await settle();
    expect(stateOf(database.db, saleDocument(1))).toBe('confirmed');
  });
});

describe('documents', () => {
  test('go in the order they were made, in batches', async () => {
    for (let sequence = 1; sequence <= 5; sequence += 1) queue(database.db, saleDocument(sequence));
    create({ batchSize: 2 }).start();
    await clock.advance(0);
    expect(calls().slice(0, 4)).toEqual([
      '0.0s heartbeat',
      '0.0s push 1,2 -> confirmed,confirmed',
      '0.0s push 3,4 -> confirmed,confirmed',
      '0.0s push 5 -> confirmed',
    ]);
  });

  test('go in smaller batches after each failure and in larger ones again after each success', async () => {
    for (let sequence = 1; sequence <= 60; sequence += 1) queue(database.db, saleDocument(sequence));
    const sizes: number[] = [];
    const down = (batch: readonly StationDocument[]): PushReport => {
      sizes.push(batch.length);
      return { ...answer('untried')(batch), failure: failure('transient') };
    };
    const up = (batch: readonly StationDocument[]): PushReport => {
      sizes.push(batch.length);
      return confirmAll(batch);
    };
    connector.script.push.push(down, down, down, down, down, up, up, up, up);
    create({ batchSize: 40 }).start();
    await clock.advance(60_000);
    expect(sizes).toEqual([40, 20, 10, 5, 5, 5, 10, 20, 25]);
  });

  test('that are refused hold nobody up but what depends on them', async () => {
    const [refused, fine] = [saleDocument(1), saleDocument(2)];
    queue(database.db, refused);
    const cancellation = queueCancellation(database.db, refused);
    queue(database.db, fine);
    connector.script.push.push(([first, ...rest]) => ({
      outcomes: [
        ...answer('rejected', 'SKU não cadastrado')(first === undefined ? [] : [first]).outcomes,
        ...confirmAll(rest).outcomes,
      ],
      failure: null,
    }));
    const replicator = create();
    replicator.start();
    await clock.advance(30_000);
    expect(calls().filter((line) => line.includes('push'))).toEqual(['0.0s push 1,2 -> rejected,confirmed']);
    expect(stateOf(database.db, cancellation)).toBe('pending');
    expect(replicator.view()).toMatchObject({ errors: 1, waiting: 1 });
    expect(findOutboxDocument(database.db.read, refused.documentId)).toMatchObject({
      state: 'rejected',
      errorClass: 'refused',
      errorText: 'SKU não cadastrado',
    });

    database.db.write((tx) => requeueDocument(tx, refused.documentId));
    replicator.wake();
    await settle();
    expect(calls()).toEqual(['30.0s push 1 -> confirmed', '30.0s push x1 -> confirmed']);
  });

  test('of a cancelled sale wait for the sale, and give it back when the ERP lost it', async () => {
    const sale = saleDocument(1);
    queue(database.db, sale);
    const cancellation = queueCancellation(database.db, sale);
    connector.script.push.push(confirmAll, answer('waiting', 'the sale is not at the server'));
    create().start();
    await clock.advance(5_000);
    expect(calls().filter((line) => line.includes('push'))).toEqual([
      '0.0s push 1 -> confirmed',
      '0.0s push x1 -> waiting',
      '5.0s push 1 -> confirmed',
      '5.0s push x1 -> confirmed',
    ]);
    expect([stateOf(database.db, sale), stateOf(database.db, cancellation)]).toEqual(['confirmed', 'confirmed']);
  });

  test('of a cancelled sale that is there and yet not known go to a person after eight rounds, with a pause in each', async () => {
    const sale = saleDocument(1);
    queue(database.db, sale);
    const cancellation = queueCancellation(database.db, sale);
    const contradict = (batch: readonly StationDocument[]): PushReport => {
      const [first] = batch;
      return first?.kind === 'cancellation'
        ? answer('waiting', 'the sale is not at the server')(batch)
        : confirmAll(batch);
    };
    connector.script.push.push(...Array.from({ length: 40 }, () => contradict));
    create().start();
    await clock.advance(120_000);
    const pushes = calls().filter((line) => line.includes('push'));
    expect(pushes.slice(0, 4)).toEqual([
      '0.0s push 1 -> confirmed',
      '0.0s push x1 -> waiting',
      '5.0s push 1 -> confirmed',
      '5.0s push x1 -> waiting',
    ]);
    expect(pushes).toHaveLength(16);
    expect(stateOf(database.db, sale)).toBe('confirmed');
    expect(findOutboxDocument(database.db.read, cancellation.documentId)).toMatchObject({
      state: 'rejected',
      errorText: 'the sale is not at the server',
    });
  });

  test('that a record in use keeps back are tried every 5 seconds, and a person is asked after eight times', async () => {
    const sale = saleDocument(1);
    queue(database.db, sale);
    connector.script.push.push(...Array.from({ length: 9 }, () => answer('sent', 'Registro em uso')));
    create().start();
    await clock.advance(36_000);
    // The first two come in one moment, and count once.
    expect(calls().filter((line) => line.includes('push'))).toHaveLength(9);
    expect(stateOf(database.db, sale)).toBe('rejected');
    expect(alerts).toEqual([]);
  });

  test('that are refused while many sales are completed do not go to a person for that', async () => {
    const sale = saleDocument(1);
    queue(database.db, sale);
    // Committed late at the server: its number is taken, and nobody sees it yet.
    connector.script.push.push(...Array.from({ length: 20 }, () => answer('unknown', 'Pedido já cadastrado')));
    const replicator = create();
    replicator.start();
    for (let woken = 0; woken < 15; woken += 1) {
      await clock.advance(300);
      replicator.wake();
    }
    expect(calls().filter((line) => line.includes('push')).length).toBeGreaterThan(8);
    expect(stateOf(database.db, sale)).toBe('unknown');
  });

  test('whose number another document has stop the sending with an alarm, and reading goes on', async () => {
    const sale = saleDocument(1);
    queue(database.db, sale);
    connector.script.push.push(answer('collision', 'another document'));
    const replicator = create();
    replicator.start();
    await clock.advance(0);
    queue(database.db, saleDocument(2));
    replicator.wake();
    await clock.advance(31_000);
    expect(calls().filter((line) => /push|products/.test(line))).toEqual([
      '0.0s push 1 -> collision',
      '0.0s products',
      '30.0s products',
    ]);
    expect(alerts).toEqual(['document needs a person', 'connector stopped']);
    expect(replicator.view()).toMatchObject({ reachability: 'stopped', stoppedReason: 'code_collision', errors: 1 });
  });

  test('that never left are as they were, so that they cost no look-up', async () => {
    const sale = saleDocument(1);
    queue(database.db, sale);
    connector.script.push.push((batch) => ({ ...answer('untried')(batch), failure: failure('transient') }));
    create().start();
    await settle();
    expect(findOutboxDocument(database.db.read, sale.documentId)).toMatchObject({ state: 'pending', attempts: 0 });
  });

  test('that were leaving when the core was killed are unknown at the next start', async () => {
    const sale = saleDocument(1);
    queue(database.db, sale);
    connector.script.push.push(() => new Promise<never>(() => undefined));
    create().start();
    await settle();
    expect(stateOf(database.db, sale)).toBe('sending');
    replicators.length = 0;
    create();
    expect(stateOf(database.db, sale)).toBe('unknown');
    expect(findOutboxDocument(database.db.read, sale.documentId)?.attempts).toBe(1);
  });

  test.each(['by itself', 'by a person'])(
    'whose end could not be written are looked up as soon as the disk has room, %s',
    async (way) => {
      const sale = saleDocument(1);
      queue(database.db, sale);
      const disk = { isFull: false };
      connector.script.push.push((batch) => {
        disk.isFull = true;
        return confirmAll(batch);
      });
      const replicator = create(
        {},
        failing(database.db, () => (disk.isFull ? 'SQLITE_FULL' : null)),
      );
      if (way === 'by itself') replicator.start();
      else await expect(replicator.sendNow()).rejects.toThrow('SQLITE_FULL');
      await clock.advance(6_000);
      expect(stateOf(database.db, sale)).toBe('sending');
      disk.isFull = false;
      if (way === 'by itself') await clock.advance(6_000);
      else expect(await replicator.sendNow()).toMatchObject({ ran: true, confirmed: 1 });
      expect(findOutboxDocument(database.db.read, sale.documentId)).toMatchObject({ state: 'confirmed', attempts: 2 });
    },
  );

  test('that break the connector are alone in it', async () => {
    const [poison, fine] = [saleDocument(1), saleDocument(2)];
    for (const sale of [poison, fine]) queue(database.db, sale);
    const breakOnPoison = (batch: readonly StationDocument[]): PushReport => {
      if (batch.some(({ documentId }) => documentId === poison.documentId)) throw new Error('bug');
      return confirmAll(batch);
    };
    connector.script.push.push(...Array.from({ length: 9 }, () => breakOnPoison));
    create().start();
    await settle();
    expect([stateOf(database.db, poison), stateOf(database.db, fine)]).toEqual(['unknown', 'confirmed']);
  });

  test('keep what the ERP calls them', async () => {
    queue(database.db, saleDocument(1));
    create().start();
    await settle();
    expect(findOutboxDocument(database.db.read, saleDocument(1).documentId)).toMatchObject({
      remoteRef: 'remote 001',
      confirmedAtMs: clock.nowMs(),
      errorText: null,
    });
  });
});

describe('a small register', () => {
  test('that says something else than before is told, and one that says the same is not', async () => {
    const group = { groupId: 1, code: 'G', description: 'Lojas', policies: { descontoMaximo: 10 }, transId: 1 };
    let policies: Record<string, unknown> = group.policies;
    const { readGroups } = connector;
    connector = {
      ...connector,
      readGroups: async () => {
        const read = await readGroups();
        return read.ok ? { ok: true, value: [{ ...group, policies }] } : read;
      },
    };
    create().start();
    await clock.advance(1_000);
    // The station and its group were not known before.
    expect(registerChanges).toBe(1);
    await clock.advance(300_000);
    expect(registerChanges).toBe(1);
    policies = { descontoMaximo: 5 };
    await clock.advance(300_000);
    expect(registerChanges).toBe(2);
  });
});

describe('a disk', () => {
  test('that fails in the background ends the work and is told, as what was written is not known', async () => {
    const disk = { code: null as string | null };
    create(
      {},
      failing(database.db, () => disk.code),
    ).start();
    await clock.advance(1_000);
    calls();
    disk.code = 'SQLITE_IOERR_FSYNC';
    queue(database.db, saleDocument(1));
    await clock.advance(300_000);
    expect(broken).toEqual(['Error: SQLITE_IOERR_FSYNC']);
    expect(calls()).toEqual([]);
  });

  test('that is full ends nothing: the next try may find room', async () => {
    const disk = { code: null as string | null };
    create(
      {},
      failing(database.db, () => disk.code),
    ).start();
    await clock.advance(1_000);
    disk.code = 'SQLITE_FULL';
    queue(database.db, saleDocument(1));
    await clock.advance(20_000);
    expect(broken).toEqual([]);
    disk.code = null;
    await clock.advance(6_000);
    expect(stateOf(database.db, saleDocument(1))).toBe('confirmed');
  });
});

describe('send now', () => {
  test('drains at once, whatever the back-off says', async () => {
    goDown();
    const replicator = create({ batchSize: 2 });
    replicator.start();
    await clock.advance(40_000);
    comeBack();
    for (let sequence = 1; sequence <= 3; sequence += 1) queue(database.db, saleDocument(sequence));
    calls();
    expect(await replicator.sendNow()).toEqual({ ran: true, reason: null, sent: 3, confirmed: 3, left: 0 });
    expect(calls().slice(0, 3)).toEqual([
      '40.0s heartbeat',
      '40.0s push 1,2 -> confirmed,confirmed',
      '40.0s push 3 -> confirmed',
    ]);
  });

  test('works without the schedule, and says why it did not run', async () => {
    const replicator = create();
    expect(await replicator.sendNow()).toMatchObject({ ran: false, reason: 'nothing_waiting' });
    queue(database.db, saleDocument(1));
    goDown();
    expect(await replicator.sendNow()).toEqual({ ran: false, reason: 'unreachable', sent: 0, confirmed: 0, left: 1 });
    comeBack();
    connector.script.push.push(() => ({ outcomes: [], failure: failure('busy') }));
    expect(await replicator.sendNow()).toMatchObject({ ran: false, reason: 'busy', left: 1 });
    const both = [replicator.sendNow(), replicator.sendNow()];
    expect((await Promise.all(both)).map(({ ran, reason }) => [ran, reason])).toEqual([
      [true, null],
      [false, 'already_running'],
    ]);
  });
});

describe('stopping', () => {
  test('ends even when the ERP never answers, and cuts the call', async () => {
    queue(database.db, saleDocument(1));
    const cut = Promise.withResolvers<PushReport>();
    connector.script.push.push(() => cut.promise);
    const { close } = connector;
    connector = {
      ...connector,
      close: () => {
        cut.resolve({ outcomes: [], failure: failure('transient', 'closed') });
        return close();
      },
    };
    const replicator = create();
    replicators.length = 0;
    replicator.start();
    await settle();
    const stopped = replicator.stop();
    await clock.advance(2_000);
    await stopped;
    expect(calls()).toEqual(['0.0s heartbeat', '2.0s close', '2.0s push 1 -> transient']);
    expect(stateOf(database.db, saleDocument(1))).toBe('unknown');
  });
});

describe('a server that demands a newer station', () => {
  let said = '0';
  beforeEach(() => {
    said = '0';
    const { readServerVersion } = connector;
    connector = {
      ...connector,
      readServerVersion: async () => {
        const reply = await readServerVersion();
        return reply.ok ? { ok: true, value: { ...reply.value, minimumStation: said } } : reply;
      },
    };
  });

  function demand(minimumStation: string): void {
    said = minimumStation;
  }

  test('is neither sent to nor read from, and says why; a resumed or updated station asks again', async () => {
    queue(database.db, saleDocument(1));
    demand('0.2.0');
    const replicator = create();
    replicator.start();
    await clock.advance(60_000);
    expect(calls()).toEqual([]);
    expect(replicator.view()).toMatchObject({
      reachability: 'stopped',
      stoppedReason: 'version_too_old',
      stoppedText: 'o servidor exige a versão 0.2.0; esta é a 0.1.0',
      waiting: 1,
    });
    await replicator.stop();
    calls();
    demand('0.1.0');
    create().start();
    await clock.advance(1_000);
    expect(stateOf(database.db, saleDocument(1))).toBe('confirmed');
  });

  test('in the middle of the day is noticed within the hour', async () => {
    const replicator = create();
    replicator.start();
    await clock.advance(1_000);
    demand('1.0');
    await clock.advance(3_600_000);
    expect(replicator.view().stoppedReason).toBe('version_too_old');
    demand('');
    replicator.resume('all');
    await clock.advance(1_000);
    expect(replicator.view()).toMatchObject({ reachability: 'online', stoppedReason: null });
  });

  test('or does not know the question is talked to', async () => {
    queue(database.db, saleDocument(1));
    connector.script.failures.set('version', failure('method'));
    const replicator = create();
    replicator.start();
    await clock.advance(1_000);
    expect(replicator.view()).toMatchObject({ reachability: 'online', stoppedReason: null });
    expect(stateOf(database.db, saleDocument(1))).toBe('confirmed');
  });

  test('and did not answer at first is asked once it answers something else', async () => {
    connector.script.failures.set('version', failure('transient'));
    const replicator = create();
    replicator.start();
    await clock.advance(2_000);
    connector.script.failures.clear();
    demand('2');
    await clock.advance(30_000);
    expect(replicator.view().stoppedReason).toBe('version_too_old');
  });
});
