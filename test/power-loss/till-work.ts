import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SeededRandom } from '../../scripts/demo/seeded-random.ts';
import { BARCODES, until } from '../support/spawn-station.ts';
import type { Sandbox } from '../sandbox/support.ts';
import { FLOAT_CENTS } from './changes.ts';
import type { RecordedTill } from './recorded-till.ts';

/** The core moves its log into the file this long after the last command (core/checkpoints.ts), and some more. */
export const CHECKPOINT_AFTER_MS = 2_400;
const CASH = 1;
const CREDIT_CARD = 3;
const SUPPLY_REASON = 11;
const WITHDRAWAL_REASON = 20;

type Work = {
  readonly till: RecordedTill;
  readonly server: Sandbox;
  readonly random: SeededRandom;
  readonly steps: number;
};

/** A day in seconds: what a store does with a station, and what happens to it. */
export async function workAtTheTill({ till, server, random, steps }: Work): Promise<void> {
  await till.must('setup.enrol', { server: server.url, user: 'e01', password: 'demo-e01', stationCode: 'E01' });
  await till.must('operator.login', { code: '1', pin: '1111' });
  await openDrawer(till);
  const sold: string[] = [];
  const work = async (): Promise<void> => {
    for (let step = 0; step < steps; step += 1) await doSomething(till, random, sold);
  };
  await work();
  await changePrice(till, server, random);
  await till.must('backup.now', {});
  await work();
  await sleep(CHECKPOINT_AFTER_MS);
  await work();
  await till.restart();
  await work();
  await till.crash();
  await work();
  await finishDay(till);
  await openDrawer(till);
  await work();
  await till.must('operator.logout', {});
}

async function openDrawer(till: RecordedTill): Promise<void> {
  await till.must('cashSession.open', { commandId: randomUUID(), floatCents: FLOAT_CENTS });
}

async function doSomething(till: RecordedTill, random: SeededRandom, sold: string[]): Promise<void> {
  const what = random.pick(['sell', 'sell', 'sell', 'park', 'cancel', 'move', 'abandon'] as const);
  if (what === 'move') return move(till, random);
  if (what === 'cancel') return cancel(till, sold);
  const saleId = randomUUID();
  const pieces = random.int(1, 4);
  for (let piece = 0; piece < pieces; piece += 1) {
    const barcode = random.pick([BARCODES.tShirt, BARCODES.dress, BARCODES.jeans]);
    await till.must('sale.addItem', { commandId: randomUUID(), saleId, barcode });
  }
  await changeMind(till, random, saleId);
  if (what === 'abandon') {
    const approvalId = await approve(till, 'abandon_sale');
    await till.must('sale.abandon', { commandId: randomUUID(), saleId, reason: 'Desistiu', approvalId });
    return;
  }
  if (what === 'park') {
    await till.must('sale.park', { commandId: randomUUID(), saleId, note: 'Volta já' });
    await till.must('sale.recall', { commandId: randomUUID(), saleId });
  }
  await pay(till, random, saleId);
  sold.push(saleId);
}

/** One line removed or doubled, or the whole sale a little cheaper. */
async function changeMind(till: RecordedTill, random: SeededRandom, saleId: string): Promise<void> {
  const lines = (await till.must('sale.current', {}))?.lines ?? [];
  const lineId = lines[0]?.lineId;
  const commandId = randomUUID();
  if (lineId === undefined || random.chance(0.5)) return;
  if (lines.length > 1 && random.chance(0.5)) await till.must('sale.removeItem', { commandId, saleId, lineId });
  else await till.must('sale.setQuantity', { commandId, saleId, lineId, quantityMilli: 2000 });
}

async function pay(till: RecordedTill, random: SeededRandom, saleId: string): Promise<void> {
  await till.must('sale.setSalesperson', { commandId: randomUUID(), saleId, salespersonCode: '24' });
  const dueCents = (await till.must('sale.current', {}))?.dueCents ?? 0;
  const byCard = random.chance(0.3) ? Math.floor(dueCents / 2) : 0;
  if (byCard > 0)
    await till.must('sale.addTender', {
      commandId: randomUUID(),
      saleId,
      paymentTypeId: CREDIT_CARD,
      amountCents: byCard,
    });
  const amountCents = dueCents - byCard + random.int(0, 2000);
  await till.must('sale.addTender', { commandId: randomUUID(), saleId, paymentTypeId: CASH, amountCents });
  const command = { commandId: randomUUID(), saleId };
  await till.must('sale.complete', command);
  // A double click.
  if (random.chance(0.1)) await till.must('sale.complete', command);
}

async function cancel(till: RecordedTill, sold: string[]): Promise<void> {
  const saleId = sold.pop();
  if (saleId === undefined) return;
  const approvalId = await approve(till, 'cancel_sale');
  await till.must('sale.cancel', { commandId: randomUUID(), saleId, reason: 'Cliente desistiu', approvalId });
}

async function move(till: RecordedTill, random: SeededRandom): Promise<void> {
  const isSupply = random.chance(0.7);
  await till.may('cashSession.move', {
    commandId: randomUUID(),
    kind: isSupply ? 'supply' : 'withdrawal',
    financialReasonId: isSupply ? SUPPLY_REASON : WITHDRAWAL_REASON,
    amountCents: random.int(100, 5000),
    note: '',
    approvalId: null,
  });
}

async function approve(till: RecordedTill, permission: 'cancel_sale' | 'abandon_sale'): Promise<string> {
  return (await till.must('operator.approve', { code: '9', pin: '9999', permission })).approvalId;
}

/** The office changes a price while the till is open; the till goes on when it has it. */
async function changePrice(till: RecordedTill, server: Sandbox, random: SeededRandom): Promise<void> {
  const readUpTo = async (): Promise<number> =>
    (await till.must('station.health', {})).cursors.find(({ method }) => method === 'prices')?.transId ?? 0;
  const before = await readUpTo();
  await server.post('/admin/prices', { cod_produto: '100001', preco1: random.int(50, 150) });
  await till.must('catalog.reload', { register: 'prices' });
  await until(readUpTo, (now) => now > before);
}

async function finishDay(till: RecordedTill): Promise<void> {
  await till.must('cashSession.count', {
    commandId: randomUUID(),
    denominations: [{ valueCents: 100, quantity: 150 }],
  });
  await till.must('cashSession.close', { commandId: randomUUID(), floatLeftCents: 0 });
}
