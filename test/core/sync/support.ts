import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '../../../core/clock.ts';
import type {
  CancellationDocument,
  Connector,
  PushReport,
  RemoteFailure,
  SaleDocument,
  StationDocument,
} from '../../../core/connectors/connector.ts';
import type { HeartbeatReply } from '../../../core/connectors/station-reports.ts';
import type { Log } from '../../../core/log.ts';
import type { Random } from '../../../core/random.ts';
import { createReplicator, type Replicator } from '../../../core/sync/replicator.ts';
import type { Database } from '../../../db/database-types.ts';
import { openDatabase } from '../../../db/open-database.ts';
import { findOutboxDocument, insertOutboxDocument, type OutboxState } from '../../../db/outbox-queries.ts';
import { STATION_ROW } from '../../support/station-rows.ts';

export const SKU = '30200001_30110000_0_PP';
export const ORIGIN_MS = Date.parse('2026-09-13T13:00:00.000Z');

/** A file database of the test's own. */
export function temporaryDatabase(): { readonly db: Database; readonly folder: string; readonly remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'station-sync-'));
  const db = openDatabase(join(folder, 'station.db'), { nowMs: () => ORIGIN_MS, newId: () => 'installation' });
  return {
    db,
    folder,
    remove: () => {
      db.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Time that moves only when the test says so. Sleepers wake in the order of their times. */
export type FakeClock = Clock & {
  readonly advance: (ms: number) => Promise<void>;
  readonly jumpWall: (ms: number) => void;
};

export function createFakeClock(): FakeClock {
  let monotonic = 0;
  let wall = ORIGIN_MS;
  const sleepers = new Set<{ readonly atMs: number; readonly wake: () => void }>();
  return {
    nowMs: () => wall,
    monotonicMs: () => monotonic,
    jumpWall: (ms) => {
      wall += ms;
    },
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted === true) return resolve();
        // A rest after work that took no time on this clock only lets others go first.
        if (ms <= 0) return void setImmediate(resolve);
        const sleeper = {
          atMs: monotonic + ms,
          wake: () => {
            sleepers.delete(sleeper);
            resolve();
          },
        };
        sleepers.add(sleeper);
        signal?.addEventListener('abort', sleeper.wake, { once: true });
      }),
    advance: async (ms) => {
      const target = monotonic + ms;
      await settle();
      for (;;) {
        const [next] = [...sleepers].filter(({ atMs }) => atMs <= target).sort((a, b) => a.atMs - b.atMs);
        if (next === undefined) break;
        wall += Math.max(0, next.atMs - monotonic);
        monotonic = Math.max(monotonic, next.atMs);
        next.wake();
        await settle();
      }
      wall += target - monotonic;
      monotonic = target;
    },
  };
}

/** Lets everything that is ready run: promises, and the yields between transactions; a batch of 50 has a dozen. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 200; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

export function createFakeRandom(): Random {
  let next = 0;
  return {
    newId: () => `00000000-0000-7000-8000-${String((next += 1)).padStart(12, '0')}`,
    bytes: (count) => new Uint8Array(count),
    unit: () => 0.5,
  };
}

export const quietLog: Log = {
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  close: () => undefined,
};

/** A sale of one piece in cash; a test changes what it is about. */
export function saleDocument(sequence: number, changes: Partial<SaleDocument> = {}): SaleDocument {
  return {
    kind: 'sale',
    documentId: `0198c0de-0000-7000-8000-${String(sequence).padStart(12, '0')}`,
    number: `E01${String(sequence).padStart(9, '0')}`,
    branchCode: '00010',
    saleEvent: '10',
    showcaseId: 2,
    customerId: 302,
    customer: null,
    salespersonCode: '000024',
    cashRegisterCode: 1,
    paymentTermCode: '1',
    businessDay: '2026-09-13',
    completedAt: '2026-09-13T13:00:00.000Z',
    totalCents: 8990,
    items: [
      {
        position: 1,
        sku: SKU,
        barcode: '7899000001017',
        quantityMilli: 1000,
        grossCents: 8990,
        netCents: 8990,
        salespersonId: 24,
      },
    ],
    tenders: [{ paymentTypeId: 1, cardBrandId: null, acquirerId: null, installments: 1, amountCents: 8990 }],
    ...changes,
  };
}

