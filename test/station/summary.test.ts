import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MethodInput, MethodName, MethodOutput, Reply } from '../../contract/station-api.ts';
import { describeSummary } from '../../core/cli/describe-station.ts';
import { systemClock, type Clock } from '../../core/clock.ts';
import { systemRandom } from '../../core/random.ts';
import { startStation, type Station } from '../../core/station.ts';
import { closeDrawer, BARCODES, ring, sell, temporaryData, until } from '../support/spawn-station.ts';

/* Two business days of a till with the real demo server; only the wall clock is turned. Tests go on where the one before stopped. */

type Summary = MethodOutput<'summary.day'>;

const FLOAT_CENTS = 10_000;
const CASH = 1;
const CREDIT_CARD = 3;
/** A second cash type, as a store on the border has it. */
const DOLLARS = 10;

const data = temporaryData();
let station: Station;
let turnedMs = 0;
const clock: Clock = { ...systemClock, nowMs: () => Date.now() + turnedMs };

async function must<M extends MethodName>(method: M, input: MethodInput<M>): Promise<MethodOutput<M>> {
  const reply = (await station.call(method, input)) as Reply<M>;
  if (!reply.ok) throw new Error(`${method} was refused: ${JSON.stringify(reply.error)}`);
  return reply.output;
}
const till = { must };
const id = (): string => randomUUID();
/** The drawer is open and counted blind: the manager lets the cashier look. */
async function summaryOf(businessDay: string | null = null): Promise<Summary> {
  const { approvalId } = await must('operator.approve', { code: '9', pin: '9999', permission: 'see_expected' });
  return must('summary.day', { businessDay, approvalId });
}
const queueEmpty = (): Promise<unknown> =>
  until(
    () => must('sync.view', {}),
    (view) => view.waiting === 0 && view.errors === 0,
  );

/** The turned clock is not the server's: the manager has looked at it. */
async function openDrawer(floatCents: number): Promise<MethodOutput<'cashSession.open'>> {
  const { approvalId } = await must('operator.approve', { code: '9', pin: '9999', permission: 'open_past_day' });
  return must('cashSession.open', { commandId: id(), floatCents, approvalId });
}
async function cancel(saleId: string): Promise<void> {
  const { approvalId } = await must('operator.approve', { code: '9', pin: '9999', permission: 'cancel_sale' });
  await must('sale.cancel', { commandId: id(), saleId, reason: 'cliente desistiu', approvalId });
}
async function pay(
  barcodes: readonly string[],
  tenders: readonly (readonly [type: number, cents: number])[],
): Promise<MethodOutput<'sale.complete'>['sale']> {
  const saleId = await ring(till, barcodes);
  for (const [paymentTypeId, amountCents] of tenders)
    await must('sale.addTender', { commandId: id(), saleId, paymentTypeId, amountCents });
  return (await must('sale.complete', { commandId: id(), saleId })).sale;
}

type Order = {
  readonly cod_pedidov: string;
  readonly total: number;
  readonly status: number;
  readonly lancamentos: readonly { readonly tipo_pgto: number; readonly valor_inicial: number }[];
};
async function ordersAtErp(): Promise<readonly Order[]> {
  const { station: own } = await must('station.view', {});
  return ((await (await fetch(`${own?.server}/admin/received`)).json()) as { orders: Order[] }).orders;
}

/** What holds on every day, whatever was sold, cancelled and delivered. */
function expectProvable(day: Summary): void {
  const sum = (cents: readonly number[]): number => cents.reduce((total, value) => total + value, 0);
  expect(day.soldCents).toBe(day.grossCents - day.discountCents);
  expect(day.netCents).toBe(day.soldCents - day.cancelledCents);
  expect(sum(day.byPaymentKind.map((row) => row.amountCents))).toBe(day.netCents);
  expect(sum(day.byHour.map((row) => row.soldCents))).toBe(day.soldCents);
  expect(sum(day.byHour.map((row) => row.sales))).toBe(day.sales);
  expect(day.differenceCents).toBe(day.netCents - day.confirmed.netCents);
  expect(sum(day.unconfirmed.map((row) => row.amountCents))).toBe(day.differenceCents);
  expect(day.unconfirmed).toHaveLength(day.sales + day.cancelled - day.confirmed.sales - day.confirmed.cancellations);
}
const amountOf = (day: Summary, paymentTypeId: number): number | undefined =>
  day.byPaymentKind.find((row) => row.paymentTypeId === paymentTypeId)?.amountCents;
