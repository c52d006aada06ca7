import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openSecondClient, startBenchCore, type BenchClient, type BenchCore } from './flow/bench-core.ts';
import type { BenchErp } from './flow/kept-erp.ts';
import { readGoods, type Goods } from './flow/sellable-goods.ts';
import { openReadOnly } from './floor/raw-database.ts';

/** Lines of a sale before it is given up and the next one begins. */
const LINES = 20;
/** Between a reply and the next scan: faster than any hand, and the core still has time for its other work. */
const PAUSE_MS = 5;
const WARM_UP_SCANS = 200;
const QUIET_SCANS = 200;
const REGISTERS = ['products', 'prices', 'stock'] as const;
const CHANGED_PRICES = 200;

/**
 * Sells while the whole catalogue comes in again, as after a restored ERP: a drawer cannot be open during the first
 * load of all, and the rows take the same way. Then the office changes some prices.
 */
export async function sellDuringReload({
  erp,
  data,
  profile,
}: {
  readonly erp: BenchErp;
  readonly data: string;
  readonly profile: string | null;
}): Promise<{
  readonly scansMs: readonly number[];
  readonly quietMs: readonly number[];
  readonly reloadMs: number;
  readonly changedPricesMs: number;
}> {
  const core = await startBenchCore(data, profile);
  await core.call('operator.login', { code: '9', pin: '9999' });
  await core.call('cashSession.open', { commandId: randomUUID(), floatCents: 10_000 });
  const till = await openSecondClient(data);
  const reading = openReadOnly(join(data, 'station.db'));
  try {
    const wholeReads = reading.prepare<[]>('SELECT 1 FROM inbox_cursors WHERE is_full = 1');
    const isBack = (): boolean => wholeReads.all().length === 0;
    const scan = createScanner(till, readGoods(reading, 2000));
    for (let index = 0; index < WARM_UP_SCANS; index += 1) await scan();
    const startedAt = performance.now();
    for (const register of REGISTERS) await core.call('catalog.reload', { register });
    const scansMs: number[] = [];
    for (let index = 0; index % LINES !== 0 || !isBack(); index += 1) scansMs.push(await scan());
    const reloadMs = performance.now() - startedAt;
    const changedPricesMs = await changePrices(erp, core, readGoods(reading, CHANGED_PRICES));
    const quietMs: number[] = [];
    for (let index = 0; index < QUIET_SCANS; index += 1) quietMs.push(await scan());
    return { scansMs, quietMs, reloadMs, changedPricesMs };
  } finally {
    reading.close();
    await till.stop();
    await core.stop();
  }
}

/** Scans one piece after another; a sale of some lines is given up and the next one begins. */
function createScanner(till: BenchClient, goods: readonly Goods[]): () => Promise<number> {
  let saleId = randomUUID();
  let scans = 0;
  return async () => {
    if (scans > 0 && scans % LINES === 0) {
      await till.call('sale.abandon', { commandId: randomUUID(), saleId, reason: 'fim da medida' });
      saleId = randomUUID();
    }
    const barcode = goods[(scans * 7) % goods.length]?.barcode ?? '';
    scans += 1;
    await sleep(PAUSE_MS);
    return (await till.call('sale.addItem', { commandId: randomUUID(), saleId, barcode })).ms;
  };
}

/** From asking for what is new to the last of the changed prices at the till. */
async function changePrices(erp: BenchErp, core: BenchCore, goods: readonly Goods[]): Promise<number> {
  const preco1 = 10 + Math.floor(Math.random() * 10_000) / 100;
  await erp.setPrices(
    goods.map(({ sku }) => sku),
    preco1,
  );
  const startedAt = performance.now();
  await core.call('sync.resume', {});
  const barcode = goods.at(-1)?.barcode ?? '';
  for (;;) {
    const { output } = await core.call('catalog.findByBarcode', { barcode });
    if ((output as { readonly priceCents: number }).priceCents === Math.round(preco1 * 100)) break;
    await sleep(2);
  }
  return performance.now() - startedAt;
}
