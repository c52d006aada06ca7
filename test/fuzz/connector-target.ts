import fc from 'fast-check';
import { join } from 'node:path';
import type { OutgoingDocument, PushReport, SaleDocument } from '../../core/connectors/connector.ts';
import type { Http, HttpReply } from '../../core/connectors/http.ts';
import { createMillenniumConnector } from '../../core/connectors/millennium/millennium-connector.ts';
import { systemClock } from '../../core/clock.ts';
import { LOAD_STEPS } from '../../core/setup/initial-load.ts';
import { systemRandom } from '../../core/random.ts';
import { createInbox } from '../../core/sync/inbox.ts';
import { openDatabase } from '../../db/open-database.ts';
import { quietLog, saleDocument } from '../core/sync/support.ts';
import { copyShop, methodOf, type Captures, type Shop } from './make-shop.ts';
import { checkStore } from './store-checks.ts';
import { Finding, type Target } from './target.ts';
import { damages, wreck, type Damage } from './wreck.ts';

/*
 * Every answer of the ERP: what the stand-in really said, spoilt, given to the connector in the place of the network. The
 * registers go through the inbox into a real file.
 */

/** One answer: which of those that were recorded, of which method, and what became of it on the way. */
type Answer = {
  readonly pick: number;
  /** Of another method than the one that was called. */
  readonly foreign: number | null;
  readonly status: number;
  readonly damage: readonly Damage[];
  readonly dirt: 'none' | 'cut' | 'controls' | 'html' | 'empty' | 'silence' | 'text';
  readonly at: number;
  readonly text: string;
};
type Case = { readonly work: number; readonly answers: readonly Answer[] };

const PASSWORD = 'senha-que-ninguem-ve';
/** A call that is answered in memory; the longest reads ask a dozen times. */
const HANG_MS = 10_000;
const MAX_CALLS = 400;

const answers: fc.Arbitrary<Answer> = fc.record({
  pick: fc.nat({ max: 12 }),
  foreign: fc.oneof({ weight: 9, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.nat({ max: 40 }) }),
  status: fc.oneof(
    { weight: 8, arbitrary: fc.constant(200) },
    { weight: 1, arbitrary: fc.constantFrom(201, 204, 302, 400, 401, 403, 404, 429, 500, 503) },
  ),
  damage: fc.oneof({ weight: 1, arbitrary: fc.constant([]) }, { weight: 3, arbitrary: damages }),
  dirt: fc.oneof(
    { weight: 8, arbitrary: fc.constant('none' as const) },
    {
      weight: 2,
      arbitrary: fc.constantFrom(
        'cut' as const,
        'controls' as const,
        'html' as const,
        'empty' as const,
        'silence' as const,
        'text' as const,
      ),
    },
  ),
  at: fc.nat({ max: 4_000 }),
  text: fc.string({ maxLength: 60, unit: 'binary' }),
});

/** The network as a recording that was tampered with: the answers of a case in turn, then the last one for ever. */
function createTamperedHttp(captures: Captures, { answers: given }: Case): Http {
  const names = [...captures.keys()];
  let calls = 0;
  return {
    send: (request): Promise<HttpReply> => {
      if (calls >= MAX_CALLS) throw new Finding('hang', `${request.url} is asked again and again`);
      const answer = given[Math.min(calls, given.length - 1)];
      calls += 1;
      if (answer === undefined || answer.dirt === 'silence') return Promise.resolve({ answered: false, text: 'reset' });
      const method = answer.foreign === null ? methodOf(request.url) : (names[answer.foreign % names.length] ?? '');
      return Promise.resolve({
        answered: true,
        status: answer.status,
        body: bodyOf(captures.get(method) ?? ['{}'], answer),
      });
    },
    cancel: () => undefined,
    close: () => undefined,
  };
}

