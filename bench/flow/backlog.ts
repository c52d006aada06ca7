import { randomUUID } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ERP_SCHEMA } from '../../sandbox/store/erp-schema.ts';
import { createRandom } from '../../sandbox/seed/random.ts';
import { openRaw, openReadOnly, type RawDatabase } from '../floor/raw-database.ts';
import { hashSchema } from '../store/hash-schema.ts';
import { benchFolder } from '../store/prepare-store.ts';
import { startBenchCore, type BenchCore } from './bench-core.ts';
import { startKeptErp } from './kept-erp.ts';
import { readGoods, type Goods } from './sellable-goods.ts';
import { sell } from './sell.ts';

/** Raised when a backlog is made of other documents than before. */
const TEMPLATE = 1;
/** One document in ten takes a sale back. */
const DOCUMENTS_PER_CANCELLATION = 10;
const SEED = 5;

/** A store that sold without its server, and that server as it was then; `erp` and `store` are copied for a round. */
export type Backlog = { readonly erp: string; readonly store: string };

/** `documents` that wait to be sent, made once by the product itself while its ERP was away. */
export async function prepareBacklog({
  documents,
  skus,
  note,
}: {
  readonly documents: number;
  readonly skus: number;
  readonly note: (line: string) => void;
}): Promise<Backlog> {
  const place = join(benchFolder, `backlog-${documents}-${skus}-${hashSchema()}-${ERP_SCHEMA}-${TEMPLATE}`);
  const backlog = { erp: join(place, 'erp'), store: join(place, 'store') };
  if (existsSync(place)) return backlog;
  const startedAt = performance.now();
  note(`selling ${documents} documents without a server`);
  const partial = `${place}.${process.pid}`;
  mkdirSync(partial, { recursive: true });
  const erp = await startKeptErp({ skus, folder: join(partial, 'erp'), note: () => undefined });
  const core = await startBenchCore(join(partial, 'store'), null);
  try {
    const login = { server: erp.url, user: 'e01', password: 'demo-e01', stationCode: 'E01' };
    await core.call('setup.enrol', login);
    await core.call('operator.login', { code: '9', pin: '9999' });
    await core.call('cashSession.open', { commandId: randomUUID(), floatCents: 10_000 });
    const reading = openReadOnly(join(partial, 'store', 'station.db'));
    // The opening of the drawer is a document too: it arrives before the server goes.
    while (countWaiting(reading) > 0) await sleep(20);
    await erp.end();
    await sellAll(core, readGoods(reading, 500), documents);
    checkQueue(reading, documents);
    reading.close();
  } finally {
    await core.stop();
    await erp.end();
  }
  // A run that was killed leaves no half-made backlog.
  renameSync(partial, place);
  note(`sold in ${Math.round((performance.now() - startedAt) / 1000)} s`);
  return backlog;
}

/** The copied store's server is at another port now. */
export function moveServer(file: string, server: string): void {
  const db = openRaw(file);
  db.prepare('UPDATE enrolment SET server_url = ?').run(server);
  db.close();
}

/** The folder of a round: the server and the store as they were before anything was sent. */
export function copyBacklog(from: string, to: string): void {
  rmSync(to, { recursive: true, force: true });
  // A socket of the core that made it cannot be copied.
  cpSync(from, to, { recursive: true, filter: (path) => !path.endsWith('.sock') });
}

async function sellAll(core: BenchCore, goods: readonly Goods[], documents: number): Promise<void> {
  const random = createRandom(SEED);
  let sold: string[] = [];
  for (let made = 0; made < documents; made += 1) {
    const isCancellation = made % DOCUMENTS_PER_CANCELLATION === DOCUMENTS_PER_CANCELLATION - 1;
    const cancelled = isCancellation ? random.pick(sold) : null;
    if (cancelled === null) sold.push(await sell(core, goods, random));
    else {
      const input = { commandId: randomUUID(), saleId: cancelled, reason: 'cliente desistiu' };
      await core.call('sale.cancel', input);
      sold = sold.filter((saleId) => saleId !== cancelled);
    }
  }
}

function countWaiting(reading: RawDatabase): number {
  return Number(reading.prepare("SELECT count(*) FROM outbox WHERE state <> 'confirmed'").pluck().get());
}

function checkQueue(reading: RawDatabase, documents: number): void {
  const waiting = countWaiting(reading);
  if (waiting !== documents) throw new Error(`${waiting} of ${documents} documents wait`);
}