const cashOf = (day: Summary): number =>
  day.byPaymentKind.filter((row) => row.kind === 'cash').reduce((total, row) => total + row.amountCents, 0);

beforeAll(async () => {
  // Ten minutes before midnight at the store: a sale may still be cancelled on the next business day.
  const time = new Intl.DateTimeFormat('en-GB', { timeZone: 'America/Sao_Paulo', timeStyle: 'short' }).format();
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  // Never back: what the clocks of threads and of the server say would then be later than what was just done.
  turnedMs = ((2 * 24 * 60 - 10 - hour * 60 - minute) % (24 * 60)) * 60_000;
  station = await startStation({
    data: data.path,
    clock,
    random: systemRandom,
    callTimeoutMs: 5000,
    keyStore: null,
    onStorageFailure: () => undefined,
  });
  await must('setup.openDemo', { products: 40 });
  await must('operator.login', { code: '1', pin: '1111' });
  await openDrawer(10_000);
  const { station: own } = await must('station.view', {});
  await fetch(`${own?.server}/admin/registers`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      register: 'tipos_pgto',
      id: DOLLARS,
      row: { cod_tipo_pgto: '10', desc_tipo: 'Dólar', especie: 'DINHEIRO', ativo: true },
    }),
  });
  // The register is read once a minute; this does not wait for it.
  const file = new SqliteDatabase(join(data.path, 'station.db'));
  file.prepare(`INSERT OR IGNORE INTO payment_types VALUES (${DOLLARS}, '10', 'Dólar', 'cash', 1, 1)`).run();
  file.close();
});
afterAll(async () => {
  await station.stop();
  data.remove();
});

describe('the summary of a day', () => {
  it('is empty before the first sale', async () => {
    const day = await summaryOf();
    expect(day).toMatchObject({ sales: 0, cancelled: 0, netCents: 0, differenceCents: 0, unconfirmed: [] });
    expectProvable(day);
  });

  it('takes the change off the cash that the ERP was told', async () => {
    await pay(
      [BARCODES.tShirt],
      [
        [CASH, 5000],
        [DOLLARS, 5000],
      ],
    );
    await pay(
      [BARCODES.jeans],
      [
        [DOLLARS, 10_000],
        [CASH, 10_000],
      ],
    );
    await pay(
      [BARCODES.dress],
      [
        [CREDIT_CARD, 10_000],
        [DOLLARS, 10_000],
      ],
    );
    await queueEmpty();
    const told = new Map<number, number>();
    for (const { tipo_pgto, valor_inicial } of (await ordersAtErp()).flatMap((order) => order.lancamentos))
      told.set(tipo_pgto, (told.get(tipo_pgto) ?? 0) + Math.round(valor_inicial * 100));
    const day = await summaryOf();
    expect(new Map(day.byPaymentKind.map((row) => [row.paymentTypeId, row.amountCents]))).toEqual(told);
    expect(amountOf(day, CASH)).toBe(5000 + 5990);
    expectProvable(day);
  });

  it('is not equal to the ERP while a cancellation waits, and names the document', async () => {
    const sold = await sell(till, [BARCODES.dress]);
    await queueEmpty();
    await must('demo.setServer', { running: false });
    await cancel(sold.saleId);
    const day = await summaryOf();
    expect(day.differenceCents).toBe(-19_990);
    expect(day.unconfirmed).toEqual([
      { kind: 'cancellation', number: sold.number, amountCents: -19_990, state: expect.any(String) },
    ]);
    expect(day.confirmed).toMatchObject({ sales: 4, cancellations: 0, netCents: day.netCents + 19_990 });
    expectProvable(day);
  });

  it('lists every document of the day that waits, until the ERP holds what the till says', async () => {
    const kept = await sell(till, [BARCODES.tShirt]);
    const undone = await sell(till, [BARCODES.jeans]);
    await cancel(undone.saleId);
    const offline = await summaryOf();
    expect(offline.unconfirmed.map(({ kind, number, amountCents }) => [kind, number, amountCents])).toEqual([
      ['cancellation', 'E01000000004', -19_990],
      ['sale', kept.number, 8990],
      ['sale', undone.number, 15_990],
      ['cancellation', undone.number, -15_990],
    ]);
    expect(offline.differenceCents).toBe(8990 - 19_990);
    expectProvable(offline);
    const printed = describeSummary(offline).join('\n').replaceAll('\u00A0', ' ');
    expect(printed).toMatch(/^cancelamento +E01000000004 +-R\$ 199,90 +\S/m);
    expect(printed).toMatch(/^Canceladas no dia +2 · R\$ 359,80$/m);
    expect(printed).toMatch(/^Confirmado no ERP +4 vendas · 0 cancelamentos · R\$ 649,60$/m);

    await must('demo.setServer', { running: true });
    await must('sync.sendNow', {});
    await queueEmpty();
    const day = await summaryOf();
    expect(day).toMatchObject({ differenceCents: 0, unconfirmed: [], confirmed: { sales: 6, cancellations: 2 } });
    const alive = (await ordersAtErp()).filter((order) => order.status !== 5);
    expect(alive.reduce((sum, order) => sum + Math.round(order.total * 100), 0)).toBe(day.netCents);
    expectProvable(day);
  });
});

