import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { buildApp, programs } from '../../scripts/build.ts';
import { startErp, type ErpProcess } from '../../scripts/demo/erp-process.ts';
import { readGoods } from '../../scripts/demo/goods.ts';
import { createSeededRandom } from '../../scripts/demo/seeded-random.ts';
import { compareWithErp } from '../torture/check-erp.ts';
import { preloadOptions, writePreload } from '../torture/write-preload.ts';
import type { StoreOptions } from './options.ts';
import { createBooks, enrolTill, workDay, type TillBooks } from './store-days.ts';
import { STORE_FAULTS } from './store-faults.ts';
import { createStoreTill, type StoreTill } from './store-till.ts';

/** What the days of a store came to. */
export type StoreResult = {
  readonly stations: number;
  readonly days: number;
  readonly sales: number;
  readonly cancelled: number;
  /** Sales, cancellations, movements of the drawer and customers that waited when the server came back. */
  readonly waited: number;
  /** Until every queue was empty, under faults, with nobody there. */
  readonly drainSeconds: number;
  readonly calls: number;
  readonly faults: number;
  readonly daysEqual: number;
  readonly lost: number;
  readonly doubled: number;
  readonly unequal: number;
  readonly gaps: number;
  /** Documents that the ERP got under another station's user. */
  readonly strayed: number;
  readonly failures: number;
  readonly seconds: number;
};

const PRODUCTS = 60;
const DAY_MS = 86_400_000;
/** Tills that are worked at the same time: what they do is the machine's work, not a person's. */
const AT_ONCE = 2;
const LOOK_EVERY_MS = 250;

/** Lives the days without a server, brings it back, and holds both sides against each other. */
export async function runStore(options: StoreOptions, write: (line: string) => void): Promise<StoreResult> {
  const startedMs = performance.now();
  const seconds = (): number => Math.round(performance.now() - startedMs) / 1000;
  const tell = (line: string): void => write(`${seconds().toFixed(1).padStart(7)} s  ${line}`);
  process.env['STATION_KEY_STORE'] = 'off';
  await buildApp(tell, programs);
  const folder = mkdtempSync(join(tmpdir(), 'station-store-'));
  const { stations, days, seed, plant } = options;
  const erp = await startErp({ folder, products: PRODUCTS, seed, stations: Math.max(5, stations) });
  const nodeOptions = plant === null ? [] : preloadOptions(writePreload(folder), { plant });
  const tills = Array.from({ length: stations }, (_, index) =>
    createStoreTill(index + 1, join(folder, `${index + 1}`), nodeOptions),
  );
  const books = tills.map(() => createBooks());
  try {
    await liveDays(options, erp, tills, books, tell);
    const waited = await sumOver(tills, async (till) => (await till.call('sync.view', {})).waiting);
    tell(`${waited} documents wait; the server comes back`);
    await erp.setFaults(seed, STORE_FAULTS);
    const backMs = performance.now();
    const stuck = await drainAll(tills, options.bound);
    const drainSeconds = Math.round(performance.now() - backMs) / 1000;
    tell(`queues empty after ${drainSeconds} s`);
    await erp.setFaults(seed, {});
    const { faults, calls } = await erp.received();
    const findings = [...books.flatMap((book) => book.findings), ...stuck];
    for (const [index, till] of tills.entries())
      findings.push(...(await compareWithErp(erp, till.code, (books[index] ?? createBooks()).told)));
    const strayed = await findStrayed(erp);
    const unequalDays = await compareDays(tills, books);
    findings.push(...strayed, ...unequalDays);
    for (const finding of findings) tell(`! ${finding}`);
    const sales = books.flatMap((book) => [...book.told.sales.values()]);
    const count = (word: string): number => findings.filter((text) => text.includes(word)).length;
    return {
      stations,
      days,
      sales: sales.length,
      cancelled: sales.filter((sale) => sale.cancelled).length,
      waited,
      drainSeconds,
      calls: sumOf(calls),
      faults: sumOf(faults),
      daysEqual: books.reduce((sum, { businessDays }) => sum + businessDays.length, 0) - unequalDays.length,
      lost: count('lost'),
      doubled: count('doubled'),
      unequal: count('unequal'),
      gaps: count('gap'),
      strayed: strayed.length,
      failures: findings.length,
      seconds: seconds(),
    };
  } finally {
    await Promise.all(tills.map((till) => till.switchOff()));
    await erp.end();
    if (process.exitCode === undefined) rmSync(folder, { recursive: true, force: true });
  }
}

