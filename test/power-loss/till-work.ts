import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SeededRandom } from '../../scripts/demo/seeded-random.ts';
import { BARCODES, until } from '../support/spawn-station.ts';
import type { Sandbox } from '../sandbox/support.ts';
import { FLOAT_CENTS } from './changes.ts';
import type { RecordedCore } from './recorded-core.ts';

/** The core moves its log into the file this long after the last command (core/station.ts), and some more. */
export const CHECKPOINT_AFTER_MS = 2_400;
const CASH = 1;
const CREDIT_CARD = 3;
const SUPPLY_REASON = 11;
const WITHDRAWAL_REASON = 20;

type Work = {
  readonly start: () => Promise<RecordedCore>;
  readonly server: Sandbox;
  readonly random: SeededRandom;
  readonly steps: number;
};

/** A day in seconds: what a store does with a station, and what happens to it. */
export async function workAtTheTill({ start, server, random, steps }: Work): Promise<void> {
  let core = await start();
  await core.must('setup.enrol', { server: server.url, user: 'e01', password: 'demo-e01', stationCode: 'E01' });
  await core.must('operator.login', { code: '1', pin: '1111' });
  await openDrawer(core);
  const sold: string[] = [];
  const work = async (): Promise<void> => {
    for (let step = 0; step < steps; step += 1) await doSomething(core, random, sold);
  };
  await work();
  await changePrice(core, server, random);
  await core.must('backup.now', {});
  await work();
  await sleep(CHECKPOINT_AFTER_MS);
  await work();
  await core.stop();
  core = await start();
  await work();
  await core.kill();
  core = await start();
  await work();
  await finishDay(core);
  await openDrawer(core);
  await work();
  await core.must('operator.logout', {});
  await core.stop();
}

async function openDrawer(core: RecordedCore): Promise<void> {
  await core.must('cashSession.open', { commandId: randomUUID(), floatCents: FLOAT_CENTS });
}

async function doSomething(core: RecordedCore, random: SeededRandom, sold: string[]): Promise<void> {
  const what = random.pick(['sell', 'sell', 'sell', 'park', 'cancel', 'move', 'abandon'] as const);
  if (what === 'move') return move(core, random);
  if (what === 'cancel') return cancel(core, sold);
  const saleId = randomUUID();
  const pieces = random.int(1, 4);
  for (let piece = 0; piece < pieces; piece += 1) {
    const barcode = random.pick([BARCODES.tShirt, BARCODES.dress, BARCODES.jeans]);
    await core.must('sale.addItem', { commandId: randomUUID(), saleId, barcode });
  }
  await changeMind(core, random, saleId);
  if (what === 'abandon') {
    const approvalId = await approve(core, 'abandon_sale');
    await core.must('sale.abandon', { commandId: randomUUID(), saleId, reason: 'Desistiu', approvalId });
    return;
  }
  if (what === 'park') {
    await core.must('sale.park', { commandId: randomUUID(), saleId, note: 'Volta já' });
    await core.must('sale.recall', { commandId: randomUUID(), saleId });
  }
  await pay(core, random, saleId);
  sold.push(saleId);
}

/** One line removed or doubled, or the whole sale a little cheaper. */
async function changeMind(core: RecordedCore, random: SeededRandom, saleId: string): Promise<void> {
  const lines = (await core.must('sale.current', {}))?.lines ?? [];
  const lineId = lines[0]?.lineId;
  const commandId = randomUUID();
  if (lineId === undefined || random.chance(0.5)) return;
  if (lines.length > 1 && random.chance(0.5)) await core.must('sale.removeItem', { commandId, saleId, lineId });
  else await core.must('sale.setQuantity', { commandId, saleId, lineId, quantityMilli: 2000 });
}

async function pay(core: RecordedCore, random: SeededRandom, saleId: string): Promise<void> {
  await core.must('sale.setSalesperson', { commandId: randomUUID(), saleId, salespersonCode: '24' });
  const dueCents = (await core.must('sale.current', {}))?.dueCents ?? 0;
  const byCard = random.chance(0.3) ? Math.floor(dueCents / 2) : 0;
  if (byCard > 0)
    await core.must('sale.addTender', {
      commandId: randomUUID(),
      saleId,
      paymentTypeId: CREDIT_CARD,
      amountCents: byCard,
    });
  const amountCents = dueCents - byCard + random.int(0, 2000);
  await core.must('sale.addTender', { commandId: randomUUID(), saleId, paymentTypeId: CASH, amountCents });
  const command = { commandId: randomUUID(), saleId };
  await core.must('sale.complete', command);
  // A double click.
  if (random.chance(0.1)) await core.must('sale.complete', command);
}

async function cancel(core: RecordedCore, sold: string[]): Promise<void> {
  const saleId = sold.pop();
  if (saleId === undefined) return;
  const approvalId = await approve(core, 'cancel_sale');
  await core.must('sale.cancel', { commandId: randomUUID(), saleId, reason: 'Cliente desistiu', approvalId });
}

async function move(core: RecordedCore, random: SeededRandom): Promise<void> {
  const isSupply = random.chance(0.7);
  await core.call('cashSession.move', {
    commandId: randomUUID(),
    kind: isSupply ? 'supply' : 'withdrawal',
    financialReasonId: isSupply ? SUPPLY_REASON : WITHDRAWAL_REASON,
    amountCents: random.int(100, 5000),
    note: '',
    approvalId: null,
  });
}

async function approve(core: RecordedCore, permission: 'cancel_sale' | 'abandon_sale'): Promise<string> {
  return (await core.must('operator.approve', { code: '9', pin: '9999', permission })).approvalId;
}

/** The office changes a price while the till is open; the till goes on when it has it. */
async function changePrice(core: RecordedCore, server: Sandbox, random: SeededRandom): Promise<void> {
  const readUpTo = async (): Promise<number> =>
    (await core.must('station.health', {})).cursors.find(({ method }) => method === 'prices')?.transId ?? 0;
  const before = await readUpTo();
  await server.post('/admin/prices', { cod_produto: '100001', preco1: random.int(50, 150) });
  await core.must('catalog.reload', { register: 'prices' });
  await until(readUpTo, (now) => now > before);
}

async function finishDay(core: RecordedCore): Promise<void> {
  await core.must('cashSession.count', {
    commandId: randomUUID(),
    denominations: [{ valueCents: 100, quantity: 150 }],
  });
  await core.must('cashSession.close', { commandId: randomUUID(), floatLeftCents: 0 });
}