export function cancellationOf(sale: SaleDocument): CancellationDocument {
  return {
    kind: 'cancellation',
    documentId: sale.documentId.replace('0198c0de', '0198c0df'),
    number: sale.number,
    saleDocumentId: sale.documentId,
    showcaseId: sale.showcaseId,
    branchCode: sale.branchCode,
    reason: 'Cliente desistiu',
    cancelledAt: '2026-09-13T13:05:00.000Z',
  };
}

let tick = 0;
/** The one record of a drawer that `queueCash` puts into the outbox. */
export const CASH_DOCUMENT_ID = '0198c0de-0000-7000-8000-0000000000ca';

/** Puts a document into the outbox as the till does. */
export function queue(db: Database, document: StationDocument, parents: readonly string[] = []): void {
  tick += 1;
  db.write((tx) =>
    insertOutboxDocument(tx, {
      document: {
        documentId: document.documentId,
        kind: document.kind,
        naturalKey: document.number,
        payload: JSON.stringify(document),
        payloadHash: `hash of ${document.documentId}`,
        amountCents: document.kind === 'sale' ? document.totalCents : 0,
        createdAtMs: ORIGIN_MS,
        businessDay: '2026-09-13',
        tick,
      },
      parents,
    }),
  );
}

/** Puts what happened to the drawer into the outbox. */
export function queueCash(db: Database, payload: object = {}): void {
  tick += 1;
  db.write((tx) =>
    insertOutboxDocument(tx, {
      document: {
        documentId: CASH_DOCUMENT_ID,
        kind: 'cash',
        naturalKey: 'E01F00000001',
        payload: JSON.stringify(payload),
        payloadHash: 'hash',
        amountCents: 0,
        createdAtMs: ORIGIN_MS,
        businessDay: '2026-09-13',
        tick,
      },
      parents: [],
    }),
  );
}

export function queueCancellation(db: Database, sale: SaleDocument): CancellationDocument {
  const cancellation = cancellationOf(sale);
  queue(db, cancellation, [sale.documentId]);
  return cancellation;
}

export function stateOf(db: Database, document: StationDocument): OutboxState {
  const row = findOutboxDocument(db.read, document.documentId);
  if (row === null) throw new Error(`${document.documentId} is not in the outbox`);
  return row.state;
}

/** A replicator of station E01 on the given ports; a test names what it is about, and a broken disk fails it. */
export function createTestReplicator(
  ports: Pick<ReplicatorPorts, 'connector' | 'db' | 'clock'> & Partial<ReplicatorPorts>,
): Replicator {
  return createReplicator({
    random: createFakeRandom(),
    log: quietLog,
    settings: { stationCode: 'E01', installationId: 'i', version: '0.1.0' },
    readHeads: () => ({ lastNumber: 0, auditHead: '' }),
    onStorageFailure: (error) => {
      throw error;
    },
    onChange: () => undefined,
    ...ports,
  });
}
type ReplicatorPorts = Parameters<typeof createReplicator>[0];

/** What a replicator is tested on: a file, a clock and an ERP that do as the test says, and what was asked, in lines. */
export type Scene = {
  readonly database: ReturnType<typeof temporaryDatabase>;
  readonly clock: FakeClock;
  readonly lines: string[];
  readonly connector: ReturnType<typeof createScriptedConnector>;
};

export function createScene(): Scene {
  const clock = createFakeClock();
  const lines: string[] = [];
  return { database: temporaryDatabase(), clock, lines, connector: createScriptedConnector(lines, clock.monotonicMs) };
}

/** What a scripted ERP does with the next call of a kind; without one it answers that all is well. */
export type Script = {
  readonly push: ((batch: readonly StationDocument[]) => Promise<PushReport> | PushReport)[];
  readonly failures: Map<string, RemoteFailure>;
  /** What the ERP knows of this station. */
  heads: HeartbeatReply;
  /** Documents that the ERP lost. */
  readonly lost: Set<string>;
};

