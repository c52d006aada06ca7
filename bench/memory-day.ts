import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createRandom } from '../sandbox/seed/random.ts';
import { createElectronCommand, prepareDataFolder } from '../scripts/electron-command.ts';
import { PAGE_CACHE_KB } from '../db/open-database.ts';
import { projectFolder, type ResolvedElectron } from '../scripts/resolve-electron.ts';
import { ELECTRON_VARIABLE } from '../test/e2e/support/launch-station.ts';
import prepareRun from '../test/e2e/support/prepare-run.ts';
import { openSecondClient, startBenchCore, type BenchClient } from './flow/bench-core.ts';
import { startCopiedErp } from './flow/kept-erp.ts';
import { readGoods } from './flow/sellable-goods.ts';
import { sell } from './flow/sell.ts';
import { openReadOnly, readSize } from './floor/raw-database.ts';
import { readMemoryMb, sumMb, type Role } from './measure/proportional-memory.ts';
import { makeEmptyElectron } from './window/empty-electron.ts';
import { startApp } from './window/running-app.ts';

/** What a process does right after its start or a batch of sales is over by then. */
const SETTLE_MS = 3_000;
/**
 * A till of 600 sales a day rests for a minute between two. V8 and Chromium look through what a burst of sales left once
 * nothing was new for 8 to 20 s; until then the page holds 30 to 45 MB that nobody needs, now more and now less, and the
 * core the 5 MB of a PIN's thread.
 */
const REST_MS = 30_000;
const STEPS = 10;
const SEED = 7;
/** Not E01: `load` enrols that one at the kept server, which remembers how far it was. */
const STATION = { user: 'e02', password: 'demo-e02', stationCode: 'E02' };
const TILL = '[data-testid=barcode]';
const READY = '[data-testid=ready]';

type Memory = Readonly<Record<Role, number>>;

type Sample = { readonly sales: number; readonly memory: Memory };

type MemoryDay = {
  readonly floors: readonly [before: Memory, after: Memory];
  /** Right after the start. */
  readonly start: Sample;
  /** After the sales of the day, rested. */
  readonly end: Sample;
  /** Along as many sales again, each time with what nobody refers to collected. */
  readonly kept: readonly Sample[];
  /** Sales after which every bounded cache was full. */
  readonly morningSales: number;
  /** The most that was seen right after a burst of sales. */
  readonly highestMb: number;
};

/**
 * A day of the real window with its core and a server that takes every sale. Sold through the core's socket, so that the
 * window hears of each change and shows it; never at the same time as the floor, which would share its pages.
 *
 * In the morning what is bounded takes its size. The largest is the core's page cache, which keeps each page that is
 * written until it is full: it is at the latest when the database has grown by its bound. Then `sales` are measured,
 * and as many again for what grows: how much garbage lies about at a moment says nothing of that.
 */
export async function spendDay(options: {
  readonly folder: string;
  readonly skus: number;
  readonly sales: number;
  readonly note: (line: string) => void;
}): Promise<MemoryDay> {
  const { folder, skus, sales, note } = options;
  const data = join(folder, 'data');
  const erp = await startCopiedErp({ skus, folder: join(folder, 'erp'), note });
  const stopDisplay = await prepareRun();
  try {
    await openStore(data, erp.url, note);
    const electron = JSON.parse(process.env[ELECTRON_VARIABLE] ?? '{}') as ResolvedElectron;
    const product = createElectronCommand({ ...electron, projectFolder });
    const floor = createElectronCommand({ ...makeEmptyElectron(electron), projectFolder });
    const emptyData = join(folder, 'empty');
    prepareDataFolder(floor.user, emptyData);
    if (product.user !== undefined) execFileSync('chown', ['-R', `${product.user.uid}:${product.user.gid}`, data]);
    const readFloor = async (): Promise<Memory> => {
      const app = await startApp(floor, emptyData, READY);
      await sleep(SETTLE_MS);
      const memory = readMemoryMb(app.pid);
      await app.stop();
      return memory;
    };
    const before = await readFloor();
    const app = await startApp(product, data, TILL);
    try {
      const sold = await sellAll({ app, data, sales, note });
      await app.stop();
      return { floors: [before, await readFloor()], ...sold };
    } finally {
      await app.stop();
    }
  } finally {
    stopDisplay();
    await erp.end();
  }
}

/** Enrolled and loaded by the product itself, with the manager at the till and an open drawer. */
async function openStore(data: string, server: string, note: (line: string) => void): Promise<void> {
  const core = await startBenchCore(data, null);
  const startedAt = performance.now();
  await core.call('setup.enrol', { server, ...STATION });
  await core.call('operator.login', { code: '9', pin: '9999' });
  await core.call('cashSession.open', { commandId: randomUUID(), floatCents: 10_000 });
  await core.stop();
  note(`loaded in ${Math.round(performance.now() - startedAt)} ms`);
}

async function sellAll({
  app: { pid, touch, collect },
  data,
  sales,
  note,
}: {
  readonly app: Awaited<ReturnType<typeof startApp>>;
  readonly data: string;
  readonly sales: number;
  readonly note: (line: string) => void;
}): Promise<Omit<MemoryDay, 'floors'>> {
  const till = await openSecondClient(data);
  const reading = openReadOnly(join(data, 'station.db'));
  try {
    const goods = readGoods(reading, 500);
    const random = createRandom(SEED);
    let sold = 0;
    let highestMb = 0;
    const look = (when: string): Sample => {
      const memory = readMemoryMb(pid);
      highestMb = Math.max(highestMb, sumMb(memory));
      const parts = Object.entries(memory).map(([role, value]) => `${role} ${value.toFixed(1)}`);
      note(`after ${sold} sales, ${when}: ${parts.join(', ')} MB`);
      return { sales: sold, memory };
    };
    /** A superior's PIN, then `count` sales; looks when the server has them all. */
    const spend = async (count: number): Promise<Sample> => {
      await touch();
      if (count > 0) await till.call('operator.approve', { code: '9', pin: '9999', permission: 'discount' });
      for (const until = sold + count; sold < until; sold += 1) await sell(till, goods, random);
      await drain(till);
      await sleep(SETTLE_MS);
      return look('busy');
    };
    const start = await spend(0);
    const isFullAt = readSize(reading) + PAGE_CACHE_KB * 1024;
    const stepSales = Math.max(1, Math.round(sales / STEPS));
    // In steps: a till that never rests at all lets its heap grow further.
    while (readSize(reading) < isFullAt) await spend(stepSales);
    const morningSales = sold;
    let end = start;
    for (let step = 0; step < STEPS; step += 1) {
      await spend(stepSales);
      await sleep(REST_MS);
      end = look('rested');
    }
    const kept: Sample[] = [];
    for (let step = 0; step <= STEPS; step += 1) {
      if (step > 0) {
        await spend(stepSales);
        await sleep(REST_MS);
      }
      await collect();
      // What the collection gave back is given back a moment later.
      await sleep(SETTLE_MS);
      kept.push(look('collected'));
    }
    return { start, end, kept, morningSales, highestMb };
  } finally {
    reading.close();
    await till.stop();
  }
}

/** Until the server has all: what waits is kept in no process, but what sends it is. */
async function drain(till: BenchClient): Promise<void> {
  for (;;) {
    const { output } = await till.call('sync.view', {});
    const { waiting, stoppedText } = output as { readonly waiting: number; readonly stoppedText: string | null };
    if (stoppedText !== null) throw new Error(`the station stopped sending: ${stoppedText}`);
    if (waiting === 0) return;
    await sleep(50);
  }
}
