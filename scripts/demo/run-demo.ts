import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { compare, type Comparison } from './compare.ts';
import { startErp, type ErpProcess, type FaultCounts } from './erp-process.ts';
import { readGoods } from './goods.ts';
import { createJournal, type Journal } from './journal.ts';
import { cancelSale, ringSale, type PaymentTypes } from './ring-sale.ts';
import { createSeededRandom, type SeededRandom } from './seeded-random.ts';
import { planShopping } from './shopping-plan.ts';
import { createStationDriver, type StationDriver } from './station-driver.ts';
import { createSupport, type Support } from './support.ts';
import { createWeather } from './weather.ts';

export type DemoOptions = {
  readonly sales: number;
  readonly seed: number;
  readonly folder: string;
  readonly tell: (line: string) => void;
};

/** What the demo came to; `findings` has a sentence for each thing that is not as it should be. */
export type DemoResult = {
  readonly sold: number;
  readonly cancelled: number;
  readonly confirmed: number;
  readonly comparison: Comparison;
  readonly drainSeconds: number;
  /** From the empty queue until what the restored ERP had lost was noticed and there again; mostly 0. */
  readonly healSeconds: number;
  readonly calls: number;
  readonly concurrentCalls: number;
  readonly faults: FaultCounts;
  /** The ERP was put back to an older backup this often, and its password changed in the middle this often. */
  readonly restores: number;
  readonly passwordFixes: number;
  readonly kills: number;
  readonly killNotes: readonly string[];
};

const FIRST_PASSWORD = 'demo-e01';
/** A small catalogue loads in a moment; what is proven does not depend on its size. */
const PRODUCTS = 300;
/** As long as a real station waits: a person enrols once and is not asked again, however busy the machine is. */
const ENROL_TIMEOUT_MS = 15_000;
/** Short, so that the calls that never get an answer fit into the demo's time; what it cuts off is sent again. */
const CALL_TIMEOUT_MS = 400;
/** The sales are spread over this, so that the replicator lives through every stretch of weather. */
const SELLING_MS = 28_000;
const MAX_PACE_MS = 200;
/** 5 % of the sales are cancelled, some of them before they were sent. */
const CANCELLED_SHARE = 0.05;
/** A heartbeat each minute, and the documents to look up after it. */
const NOTICE_TIMEOUT_MS = 75_000;
/** The longest wait of the replicator is 30 s; then the rest goes in a moment. */
const DRAIN_TIMEOUT_MS = 60_000;

export async function runDemo(options: DemoOptions): Promise<DemoResult> {
  const { folder, seed, tell } = options;
  const random = createSeededRandom(seed);
  const erp = await startErp({ folder, products: PRODUCTS, seed });
  const journal = createJournal(`${folder}/journal.jsonl`);
  let station: StationDriver | null = null;
  let support: Support | null = null;
  try {
    const goods = await readGoods(erp.url, random.fork('goods'));
    const core = { data: `${folder}/station`, log: `${folder}/core.log` };
    station = await createStationDriver({ ...core, callTimeoutMs: ENROL_TIMEOUT_MS });
    const types = await openStore(station, erp);
    await station.end();
    station = await createStationDriver({ ...core, callTimeoutMs: CALL_TIMEOUT_MS });
    support = createSupport({ station, password: FIRST_PASSWORD, tell });
    tell(`store open: ${goods.length} goods, ERP at ${erp.url}`);
    await sellAll({ ...options, random, erp, station, support, journal, types, goods });
    const drainSeconds = await drain(station);
    tell(`drained in ${drainSeconds.toFixed(1)} s`);
    const healSeconds = await heal(station, erp, journal);
    if (healSeconds > 0) tell(`what the old ERP had lost is there again after ${healSeconds.toFixed(1)} s`);
    const confirmed = await countConfirmed(station);
    const received = await erp.received();
    await support.leave();
    return {
      sold: journal.sales().length,
      cancelled: journal.sales().filter((sale) => sale.cancelled).length,
      confirmed,
      comparison: compare(journal.sales(), received.orders),
      drainSeconds,
      healSeconds,
      calls: Object.values(received.calls).reduce((sum, count) => sum + count, 0),
      concurrentCalls: received.concurrentCallViolations,
      faults: received.faults,
      restores: received.restores.length,
      passwordFixes: support.passwordFixes(),
      kills: station.killCount(),
      killNotes: station.kills,
    };
  } finally {
    await support?.leave();
    await station?.end();
    await erp.end();
    journal.close();
  }
}

/** Enrols, loads, logs in and opens the drawer. */
async function openStore(station: StationDriver, erp: ErpProcess): Promise<PaymentTypes> {
  const login = { server: erp.url, user: 'e01', password: FIRST_PASSWORD, stationCode: 'E01' };
  const enrolled = await station.call('setup.enrol', login);
  if (enrolled.load.state !== 'done') throw new Error(`the load ended as ${JSON.stringify(enrolled.load)}`);
  await station.call('operator.login', { code: '1', pin: '1111' });
  await station.call('cashSession.open', { commandId: randomUUID(), floatCents: 20_000 });
  const types = await station.call('payment.types', {});
  const idOf = (kind: string): number => {
    const type = types.find((row) => row.kind === kind && row.supported);
    if (type === undefined) throw new Error(`the store takes no ${kind}`);
    return type.paymentTypeId;
  };
  return { cash: idOf('cash'), debit_card: idOf('debit_card'), credit_card: idOf('credit_card') };
}

