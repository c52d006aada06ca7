import fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { refusalText } from '../../contract/refusal-texts/refusal-text.ts';
import { refusals } from '../../contract/refusals.ts';
import { commonRefusals, isMethodName, stationApi, type MethodName } from '../../contract/station-api.ts';
import { systemClock } from '../../core/clock.ts';
import type { AnyReply } from '../../core/dispatch.ts';
import { systemRandom } from '../../core/random.ts';
import { startStation, type Station } from '../../core/station.ts';
import { fillHoles, valuesOf } from './schema-values.ts';
import { createKnownValues } from './known-values.ts';
import { keepInside } from './keep-inside.ts';
import { copyShop, type Shop } from './make-shop.ts';
import { checkStore } from './store-checks.ts';
import { Finding, type Target } from './target.ts';
import { damages, wreck, type Damage } from './wreck.ts';

/*
 * Every method of the contract against the whole station in this process: the composition root as it ships, on a real
 * file, with the ERP gone. Inputs come from each method's own schema.
 */

type Call = {
  readonly method: string;
  readonly input: unknown;
  readonly damage: readonly Damage[];
  readonly isWindow: boolean;
};

/** Copies the file or checks all of it: hundreds of milliseconds each. */
const RARE = /^(backup\.(now|list|configure)|station\.doctor)$/;
/** Asks the network or hashes a PIN. */
const SELDOM =
  /^(operator\.(login|approve)|setup\.(?!paymentTypes|mapPaymentTypes)|sync\.(resume|sendNow|setIntegration)|printer\.(test|configure|retry)|keys\.|drawer\.|demo\.|customer\.search|backOffice)/;
/** Ends what a case needs; they come now and then. */
const ENDING = /^(operator\.logout|cashSession\.(close|count)|sale\.(abandon|park)|customer\.erase)$/;
/** Starts a server and fills a store: tests of its own show it. */
const NOT_HERE: ReadonlySet<string> = new Set(['setup.openDemo']);
/** Nothing at a till takes this long; a copy of the file and a check of it may. */
const HANG_MS = 20_000;

const calls: fc.Arbitrary<Call> = fc.oneof(
  ...Object.keys(stationApi)
    .filter((name) => !NOT_HERE.has(name))
    .map((name) => ({ weight: weightOf(name), arbitrary: callOf(name as MethodName) })),
  { weight: 80, arbitrary: strangeCall() },
);

function weightOf(name: string): number {
  if (RARE.test(name)) return 1;
  return SELDOM.test(name) ? 12 : ENDING.test(name) ? 12 : 160;
}

function callOf(method: MethodName): fc.Arbitrary<Call> {
  const valid = valuesOf(stationApi[method].input);
  return fc.record({
    method: fc.constant(method as string),
    input: fc.oneof({ weight: 9, arbitrary: valid }, { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) }),
    damage: fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: damages }),
    isWindow: fc.boolean(),
  });
}

function strangeCall(): fc.Arbitrary<Call> {
  const method = fc.oneof(
    fc.string(),
    fc.constantFrom('toString', '__proto__', 'constructor', 'sale', 'sale.', 'SALE.CURRENT'),
  );
  return fc.record({ method, input: fc.jsonValue({ maxDepth: 3 }), damage: fc.constant([]), isWindow: fc.boolean() });
}

/** The target, and the station that it runs on. */
export async function createContractTarget(
  shop: Shop,
  folder: string,
): Promise<{ readonly target: Target; readonly station: Station }> {
  const data = copyShop(shop, join(folder, 'contract'));
  mkdirSync(join(folder, 'paths', 'backups'), { recursive: true });
  writeFileSync(join(folder, 'paths', 'printer'), '');
  const station = await startStation({
    data,
    clock: systemClock,
    random: systemRandom,
    callTimeoutMs: 500,
    keyStore: null,
    onStorageFailure: () => undefined,
  });
  const known = createKnownValues(GIVEN, () => randomUUID());
  const ask = async (method: string, input: unknown, isWindow = false): Promise<AnyReply> => {
    const reply = await station.call(method, input, { isWindow });
    if (reply.ok) known.learn(reply.output);
    return reply;
  };
  const target: Target = {
    name: 'contract',
    share: 6,
    values: calls,
    prepare: () => openTill(ask),
    run: async (value) => {
      const { method, input, damage, isWindow } = value as Call;
      const given = keepInside(wreck(fillHoles(input, known.find), damage), folder);
      known.learn(input);
      const reply = await withinTime(ask(method, given, isWindow), method);
      try {
        judgeReply(method, reply);
      } catch (error) {
        if (error instanceof Error) error.message += `\n  called: ${method} ${JSON.stringify(given)?.slice(0, 1_000)}`;
        throw error;
      }
      return reply.ok ? 'ok' : 'refused';
    },
    check: () => checkStore(join(data, 'station.db')),
    close: () => station.stop(),
  };
  return { target, station };
}

