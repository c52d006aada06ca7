import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createRandom } from '../sandbox/seed/random.ts';
import { createElectronCommand, prepareDataFolder } from '../scripts/electron-command.ts';
import { projectFolder, type ResolvedElectron } from '../scripts/resolve-electron.ts';
import { ELECTRON_VARIABLE } from '../test/e2e/support/launch-station.ts';
import prepareRun from '../test/e2e/support/prepare-run.ts';
import { openSecondClient, startBenchCore, type BenchClient } from './flow/bench-core.ts';
import { startCopiedErp } from './flow/kept-erp.ts';
import { readGoods } from './flow/sellable-goods.ts';
import { sell } from './flow/sell.ts';
import { openReadOnly } from './floor/raw-database.ts';
import { readMemoryMb, type Role } from './measure/proportional-memory.ts';
import { makeEmptyElectron } from './window/empty-electron.ts';
import { startApp } from './window/running-app.ts';

/** What a process does right after its start or a batch of sales is over by then; V8 gives back what it no longer needs. */
const SETTLE_MS = 3_000;
const SAMPLES = 20;
const SEED = 7;
const TILL = '[data-testid=barcode]';
const READY = '[data-testid=ready]';

type Memory = Readonly<Record<Role, number>>;

/** The floor before and after, the product after its start and along a day, each with the sales made until then. */
type MemoryDay = {
  readonly floors: readonly [before: Memory, after: Memory];
  readonly day: readonly { readonly sales: number; readonly memory: Memory }[];
};

/**
 * A day of the real window with its core and a server that takes every sale. Sold through the core's socket, so that the
 * window hears of each change and shows it; never at the same time as the floor, which would share its pages.
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
      const day = await sellAll({ pid: app.pid, data, sales, note });
      await app.stop();
      return { floors: [before, await readFloor()], day };
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
  await core.call('setup.enrol', { server, user: 'e01', password: 'demo-e01', stationCode: 'E01' });
  await core.call('operator.login', { code: '9', pin: '9999' });
  await core.call('cashSession.open', { commandId: randomUUID(), floatCents: 10_000 });
  await core.stop();
  note(`loaded in ${Math.round(performance.now() - startedAt)} ms`);
}

async function sellAll({
  pid,
  data,
  sales,
  note,
}: {
  readonly pid: number;
  readonly data: string;
  readonly sales: number;
  readonly note: (line: string) => void;
}): Promise<MemoryDay['day']> {
  const till = await openSecondClient(data);
  const reading = openReadOnly(join(data, 'station.db'));
  try {
    const goods = readGoods(reading, 500);
    const random = createRandom(SEED);
    const day: { readonly sales: number; readonly memory: Memory }[] = [];
    const sample = async (sold: number): Promise<void> => {
      await drain(till);
      await sleep(SETTLE_MS);
      const memory = readMemoryMb(pid);
      day.push({ sales: sold, memory });
      const parts = Object.entries(memory).map(([role, value]) => `${role} ${value.toFixed(1)}`);
      note(`after ${sold} sales: ${parts.join(', ')} MB`);
    };
    await sample(0);
    for (let part = 1; part <= SAMPLES; part += 1) {
      const until = Math.round((sales * part) / SAMPLES);
      for (let sold = Math.round((sales * (part - 1)) / SAMPLES); sold < until; sold += 1)
        await sell(till, goods, random);
      await sample(until);
    }
    return day;
  } finally {
    reading.close();
    await till.stop();
  }
}

/** Until the server has all: what waits is kept in no process, but what sends it is. */
async function drain(till: BenchClient): Promise<void> {
  for (;;) {
    const { output } = await till.call('sync.view', {});
    if ((output as { readonly waiting: number }).waiting === 0) return;
    await sleep(50);
  }
}
