import type { z } from 'zod';
import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import type { Random } from '../../random.ts';
import type { Connector, PageRequest, Page, Remote } from '../connector.ts';
import type { CardRegisters, PaymentTypeRow, StationRow } from '../register-rows.ts';
import { createHttp, type Http } from '../http.ts';
import { createMillenniumBackOffice } from './back-office.ts';
import { findCustomers } from './customer-reader.ts';
import { createMillenniumClient, type MillenniumCall } from './client.ts';
import { MillenniumPrice, MillenniumProduct, MillenniumStock } from './decode-catalog.ts';
import { deliverAudit } from './deliver-audit.ts';
import { decodeList, decodeObject, decodeReadableRows, transIdsOf } from './decode-list.ts';
import {
  MillenniumAcquirer,
  MillenniumBranch,
  MillenniumCardBrand,
  MillenniumCustomer,
  MillenniumGroup,
  MillenniumOperator,
  MillenniumPaymentType,
  MillenniumSalesperson,
  MillenniumStation,
  MillenniumVersion,
  stationCodeOf,
} from './decode-registers.ts';
import { MillenniumFinancialReason, MillenniumPaymentTerm, MillenniumPromotion } from './decode-terms.ts';
import type { SessionStore } from './login.ts';
import { MillenniumHeartbeat } from './decode-heartbeat.ts';
import type { NoteRows } from '../skipped-rows.ts';
import type { MethodNames } from './method-names.ts';
import { encodeHeartbeat } from './encode-heartbeat.ts';
import { DEFAULT_CUSTOMER_NAME, millenniumMethods as methods } from './millennium-methods.ts';
import { inspectBatch } from './inspect-batch.ts';
import { createOrderReader } from './order-reader.ts';
import { pushBatch } from './push-batch.ts';
import { pushCash } from './push-cash.ts';
import { pushCustomers } from './push-customers.ts';
import { readDay } from './read-day.ts';
import { previewPrices } from './preview-prices.ts';
import { rowName } from './row-name.ts';
import { readPage, type PageAnswer } from './read-page.ts';

/** Longest wait for one answer: a page of 500 products takes the slowest server seen a few seconds. */
const DEFAULT_TIMEOUT_MS = 15_000;

