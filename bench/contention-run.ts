import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createRandom } from '../sandbox/seed/random.ts';
import { copyBacklog, moveServer, type Backlog } from './flow/backlog.ts';
import { openSecondClient, startBenchCore, type BenchClient } from './flow/bench-core.ts';
import { startKeptErp } from './flow/kept-erp.ts';
import { readGoods } from './flow/sellable-goods.ts';
import { sell } from './flow/sell.ts';
import { openRaw, openReadOnly } from './floor/raw-database.ts';

/**
 * What the whole run came to, in milliseconds; `quietMs` are scans of the same core once all of it was done, `commitsMs`
 * single rows that this process committed to a file of its own on the same disk meanwhile: what no till is faster than.
 */
type Contention = {
  readonly scansMs: readonly number[];
  /** Those of the scans that were made until the backlog was out. */
  readonly drainScans: number;
  readonly completesMs: readonly number[];
  readonly commitsMs: readonly number[];
  readonly quietMs: readonly number[];
  readonly salesPerSecond: number;
  readonly reloadMs: number;
  readonly drainMs: number;
  readonly copies: number;
  readonly summaries: number;
  /** Lines of the core's log that name a locked database. */
  readonly busy: number;
};

const REGISTERS = ['products', 'prices', 'stock'] as const;
const SEED = 11;
/** The builder's first statements of a process are not what is measured. */
const WARM_UP_SALES = 20;
const QUIET_SALES = 100;
const POLL_MS = 200;
/** A manager who looks again and again, and a copy as soon as the last one is there. */
const BETWEEN_LOOKS_MS = 1_000;
const BETWEEN_COPIES_MS = 10_000;
const TIMEOUT_MS = 900_000;

export async function runContention({
  backlog,
  folder,
  erpFolder,
  salesPerSecond,
  note,
  profile,
}: {
  readonly backlog: Backlog;
  readonly folder: string;
  /** Not on the disk of the till: the ERP's own syncs are another machine's. */
  readonly erpFolder: string;
  readonly salesPerSecond: number;
  readonly note: (line: string) => void;
  readonly profile: string | null;
}): Promise<Contention> {
  const data = join(folder, 'store');
  copyBacklog(backlog.erp, erpFolder);
  copyBacklog(backlog.store, data);
  const erp = await startKeptErp({ skus: 1, folder: erpFolder, note: () => undefined });
  moveServer(join(data, 'station.db'), erp.url);
  const core = await startBenchCore(data, profile);
  const clients = await Promise.all([openSecondClient(data), openSecondClient(data), openSecondClient(data)]);
  const [till, manager, copier] = clients;
  const reading = openReadOnly(join(data, 'station.db'));
  try {
    await keepDrawerOpen(till);
    const goods = readGoods(reading, 2000);
    const random = createRandom(SEED);
    const commit = createCommits(join(folder, 'raw.db'));
    const selling = createTimedSelling(
      till,
      async (client) => void (await sell(client, goods, random)),
      salesPerSecond,
      commit,
    );
    await selling.run(WARM_UP_SALES);
    selling.take();

    const startedAt = performance.now();
    for (const register of REGISTERS) await core.call('catalog.reload', { register });
    const isReading = reading.prepare('SELECT 1 FROM inbox_cursors WHERE is_full = 1');
    const waiting = reading.prepare<[], number>("SELECT count(*) FROM outbox WHERE state <> 'confirmed'").pluck();
    const took = { reloadMs: 0, drainMs: 0 };
    const isOver = (): boolean => {
      const ms = performance.now() - startedAt;
      if (ms > TIMEOUT_MS) throw new Error(`not over in ${TIMEOUT_MS} ms: ${String(waiting.get())} documents wait`);
      if (took.reloadMs === 0 && isReading.get() === undefined) took.reloadMs = ms;
      // What was sold a moment ago may be on its way.
      if (took.drainMs === 0 && Number(waiting.get()) < 2 * salesPerSecond) took.drainMs = ms;
      return took.reloadMs > 0 && took.drainMs > 0;
    };
    const looks = repeat(isOver, BETWEEN_LOOKS_MS, async () => {
      await manager.call('summary.day', { businessDay: null });
      await manager.call('movement.list', { limit: 500 });
    });
    const copying = repeat(isOver, BETWEEN_COPIES_MS, async () => void (await copier.call('backup.now', {})));
    let drainScans = 0;
    while (!isOver()) {
      await selling.run(salesPerSecond);
      if (took.drainMs === 0) drainScans = selling.countScans();
    }
    const [summaries, copies] = await Promise.all([looks, copying]);
    const seconds = (performance.now() - startedAt) / 1000;
    const busy = selling.take();
    note(`catalogue in after ${Math.round(took.reloadMs)} ms, backlog out after ${Math.round(took.drainMs)} ms`);

    while (Number(waiting.get()) > 0) await sleep(POLL_MS);
    await selling.run(QUIET_SALES);
    const quiet = selling.take();
    return {
      ...took,
      scansMs: busy.scansMs,
      drainScans,
      completesMs: busy.completesMs,
      commitsMs: busy.commitsMs,
      quietMs: quiet.scansMs,
      salesPerSecond: busy.completesMs.length / seconds,
      copies,
      summaries,
      busy: countBusy(join(data, 'logs')),
    };
  } finally {
    reading.close();
    for (const client of clients) await client.stop();
    await core.stop();
    await erp.end();
  }
}