type Story = DemoOptions & {
  readonly random: SeededRandom;
  readonly erp: ErpProcess;
  readonly station: StationDriver;
  readonly support: Support;
  readonly journal: Journal;
  readonly types: PaymentTypes;
  readonly goods: Awaited<ReturnType<typeof readGoods>>;
};

async function sellAll(story: Story): Promise<void> {
  const { sales, seed, tell, random, erp, station, support, journal, types, goods } = story;
  const weather = createWeather({ erp, station, support, seed, random: random.fork('weather'), tell });
  const salespeople = (await station.call('salesperson.list', {})).map((row) => row.code);
  const shopping = random.fork('shopping');
  const cancelling = random.fork('cancelling');
  const cancelCount = Math.max(1, Math.round(sales * CANCELLED_SHARE));
  const trapAt = Math.floor(sales * 0.4);
  const startedAt = performance.now();
  let cancelled = 0;

  async function sellOne(): Promise<void> {
    journal.addSale(await ringSale(station, planShopping(shopping, goods, salespeople), types));
  }

  async function cancelOne(): Promise<void> {
    const alive = journal.sales().filter((sale) => !sale.cancelled);
    // The last one is mostly not sent yet; one of the last thirty may be on its way or confirmed.
    const sale = cancelling.chance(0.4) ? alive.at(-1) : cancelling.pick(alive.slice(-30));
    if (sale === undefined) return;
    await cancelSale(station, sale.saleId);
    journal.addCancellation(sale.saleId);
    cancelled += 1;
  }

  // The last ones are kept for the faults that have not struck by then.
  const kept = Object.keys(await erp.firedFaults()).length;
  const paceMs = Math.min(MAX_PACE_MS, SELLING_MS / (sales - kept));
  for (let index = 0; index < sales - kept; index += 1) {
    await weather.moveTo(index / (sales - kept));
    if (index === trapAt) {
      const method = random.pick(['sale.complete', 'sale.complete', 'sale.addItem', 'sale.addTender'] as const);
      station.killInside(method, random.int(0, 4));
    }
    await sellOne();
    if (cancelled < Math.floor((cancelCount * (index + 1)) / sales)) await cancelOne();
    const aheadMs = startedAt + (index + 1) * paceMs - performance.now();
    if (aheadMs > 0) await sleep(aheadMs);
    if ((index + 1) % 50 === 0) tell(`${index + 1} sold, ${cancelled} cancelled`);
  }
  await weather.killedInsideCall();
  while (cancelled < cancelCount) await cancelOne();
  await weather.strikeTheRest(sellOne);
  await weather.clearUp();
  while (journal.sales().length < sales) await sellOne();
}

/** Seconds until nothing waits any more; nobody pushes it. */
async function drain(station: StationDriver): Promise<number> {
  const startedAt = performance.now();
  for (;;) {
    const sync = await station.call('sync.view', {});
    const seconds = (performance.now() - startedAt) / 1000;
    if (sync.waiting === 0) return seconds;
    if (seconds * 1000 > DRAIN_TIMEOUT_MS) {
      const errors = await station.call('sync.errors', {});
      throw new Error(`the queue did not drain: ${JSON.stringify(sync)} ${JSON.stringify(errors.slice(0, 3))}`);
    }
    await sleep(50);
  }
}

/**
 * The station notices an old ERP by what it says of it, which is asked once a minute: until then documents that were
 * confirmed may be gone there. Nobody tells the station; what is lost for longer is lost.
 */
async function heal(station: StationDriver, erp: ErpProcess, journal: Journal): Promise<number> {
  const startedAt = performance.now();
  for (;;) {
    const { lost, unequal } = compare(journal.sales(), (await erp.received()).orders);
    const seconds = (performance.now() - startedAt) / 1000;
    if (lost.length === 0 && unequal.length === 0) return seconds < 1 ? 0 : seconds;
    if (seconds * 1000 > NOTICE_TIMEOUT_MS) return seconds;
    await sleep(1_000);
    await drain(station);
  }
}

/** Sales of which every document is confirmed, as the station itself lists them. */
async function countConfirmed(station: StationDriver): Promise<number> {
  let confirmed = 0;
  let beforeNumber: string | null = null;
  for (;;) {
    const rows: Awaited<ReturnType<typeof listSales>> = await listSales(station, beforeNumber);
    if (rows.length === 0) return confirmed;
    confirmed += rows.filter(
      (row) =>
        row.delivery.state === 'confirmed' &&
        (row.cancellation === null || row.cancellation.delivery.state === 'confirmed'),
    ).length;
    beforeNumber = rows.at(-1)?.number ?? null;
  }
}

function listSales(station: StationDriver, beforeNumber: string | null) {
  return station.call('sale.list', { beforeNumber, limit: 500 });
}