/** Millennium as a connector, by its wire contract. One account, one connection. */
export function createMillenniumConnector({
  serverUrl,
  user,
  password,
  clock,
  log,
  timeoutMs = DEFAULT_TIMEOUT_MS,
  sessions,
  nameOf,
  noteRows = () => undefined,
  identity,
  http = createHttp(),
}: {
  readonly serverUrl: string;
  readonly user: string;
  readonly password: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly timeoutMs?: number;
  /** Where an open session is kept; without it, only in memory. */
  readonly sessions?: SessionStore;
  /** What this installation calls otherwise than the contract. */
  readonly nameOf?: MethodNames;
  /** Told of each list that was read, with the rows that could not be. */
  readonly noteRows?: NoteRows;
  /** Who calls, for the server's own log. */
  readonly identity: { readonly version: string; readonly machine?: string; readonly replaces?: string };
  /** The network; without it, this machine's. */
  readonly http?: Http;
}): Connector {
  const userAgent = `station/${identity.version}`;
  const client = createMillenniumClient({
    http,
    serverUrl,
    user,
    password,
    timeoutMs,
    userAgent,
    ...(sessions === undefined ? {} : { sessions }),
    ...(nameOf === undefined ? {} : { nameOf }),
  });
  const orders = createOrderReader(client);
  const sender = { machine: identity.machine ?? '', replaces: identity.replaces ?? '', user };

  async function readList<Schema extends z.ZodType>(
    call: MillenniumCall,
    schema: Schema,
  ): Promise<Remote<readonly z.output<Schema>[]>> {
    const reply = await client.call(call);
    if (!reply.ok) return reply;
    const rows = decodeList(reply.value, call.method, 0);
    return rows.ok ? readRows(rows.value, schema, call.method, true) : rows;
  }

  /** Rows that cannot be read are counted in one line: a register of a thousand wrong rows does not fill the log. */
  async function readRows<Schema extends z.ZodType>(
    rows: readonly unknown[],
    schema: Schema,
    method: string,
    isFirst: boolean,
  ): Promise<Remote<readonly z.output<Schema>[]>> {
    const skipped: { readonly row: string; readonly text: string }[] = [];
    const decoded = await decodeReadableRows(rows, schema, method, {
      onSkipped: (row, text) => void skipped.push({ row: rowName(row), text }),
    });
    if (!decoded.ok) return decoded;
    if (skipped.length > 0) {
      log.warn('rows skipped', { method, skipped: skipped.length, rows: rows.length, first: skipped[0]?.text });
    }
    noteRows({ method, skipped, named: () => rows.map(rowName), isFirst });
    return decoded;
  }

  async function readPageRows<Schema extends z.ZodType>(
    call: MillenniumCall,
    schema: Schema,
    top: number,
  ): Promise<Remote<PageAnswer<z.output<Schema>>>> {
    const limit = top === 0 ? { isLarge: true as const } : { query: { ...call.query, $top: top } };
    const reply = await client.call({ ...call, ...limit });
    if (!reply.ok) return reply;
    const rows = decodeList(reply.value, call.method, top);
    if (!rows.ok) return rows;
    const decoded = await readRows(rows.value, schema, call.method, call.query?.['trans_id'] === 0);
    if (!decoded.ok) return decoded;
    const value = { rows: decoded.value, received: rows.value.length, transIds: transIdsOf(rows.value) };
    return { ok: true, value };
  }

  function pull<Row>(
    method: string,
    schema: z.ZodType<Row>,
    scope: Readonly<Record<string, number>>,
    request: PageRequest,
  ): Promise<Remote<Page<Row>>> {
    return readPage<Row>(request, (transId, top) =>
      readPageRows({ method, query: { ...scope, trans_id: transId } }, schema, top),
    );
  }

  async function readStations(stationCode: string): Promise<Remote<readonly StationRow[]>> {
    const method = methods.stations;
    const reply = await client.call({ method });
    if (!reply.ok) return reply;
    const rows = decodeList(reply.value, method, 0);
    if (!rows.ok) return rows;
    const isWanted = (row: unknown): boolean => stationCodeOf(row) === stationCode;
    const onSkipped = (row: unknown, text: string): void => {
      log.warn('row skipped', { method, stationCode: stationCodeOf(row), text });
    };
    return decodeReadableRows(rows.value, MillenniumStation, method, { isWanted, onSkipped });
  }

  async function readPaymentTypes(): Promise<Remote<readonly PaymentTypeRow[]>> {
    const newer = await readList({ method: methods.paymentTypes }, MillenniumPaymentType);
    if (newer.ok || (newer.failure.class !== 'method' && newer.failure.isNotFound !== true)) return newer;
    log.info('older spelling of the payment types', { method: methods.paymentTypesOlder });
    return readList({ method: methods.paymentTypesOlder }, MillenniumPaymentType);
  }

  async function readCards(): Promise<Remote<CardRegisters>> {
    const brands = await readList({ method: methods.cardBrands }, MillenniumCardBrand);
    if (!brands.ok) return brands;
    const acquirers = await readList({ method: methods.acquirers }, MillenniumAcquirer);
    return acquirers.ok ? { ok: true, value: { brands: brands.value, acquirers: acquirers.value } } : acquirers;
  }

  return {
    name: 'millennium',
    readServerVersion: async () => {
      const reply = await client.call({ method: methods.version });
      return reply.ok ? decodeObject(reply.value, MillenniumVersion, methods.version) : reply;
    },
    readStations,
    readGroups: () => readList({ method: methods.groups }, MillenniumGroup),
    readBranches: () => readList({ method: methods.branches }, MillenniumBranch),
    readOperators: () => readList({ method: methods.operators }, MillenniumOperator),
    readSalespeople: (branchId) =>
      readList({ method: methods.salespeople, body: { FILIAL: branchId }, isPostedRead: true }, MillenniumSalesperson),
    readPaymentTypes,
    readCards,
    readPaymentTerms: () => readList({ method: methods.paymentTerms }, MillenniumPaymentTerm),
    readFinancialReasons: () => readList({ method: methods.financialReasons }, MillenniumFinancialReason),
    readPromotions: () => readList({ method: methods.promotions }, MillenniumPromotion),
    findDefaultCustomer: async (customerCode) => {
      const query = customerCode === undefined ? { nome: DEFAULT_CUSTOMER_NAME } : { cod_cliente: customerCode };
      const found = await readList({ method: methods.customers, query }, MillenniumCustomer);
      return found.ok ? { ok: true, value: found.value.length === 0 ? null : found.value } : found;
    },
    findCustomers: (query, limit) => findCustomers(query, limit, client),
    previewPrices: (showcaseId, count) => previewPrices(readList, showcaseId, count),
    pullProducts: (request) => pull(methods.products, MillenniumProduct, { vitrine: request.showcaseId }, request),
    pullPrices: (request) => pull(methods.prices, MillenniumPrice, { vitrine: request.showcaseId }, request),
    pullStock: (request) => pull(methods.stock, MillenniumStock, { filial: request.branchId }, request),
    push: (batch) => pushBatch(batch, { client, orders, clock }),
    pushCustomers: (batch) => pushCustomers(batch, client),
    pushCash: (batch) => pushCash(batch, client),
    inspect: (batch) => inspectBatch(batch, orders),
    readDay: (request) => readDay(request, client),
    deliverAudit: (batch) => deliverAudit(batch, client),
    sendHeartbeat: async (heartbeat) => {
      const reply = await client.call({ method: methods.heartbeat, body: encodeHeartbeat(heartbeat, sender) });
      return reply.ok ? decodeObject(reply.value, MillenniumHeartbeat, methods.heartbeat) : reply;
    },
    backOffice: createMillenniumBackOffice(client),
    close: client.close,
  };
}