/** Every till is bound on the first day; then nobody reaches the server any more, until the last evening. */
async function liveDays(
  { days, sales, seed, plant }: StoreOptions,
  erp: ErpProcess,
  tills: readonly StoreTill[],
  books: readonly TillBooks[],
  tell: (line: string) => void,
): Promise<void> {
  const random = createSeededRandom(seed);
  const goods = await readGoods(erp.url, random.fork('goods'));
  await erp.setClock(-(days - 1) * DAY_MS);
  await atOnce(tills, async (till) => {
    await till.switchOn(days - 1);
    await enrolTill(till, erp.url);
  });
  await erp.setFaults(seed, { down: { rate: 1 } });
  for (let day = 1; day <= days; day += 1) {
    await atOnce(tills, async (till, index) => {
      if (day > 1) await till.switchOn(days - day);
      const book = books[index] ?? createBooks();
      await workDay(till, {
        day,
        sales,
        goods,
        random: random.fork(`${till.code} ${day}`),
        books: book,
        isSimple: plant !== null,
      });
      if (day < days) await till.switchOff();
    });
    tell(`day ${day} of ${days}: ${books.reduce((sum, { told }) => sum + told.sales.size, 0)} sales so far`);
  }
  await erp.setClock(0);
}

/** Waits until every queue is empty; answers whose is not. Nobody presses anything. */
async function drainAll(tills: readonly StoreTill[], boundSeconds: number): Promise<string[]> {
  const until = performance.now() + boundSeconds * 1000;
  for (;;) {
    const views = await Promise.all(
      tills.map(async (till) => ({ code: till.code, view: await till.call('sync.view', {}) })),
    );
    const waiting = views.filter(({ view }) => view.waiting > 0 || view.errors > 0);
    if (waiting.length === 0) return [];
    if (performance.now() > until)
      return waiting.map(({ code, view }) => `lost: ${code} still has ${JSON.stringify(view)}`);
    await sleep(LOOK_EVERY_MS);
  }
}

/** Each day of each till, as the station itself compares it with the ERP. */
async function compareDays(tills: readonly StoreTill[], books: readonly TillBooks[]): Promise<string[]> {
  const findings: string[] = [];
  for (const [index, till] of tills.entries()) {
    for (const businessDay of books[index]?.businessDays ?? []) {
      const { isEqual, here, there } = await till.call('reconcile.day', { businessDay });
      if (!isEqual) findings.push(`unequal: ${till.code} on ${businessDay}: ${JSON.stringify({ here, there })}`);
    }
  }
  return findings;
}

type Signed = { readonly received_from: string };

/** A document belongs to the user of its own station. */
async function findStrayed(erp: ErpProcess): Promise<string[]> {
  const received = (await erp.received()) as unknown as {
    readonly orders: readonly (Signed & { readonly cod_pedidov: string })[];
    readonly cashRecords: readonly (Signed & { readonly estacao: string; readonly id: string })[];
  };
  const rows = [
    ...received.orders.map((order) => ({ name: order.cod_pedidov, station: order.cod_pedidov.slice(0, 3), ...order })),
    ...received.cashRecords.map((record) => ({ name: record.id, station: record.estacao, ...record })),
  ];
  return rows
    .filter(({ station, received_from: user }) => user.toLowerCase() !== station.toLowerCase())
    .map(({ name, station, received_from: user }) => `strayed: ${name} of ${station} came from ${user}`);
}

async function atOnce<Item>(items: readonly Item[], work: (item: Item, index: number) => Promise<void>): Promise<void> {
  const left = items.entries();
  const worker = async (): Promise<void> => {
    for (const [index, item] of left) await work(item, index);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

async function sumOver<Item>(items: readonly Item[], ask: (item: Item) => Promise<number>): Promise<number> {
  return (await Promise.all(items.map(ask))).reduce((sum, value) => sum + value, 0);
}

function sumOf(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}