/** What people know without being told by the store. */
const GIVEN = {
  barcode: [
    '7899000001017',
    '7899000002014',
    '7899000003011',
    '7899000006012',
    '7899000007019',
    '7899000008016',
    '7899000011016',
    'LEN131',
  ],
  operatorCode: ['1', '9', '2', '3', '99'],
  pin: ['1111', '9999'],
  salespersonCode: ['24', '000024', '21', '25'],
  cpf: ['529.982.247-25', '11144477735', '52998224725'],
  server: ['http://127.0.0.1:1', '127.0.0.1:1', 'ftp://127.0.0.1'],
  paymentTypeId: [1, 2, 3, 4, 8],
  quantityMilli: [1000, 2000, 500, 1],
  amountCents: [10_000, 100, 1, 8_990, 50_000],
  top: [50],
  path: ['printer', 'nowhere'],
  secondFolder: ['backups', 'nowhere'],
} as const;

/** Somebody at the till, an open drawer and a sale with an item and a customer's money: what most methods are about. */
async function openTill(ask: (method: string, input: unknown) => Promise<AnyReply>): Promise<void> {
  const id = (): string => randomUUID();
  const view = await ask('station.view', {});
  const operator = view.ok ? (view.output as { operator?: unknown }).operator : null;
  if (operator === null || operator === undefined) await ask('operator.login', { code: '1', pin: '1111' });
  const opened = await ask('cashSession.open', { commandId: id(), floatCents: 10_000 });
  if (!opened.ok && opened.error.code === 'session_already_open') {
    const item = await ask('sale.addItem', { commandId: id(), saleId: id(), barcode: '7899000001017' });
    if (!item.ok && item.error.code === 'session_counted') {
      await ask('cashSession.close', { commandId: id(), floatLeftCents: 0 });
      await ask('cashSession.open', { commandId: id(), floatCents: 10_000 });
    }
  }
  const { output } = (await ask('sale.current', {})) as {
    output: { saleId: string; totalCents: number; tenders: readonly unknown[] } | null;
  };
  const saleId = output?.saleId ?? id();
  if (output === null) await ask('sale.addItem', { commandId: id(), saleId, barcode: '7899000002014' });
  await ask('sale.setSalesperson', { commandId: id(), saleId, salespersonCode: '24' });
  // Ended every other time, so that there are completed sales, papers and documents to ask about.
  if (output !== null && output.totalCents > 0) {
    await ask('sale.addTender', { commandId: id(), saleId, paymentTypeId: 1, amountCents: output.totalCents });
    await ask('sale.complete', { commandId: id(), saleId });
  }
  if (output === null) await ask('operator.approve', { code: '9', pin: '9999', permission: 'discount' });
  for (const method of ['sale.parked', 'movement.list', 'printer.jobs', 'sync.errors', 'pix.pending', 'payment.types'])
    await ask(method, {});
}

/** An answer is one that the contract lists, in its own form, with words for it. */
function judgeReply(method: string, reply: AnyReply): void {
  if (reply.ok) {
    if (!isMethodName(method)) throw new Finding('wrong', `${method} is no method and answered`);
    const parsed = stationApi[method].output.safeParse(reply.output);
    if (!parsed.success)
      throw new Finding('wrong', `${method} answered what its schema refuses: ${parsed.error.message}`);
    return;
  }
  const { error } = reply;
  const { code } = error;
  if (code === 'internal') throw new Finding('internal', `${method}: a bug, incident ${error.incident}`);
  if (!Object.hasOwn(refusals, code)) throw new Finding('wrong', `${method}: ${code} is no refusal`);
  const listed: readonly string[] = isMethodName(method) ? stationApi[method].errors : [];
  if (!listed.includes(code) && !(commonRefusals as readonly string[]).includes(code)) {
    throw new Finding('wrong', `${method} refused with ${code}, which it does not list`);
  }
  if (code === 'storage_failed' || code === 'disk_full')
    throw new Finding('wrong', `${method}: ${JSON.stringify(error)}`);
  const facts = refusals[code].facts.safeParse(error);
  if (!facts.success) throw new Finding('wrong', `${method}: facts of ${code}: ${facts.error.message}`);
  for (const language of ['pt-BR', 'en'] as const) {
    const { title, nextStep } = refusalText(error, language);
    if (title === '' || nextStep === '') throw new Finding('wrong', `${code} has no words in ${language}`);
  }
}

async function withinTime<Value>(work: Promise<Value>, what: string): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Finding('hang', `${what}: no answer in ${HANG_MS} ms`)), HANG_MS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