export function confirmAll(batch: readonly { readonly documentId: string }[]): PushReport {
  return {
    outcomes: batch.map(({ documentId }) => ({
      documentId,
      result: 'confirmed',
      text: null,
      errorClass: null,
      remoteRef: `remote ${documentId.slice(-3)}`,
    })),
    failure: null,
  };
}

export function failure(
  failureClass: RemoteFailure['class'],
  text: string = failureClass,
  extra: Partial<RemoteFailure> = {},
): RemoteFailure {
  return { class: failureClass, text, method: 'm', ...extra };
}

/** A connector that writes each call into `lines` and does as the script says. */
export function createScriptedConnector(lines: string[], now: () => number): Connector & { readonly script: Script } {
  const script: Script = {
    push: [],
    failures: new Map(),
    lost: new Set(),
    heads: { lastNumber: 0, auditHead: '', installationId: 'i', serverAt: null, stations: [] },
  };
  const at = (): string => `${(now() / 1000).toFixed(1)}s`;
  const read = <Value>(name: string, value: Value) => {
    const failed = script.failures.get(name) ?? script.failures.get('*');
    lines.push(`${at()} ${name}${failed === undefined ? '' : ` -> ${failed.class}`}`);
    return Promise.resolve(
      failed === undefined ? ({ ok: true, value } as const) : ({ ok: false, failure: failed } as const),
    );
  };
  const page = { rows: [], nextTransId: 0, more: false };
  return {
    script,
    name: 'millennium',
    readServerVersion: () => read('version', { version: '1', minimumStation: '0', serverAt: null }),
    readStations: () => read('stations', [STATION_ROW]),
    readGroups: () => read('groups', []),
    readBranches: () => read('branches', []),
    readOperators: () => read('operators', []),
    readSalespeople: () => read('salespeople', []),
    readPaymentTypes: () => read('payment types', []),
    readCards: () => read('cards', { brands: [], acquirers: [] }),
    readPaymentTerms: () => read('payment terms', []),
    readFinancialReasons: () => read('financial reasons', []),
    readPromotions: () => read('promotions', []),
    findDefaultCustomer: () => read('customers', null),
    findCustomers: () => read('found customers', []),
    pullProducts: () => read('products', page),
    pullPrices: () => read('prices', page),
    previewPrices: () => read('preview', []),
    pullStock: () => read('stock', page),
    push: async (batch) => {
      const documents = batch.map(({ document }) => document);
      const names = documents.map(({ kind, number }) => `${kind === 'sale' ? '' : 'x'}${Number(number.slice(3))}`);
      const report = await (script.push.shift() ?? confirmAll)(documents);
      const results = report.outcomes.map(({ result }) => result).join(',');
      lines.push(`${at()} push ${names.join(',')} -> ${report.failure?.class ?? results}`);
      return report;
    },
    pushCash: (batch) => Promise.resolve(confirmAll(batch)),
    pushCustomers: (batch) => Promise.resolve(confirmAll(batch.map(({ document }) => document))),
    inspect: (batch) =>
      read(
        'inspect',
        batch.map(({ document: { documentId } }) => ({
          documentId,
          result: script.lost.has(documentId) ? ('waiting' as const) : ('confirmed' as const),
          text: null,
          errorClass: null,
          remoteRef: null,
        })),
      ),
    readDay: () => read('day', []),
    deliverAudit: ({ head }) => read('audit', { head, refusedText: null }),
    sendHeartbeat: () => read('heartbeat', script.heads),
    // The replicator never asks for what a back office does.
    backOffice: {
      write: () => Promise.reject(new Error('not asked for')),
      findSkus: () => Promise.reject(new Error('not asked for')),
      readInvoices: () => Promise.reject(new Error('not asked for')),
    },
    close: () => {
      lines.push(`${at()} close`);
      return Promise.resolve();
    },
  };
}

/** A database whose writes fail with a code of SQLite while the test says so. */
export function failing(db: Database, findCode: () => string | null): Database {
  const check = (): void => {
    const code = findCode();
    if (code !== null) throw Object.assign(new Error(code), { code });
  };
  return {
    ...db,
    write: (...args) => {
      check();
      return db.write(...args);
    },
    writeUnsynced: (work) => {
      check();
      return db.writeUnsynced(work);
    },
  };
}