describe('a cancellation after midnight', () => {
  let first: Summary;
  let inCash: MethodOutput<'sale.complete'>['sale'];
  let byCard: MethodOutput<'sale.complete'>['sale'];

  it('finds the drawer of the first day closed with its float and its cash', async () => {
    inCash = await pay(
      [BARCODES.dress],
      [
        [CASH, 10_000],
        [DOLLARS, 10_000],
      ],
    );
    byCard = await pay([BARCODES.jeans], [[CREDIT_CARD, 15_990]]);
    await queueEmpty();
    first = await summaryOf();
    expectProvable(first);
    const closed = await closeDrawer(till, 0);
    expect(closed.expectedCashCents).toBe(FLOAT_CENTS + cashOf(first));
  });

  it('changes nothing of the closed day and belongs to its own', async () => {
    turnedMs += 15 * 60_000;
    const { businessDay } = await openDrawer(FLOAT_CENTS);
    expect(businessDay > first.businessDay).toBe(true);
    await cancel(inCash.saleId);
    await cancel(byCard.saleId);
    const undone = await sell(till, [BARCODES.tShirt]);
    await cancel(undone.saleId);
    await sell(till, [BARCODES.jeans]);
    await queueEmpty();

    expect(await summaryOf(first.businessDay)).toEqual(first);
    const second = await summaryOf(businessDay);
    expect(second).toMatchObject({
      sales: 2,
      piecesMilli: 2000,
      soldCents: 8990 + 15_990,
      cancelled: 3,
      cancelledCents: 19_990 + 15_990 + 8990,
      cancelledOtherDays: 2,
      cancelledOtherDaysCents: 19_990 + 15_990,
      netCents: -19_990,
      differenceCents: 0,
    });
    expectProvable(second);
    // What was paid by card goes back to the card, what was paid in dollars in dollars.
    expect(second.byPaymentKind).toEqual([
      { paymentTypeId: CASH, kind: 'cash', description: 'Dinheiro', count: 2, amountCents: 15_990 - 10_000 },
      { paymentTypeId: DOLLARS, kind: 'cash', description: 'Dólar', count: 0, amountCents: -9990 },
      {
        paymentTypeId: CREDIT_CARD,
        kind: 'credit_card',
        description: 'Cartão de crédito',
        count: 0,
        amountCents: -15_990,
      },
    ]);
    const printed = describeSummary(second).join('\n').replaceAll('\u00A0', ' ');
    expect(printed).toMatch(/^Canceladas no dia +3 · R\$ 449,70$/m);
    expect(printed).toMatch(/^de vendas de outros dias +2 · R\$ 359,80$/m);
    expect(printed).toMatch(/^Líquido +-R\$ 199,90$/m);
  });

  it('takes its cash out of the drawer that is open', async () => {
    const second = await summaryOf();
    const closed = await closeDrawer(till, 0);
    expect(closed.expectedCashCents).toBe(FLOAT_CENTS + cashOf(second));
  });
});

describe('a sale that is looked up again', () => {
  it('counts as confirmed while its cancellation is: the ERP held it to cancel it', async () => {
    await queueEmpty();
    const before = await summaryOf();
    await must('demo.setServer', { running: false });
    const file = new SqliteDatabase(join(data.path, 'station.db'));
    const cancelledNumber = `SELECT natural_key FROM outbox WHERE kind = 'cancellation' ORDER BY tick DESC LIMIT 1`;
    file.prepare(`UPDATE outbox SET state = 'sent' WHERE kind = 'sale' AND natural_key = (${cancelledNumber})`).run();
    file.close();
    expect(await must('sync.view', {})).toMatchObject({ waiting: 1 });
    expect(await summaryOf()).toEqual(before);
    expectProvable(before);
  });
});