/** The drawer is of the day on which the backlog was made. */
async function keepDrawerOpen(till: BenchClient): Promise<void> {
  const { output } = await till.call('station.view', {});
  const session = (output as { readonly cashSession: { readonly isLeftOver?: boolean } | null }).cashSession;
  if (session?.isLeftOver === true) await till.call('cashSession.keepOpen', { commandId: crypto.randomUUID() });
}

/** Sells `salesPerSecond` at even distances, like as many customers, and keeps how long scans and completions took. */
function createTimedSelling(
  till: BenchClient,
  sellOne: (client: Pick<BenchClient, 'call'>) => Promise<void>,
  salesPerSecond: number,
  commit: () => number,
) {
  let commitsMs: number[] = [];
  let scansMs: number[] = [];
  let completesMs: number[] = [];
  const timed: Pick<BenchClient, 'call'> = {
    call: async (method, input) => {
      const reply = await till.call(method, input);
      if (method === 'sale.addItem') scansMs.push(reply.ms);
      if (method === 'sale.complete') completesMs.push(reply.ms);
      return reply;
    },
  };
  return {
    run: async (sales: number): Promise<void> => {
      let dueAt = performance.now();
      for (let sold = 0; sold < sales; sold += 1) {
        // Between two sales, so that no scan waits for it here.
        commitsMs.push(commit());
        await sellOne(timed);
        dueAt += 1000 / salesPerSecond;
        await sleep(Math.max(0, dueAt - performance.now()));
      }
    },
    countScans: (): number => scansMs.length,
    /** What was kept so far, which is then forgotten. */
    take: () => {
      const taken: Readonly<Record<'scansMs' | 'completesMs' | 'commitsMs', readonly number[]>> = {
        scansMs,
        completesMs,
        commitsMs,
      };
      commitsMs = [];
      scansMs = [];
      completesMs = [];
      return taken;
    },
  };
}

/** A row and its sync, as SQLite alone does it; answers how long it took. */
function createCommits(file: string): () => number {
  const db = openRaw(file);
  db.exec('CREATE TABLE rows (text TEXT NOT NULL)');
  const insert = db.prepare<[string]>('INSERT INTO rows (text) VALUES (?)');
  const text = 'x'.repeat(400);
  return () => {
    const startedAt = performance.now();
    insert.run(text);
    return performance.now() - startedAt;
  };
}

/** Does `work` until `isOver`, with a pause after each; answers how often. */
async function repeat(isOver: () => boolean, pauseMs: number, work: () => Promise<void>): Promise<number> {
  let times = 0;
  while (!isOver()) {
    await work();
    times += 1;
    for (const end = performance.now() + pauseMs; performance.now() < end && !isOver();) await sleep(POLL_MS);
  }
  return times;
}

function countBusy(logs: string): number {
  return readdirSync(logs)
    .flatMap((name) => readFileSync(join(logs, name), 'utf8').split('\n'))
    .filter((line) => line.includes('SQLITE_BUSY')).length;
}