function bodyOf(recorded: readonly string[], { pick, damage, dirt, at, text }: Answer): string {
  const said = recorded[pick % recorded.length] ?? '';
  const body = damage.length === 0 ? said : (JSON.stringify(wreck(parse(said), damage)) ?? '');
  const place = at % (body.length + 1);
  switch (dirt) {
    case 'cut':
      return body.slice(0, place);
    case 'controls':
      return `${body.slice(0, place)}\u0003\n\t${body.slice(place)}`;
    case 'html':
      return `<html><body>${text}<form>login</form></body></html>`;
    case 'empty':
      return '';
    case 'text':
      return `${body.slice(0, place)}${text}${body.slice(place)}`;
    default:
      return body;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

export function createConnectorTarget(shop: Shop, folder: string): Target {
  const file = join(copyShop(shop, join(folder, 'connector')), 'station.db');
  const db = openDatabase(file, { nowMs: () => Date.now(), newId: systemRandom.newId });
  const clock = { ...systemClock, sleep: () => new Promise<void>((resolve) => void setImmediate(resolve)) };

  async function run(value: unknown): Promise<'ok' | 'refused'> {
    const { work } = value as Case;
    const connector = createMillenniumConnector({
      serverUrl: 'http://erp',
      user: 'e01',
      password: PASSWORD,
      clock,
      random: systemRandom,
      log: quietLog,
      identity: { version: '0.1.0' },
      http: createTamperedHttp(shop.captures, value as Case),
    });
    const inbox = createInbox({ connector, db, clock, log: quietLog, settings: { stationCode: 'E01' } });
    const outcome = await withinTime(doWork(work, connector, inbox), `work ${work}`);
    const text = JSON.stringify(outcome);
    if (text.includes(PASSWORD)) throw new Finding('wrong', 'the password is in an outcome');
    if (isReport(outcome)) return judgeReport(outcome);
    if (outcome.ok) return 'ok';
    if (!CLASSES.has(outcome.failure.class) || outcome.failure.text.length > 2_000)
      throw new Finding('wrong', `failure ${text.slice(0, 300)}`);
    return 'refused';
  }

  return {
    name: 'connector',
    share: 8,
    values: fc.record({ work: fc.nat({ max: WORKS - 1 }), answers: fc.array(answers, { minLength: 1, maxLength: 4 }) }),
    run,
    check: () => checkStore(file),
    close: () => Promise.resolve(db.close()),
  };
}

const CLASSES: ReadonlySet<string> = new Set(['transient', 'busy', 'password', 'method', 'refused']);

type Outcome =
  | PushReport
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly failure: { readonly class: string; readonly text: string } };
type Connector = ReturnType<typeof createMillenniumConnector>;
type Inbox = ReturnType<typeof createInbox>;

const DAY = { businessDay: '2026-11-22', showcaseId: 2, branchCode: '00010', stationCode: 'E01' };
const SALE: OutgoingDocument = {
  document: saleDocument(1),
  triedBefore: false,
  cancellationTried: false,
  cancellationExists: false,
  sale: null,
};
const TRIED: OutgoingDocument = { ...SALE, document: saleDocument(2), triedBefore: true };
const CANCELLATION: OutgoingDocument = {
  ...TRIED,
  cancellationTried: true,
  sale: SALE.document as SaleDocument,
  document: {
    kind: 'cancellation',
    documentId: '0198c0de-0000-7000-8000-00000000000c',
    number: 'E01000000001',
    saleDocumentId: SALE.document.documentId,
    showcaseId: 2,
    branchCode: '00010',
    reason: 'desistiu',
    cancelledAt: '2026-09-13T13:00:00.000Z',
  },
};

/** All that a station asks of the ERP: the registers first, through the inbox; then the rest. */
const OTHER: readonly ((connector: Connector) => Promise<Outcome>)[] = [
  (connector) => connector.readServerVersion(),
  (connector) => connector.readStations('E01'),
  (connector) => connector.readBranches(),
  (connector) => connector.findDefaultCustomer(),
  (connector) => connector.findDefaultCustomer('302'),
  (connector) => connector.previewPrices(2, 5),
  (connector) => connector.findCustomers({ cpf: '52998224725' }, 20),
  (connector) => connector.push([SALE]),
  (connector) => connector.push([TRIED, SALE]),
  (connector) => connector.push([CANCELLATION]),
  (connector) => connector.inspect([SALE, CANCELLATION]),
  (connector) =>
    connector
      .readDay(DAY)
      .then((day) =>
        day.ok ? { ok: true, value: day.value.map((sale) => sale.findDifference(saleDocument(1))) } : day,
      ),
  (connector) =>
    connector.pushCustomers([
      {
        document: {
          kind: 'customer',
          documentId: 'c1',
          number: 'E01C1',
          personId: 'p1',
          commitment: 'x',
          showcaseId: 2,
          ifThere: 'change',
        },
        person: { cpf: '52998224725', name: 'Maria de Souza', phone: null, email: null, address: null, consents: null },
      },
    ]),
  (connector) =>
    connector.pushCash([
      {
        kind: 'cash',
        documentId: '0198c0de-0000-7000-8000-0000000000ca',
        number: 'E01M1',
        action: 'opening',
        stationCode: 'E01',
        turn: 1,
        responsibleCode: '1',
        operatorCode: '1',
        businessDay: '2026-11-22',
        at: '2026-11-22T12:00:00.000Z',
        financialReasonId: null,
        note: '',
        amounts: [{ paymentTypeId: 1, acquirerId: null, amountCents: 10_000 }],
        denominations: [],
      },
    ]),
  (connector) =>
    connector.deliverAudit({
      rows: [
        {
          sequence: 1,
          atMs: 1,
          operatorCode: null,
          approvedBy: null,
          action: 'login',
          subjectId: null,
          detail: '{}',
          previousHash: '',
          hash: 'h1',
        },
      ],
      head: 'h1',
    }),
  (connector) =>
    connector.sendHeartbeat({
      stationCode: 'E01',
      installationId: 'i',
      version: '0.1.0',
      lastNumber: 2,
      auditHead: 'h1',
      waiting: 0,
      waitingCents: 0,
      oldestWaitingAt: null,
      errors: 0,
    }),
  (connector) => connector.backOffice.findSkus(2, '100001'),
  (connector) => connector.backOffice.readInvoices({ showcaseId: 2, transId: 0, top: 50, since: null, until: null }),
  (connector) =>
    connector.backOffice.write({
      kind: 'prices',
      showcaseId: 2,
      priceTableId: 1,
      records: [{ sku: '30200001_30110000_0_PP', price1Cents: 8_990 }],
    }),
];
const WORKS = LOAD_STEPS.length + OTHER.length;

function doWork(work: number, connector: Connector, inbox: Inbox): Promise<Outcome> {
  const step = LOAD_STEPS[work];
  if (step !== undefined) return inbox.pullPage(step);
  const other = OTHER[work - LOAD_STEPS.length];
  if (other === undefined) throw new Error(`no work ${work}`);
  return other(connector);
}

function isReport(outcome: Outcome): outcome is PushReport {
  return 'outcomes' in outcome;
}

const RESULTS: ReadonlySet<string> = new Set([
  'confirmed',
  'sent',
  'waiting',
  'rejected',
  'diverged',
  'collision',
  'unknown',
  'untried',
]);

function judgeReport({ outcomes, failure }: PushReport): 'ok' | 'refused' {
  const ids = outcomes.map(({ documentId }) => documentId);
  if (new Set(ids).size !== ids.length || ids.length === 0) throw new Finding('wrong', `outcomes for ${ids.join()}`);
  for (const { result, text } of outcomes) {
    if (!RESULTS.has(result)) throw new Finding('wrong', `outcome ${result}`);
    if (text !== null && text.length > 2_000) throw new Finding('wrong', `an outcome's text of ${text.length}`);
  }
  if (failure !== null && !CLASSES.has(failure.class)) throw new Finding('wrong', `failure ${failure.class}`);
  return outcomes.every(({ result }) => result === 'confirmed' || result === 'sent') ? 'ok' : 'refused';
}

async function withinTime<Value>(work: Promise<Value>, what: string): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Finding('hang', `${what}: no end in ${HANG_MS} ms`)), HANG_MS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
