import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Permission } from '../../contract/policies.ts';
import type { MethodInput, MethodName, MethodOutput, Reply } from '../../contract/station-api.ts';
import { refusalText } from '../../contract/refusal-texts/refusal-text.ts';
import { refusals, type RefusalCode } from '../../contract/refusals.ts';
import { systemClock, type Clock } from '../../core/clock.ts';
import { systemRandom } from '../../core/random.ts';
import { startStation, type Station } from '../../core/station.ts';
import { BARCODES, ring, sell, temporaryData } from '../support/spawn-station.ts';

/* Every no of the till, provoked on a real database with the real demo server; only the wall clock is turned. */

const data = temporaryData();
let station: Station;
let turnedMs = 0;
const clock: Clock = { ...systemClock, nowMs: () => Date.now() + turnedMs };
const provoked = new Set<RefusalCode>();

async function call<M extends MethodName>(method: M, input: MethodInput<M>): Promise<Reply<M>> {
  return (await station.call(method, input)) as Reply<M>;
}
async function must<M extends MethodName>(method: M, input: MethodInput<M>): Promise<MethodOutput<M>> {
  const reply = await call(method, input);
  if (!reply.ok) throw new Error(`${method} was refused: ${JSON.stringify(reply.error)}`);
  return reply.output;
}
async function refused<M extends MethodName>(
  method: M,
  input: MethodInput<M>,
  error: { code: RefusalCode; [fact: string]: unknown },
): Promise<void> {
  const reply = await call(method, input);
  expect(reply).toMatchObject({ ok: false, error });
  if (reply.ok) return;
  provoked.add(error.code);
  // The facts are those of the contract, and a person can read them in both languages.
  const { code, ...facts } = reply.error;
  expect(refusals[code].facts.safeParse(facts).error).toBeUndefined();
  for (const language of ['pt-BR', 'en'] as const) {
    const text = refusalText(reply.error, language);
    expect(text.shortCode).toMatch(/^[VPOCSMIG]-\d{3}$/);
    expect(`${text.title} ${text.nextStep}`).not.toMatch(/undefined|NaN|\[object/);
  }
}
const id = (): string => randomUUID();
const till = { must };
const approve = async (permission: Permission): Promise<string> =>
  (await must('operator.approve', { code: '9', pin: '9999', permission })).approvalId;

beforeAll(async () => {
  station = await startStation({
    data: data.path,
    clock,
    random: systemRandom,
    callTimeoutMs: 5000,
    keyStore: null,
    onStorageFailure: () => undefined,
  });
});
afterAll(async () => {
  await station.stop();
  data.remove();
});

describe('before the station is set up', () => {
  it('sells nothing and says so', async () => {
    await refused('operator.login', { code: '1', pin: '1111' }, { code: 'station_not_enrolled' });
    await refused('cashSession.open', { commandId: id(), floatCents: 0 }, { code: 'station_not_enrolled' });
    await refused('setup.load', {}, { code: 'station_not_enrolled' });
    await refused('sync.resume', {}, { code: 'station_not_enrolled' });
    await refused('demo.setServer', { running: true }, { code: 'not_demo' });
    await refused('sale.addItem', { commandId: id(), saleId: id(), barcode: '1' }, { code: 'login_required' });
  });
});

describe('calls', () => {
  it('that make no sense name the field, the value and what would be right', async () => {
    await refused(
      'sale.addTender',
      { commandId: id(), saleId: id(), paymentTypeId: 1, amountCents: 12.5 },
      { code: 'invalid_input', field: 'amountCents', value: '12.5' },
    );
    await refused(
      'sale.addItem',
      { commandId: 'x', saleId: id(), barcode: '1' },
      { code: 'invalid_input', field: 'commandId' },
    );
    const reply = await station.call('sale.destroyEverything', {});
    expect(reply).toMatchObject({ ok: false, error: { code: 'unknown_method', method: 'sale.destroyEverything' } });
    provoked.add('unknown_method');
  });
});

describe('the people at the till', () => {
  it('open the demo store once', async () => {
    await must('setup.openDemo', { products: 40 });
    await refused('setup.openDemo', {}, { code: 'already_enrolled', stationCode: 'E01' });
  });

  it('are locked out after three wrong PINs, for a minute', async () => {
    await refused('operator.login', { code: '404', pin: '1' }, { code: 'operator_unknown' });
    await refused('operator.login', { code: '3', pin: '3333' }, { code: 'operator_unknown' });
    await refused('operator.login', { code: '2', pin: '1' }, { code: 'pin_wrong', attemptsLeft: 2 });
    await refused('operator.login', { code: '2', pin: '1' }, { code: 'pin_wrong', attemptsLeft: 1 });
    await refused('operator.login', { code: '2', pin: '1' }, { code: 'operator_locked' });
    await refused('operator.login', { code: '2', pin: '2222' }, { code: 'operator_locked' });
    turnedMs += 61_000;
    expect(await must('operator.login', { code: '2', pin: '2222' })).toMatchObject({ name: 'Bruno Lima' });
    await must('operator.logout', {});
  });

  it('that guess two PINs at once use up two attempts', async () => {
    const guesses = await Promise.all(['7', '8'].map((pin) => call('operator.login', { code: '1', pin })));
    expect(guesses.map((guess) => !guess.ok && guess.error.code === 'pin_wrong' && guess.error.attemptsLeft)).toEqual([
      2, 1,
    ]);
  });

  it('sell nothing before they log in and open the drawer', async () => {
    await refused('cashSession.open', { commandId: id(), floatCents: 0 }, { code: 'login_required' });
    await must('operator.login', { code: '1', pin: '1111' });
    await refused(
      'sale.addItem',
      { commandId: id(), saleId: id(), barcode: BARCODES.tShirt },
      { code: 'session_closed' },
    );
    await refused('cashSession.close', { commandId: id(), floatLeftCents: 0 }, { code: 'session_closed' });
    await must('cashSession.open', { commandId: id(), floatCents: 10_000 });
    await refused('cashSession.open', { commandId: id(), floatCents: 0 }, { code: 'session_already_open' });
  });
});

describe('scanning', () => {
  it('refuses what cannot be sold, and starts no sale for it', async () => {
    const add = (barcode: string, quantityMilli = 1000): MethodInput<'sale.addItem'> => ({
      commandId: id(),
      saleId: id(),
      barcode,
      quantityMilli,
    });
    await refused('sale.addItem', add('0000000000000'), { code: 'unknown_barcode', barcode: '0000000000000' });
    await refused('sale.addItem', add(BARCODES.blocked), { code: 'product_blocked' });
    await refused('sale.addItem', add(BARCODES.inactive), { code: 'product_inactive' });
    await refused('sale.addItem', add(BARCODES.withoutPrice), { code: 'price_missing' });
    await refused('sale.addItem', add(BARCODES.tShirt, 7_899_000_001_017), {
      code: 'quantity_absurd',
      maximumMilli: 999_000,
    });
    await refused('catalog.findByBarcode', { barcode: '1' }, { code: 'unknown_barcode' });
    await refused('product.grade', { productId: -1 }, { code: 'product_not_found', productId: -1 });
    expect(await must('sale.current', {})).toBeNull();
  });

  it('lets a person choose when two products share a barcode', async () => {
    const saleId = id();
    const reply = await call('sale.addItem', { commandId: id(), saleId, barcode: BARCODES.shared });
    await refused('sale.addItem', { commandId: id(), saleId, barcode: BARCODES.shared }, { code: 'ambiguous_barcode' });
    const chosen = !reply.ok && reply.error.code === 'ambiguous_barcode' ? reply.error.choices[1]?.sku : undefined;
    const sale = await must('sale.addItem', { commandId: id(), saleId, barcode: BARCODES.shared, sku: chosen ?? null });
    expect(sale.lines.map((line) => line.sku)).toEqual([chosen]);
    await must('sale.abandon', { commandId: id(), saleId, reason: 'teste' });
  });

  it('allows one open sale, and changes none that is closed', async () => {
    const saleId = await ring(till, [BARCODES.tShirt]);
    await refused(
      'sale.addItem',
      { commandId: id(), saleId: id(), barcode: BARCODES.tShirt },
      { code: 'another_sale_open', saleId },
    );
    await refused('sale.removeItem', { commandId: id(), saleId, lineId: id() }, { code: 'line_not_found' });
    await refused(
      'sale.setQuantity',
      { commandId: id(), saleId, lineId: (await lines())[0]?.lineId ?? '', quantityMilli: 1e9 },
      { code: 'quantity_absurd' },
    );
    await must('sale.removeItem', { commandId: id(), saleId, lineId: (await lines())[0]?.lineId ?? '' });
    await refused('sale.complete', { commandId: id(), saleId }, { code: 'sale_empty' });
    await must('sale.abandon', { commandId: id(), saleId, reason: 'teste' });
    await refused(
      'sale.addItem',
      { commandId: id(), saleId, barcode: BARCODES.tShirt },
      { code: 'sale_not_open', state: 'abandoned' },
    );
    await refused('sale.park', { commandId: id(), saleId: id() }, { code: 'sale_not_found' });
  });

  it('stops at a total that no store sells', async () => {
    const saleId = id();
    let refusal: unknown = null;
    for (let tries = 0; tries < 60 && refusal === null; tries += 1) {
      const reply = await call('sale.addItem', {
        commandId: id(),
        saleId,
        barcode: BARCODES.dress,
        quantityMilli: 999_000,
      });
      if (!reply.ok) refusal = reply.error.code;
    }
    expect(refusal).toBe('sale_too_large');
    const before = await must('sale.current', {});
    await refused(
      'sale.addItem',
      { commandId: id(), saleId, barcode: BARCODES.dress, quantityMilli: 999_000 },
      { code: 'sale_too_large' },
    );
    expect(await must('sale.current', {})).toEqual(before);
    expect(before?.grossCents).toBeLessThanOrEqual(1_000_000_000);
    // Another customer's sale begins at nothing: what was parked does not count.
    await must('sale.park', { commandId: id(), saleId });
    const other = id();
    await must('sale.addItem', { commandId: id(), saleId: other, barcode: BARCODES.tShirt });
    await must('sale.addItem', { commandId: id(), saleId: other, barcode: BARCODES.dress, quantityMilli: 999_000 });
    await must('sale.abandon', { commandId: id(), saleId: other, reason: 'teste' });
    await must('sale.recall', { commandId: id(), saleId });
    await must('sale.abandon', { commandId: id(), saleId, reason: 'teste' });
  });

  it('decides a command once: the same id with other input is refused', async () => {
    const saleId = id();
    const commandId = id();
    const first = await must('sale.addItem', { commandId, saleId, barcode: BARCODES.tShirt });
    expect(await must('sale.addItem', { commandId, saleId, barcode: BARCODES.tShirt })).toEqual(first);
    await refused(
      'sale.addItem',
      { commandId, saleId, barcode: BARCODES.jeans },
      { code: 'command_reused', commandId },
    );
    await must('sale.abandon', { commandId: id(), saleId, reason: 'teste' });
  });
});

describe('prices and payment', () => {
  it('keep a discount within the authority of who gives it', async () => {
    const saleId = await ring(till, [BARCODES.dress, BARCODES.tShirt]);
    const bare = { commandId: id(), saleId, discount: { kind: 'percent', rateBp: 400 } } as const;
    await refused('sale.discount', bare, { code: 'discount_reason_required' });
    await refused(
      'sale.discount',
      { commandId: id(), saleId, discount: { kind: 'percent', rateBp: 1000 }, reason: 'mostruário' },
      { code: 'discount_above_limit', limitBp: 500 },
    );
    await refused(
      'sale.discount',
      { commandId: id(), saleId, discount: { kind: 'value', amountCents: 99_999 }, reason: 'mostruário' },
      { code: 'discount_above_price' },
    );
    await refused(
      'sale.discount',
      { commandId: id(), saleId, discount: { kind: 'percent', rateBp: 1000 }, reason: 'mostruário', approvalId: id() },
      { code: 'approval_invalid' },
    );
    await must('sale.discount', {
      commandId: id(),
      saleId,
      discount: { kind: 'percent', rateBp: 400 },
      reason: 'mostruário',
    });
    const [line] = await lines();
    // 4 % on the sale and 2 % on the item are 6 % on that item.
    await refused(
      'sale.discountItem',
      {
        commandId: id(),
        saleId,
        lineId: line?.lineId ?? '',
        discount: { kind: 'percent', rateBp: 200 },
        reason: 'mostruário',
      },
      { code: 'discount_above_limit' },
    );
    const approvalId = await approve('discount');
    const sale = await must('sale.discount', {
      commandId: id(),
      saleId,
      discount: { kind: 'percent', rateBp: 1000 },
      reason: 'mostruário',
      approvalId,
    });
    expect(sale.saleDiscountCents).toBe(2898);
    await refused(
      'sale.discount',
      { commandId: id(), saleId, discount: { kind: 'percent', rateBp: 1100 }, reason: 'mostruário', approvalId },
      { code: 'approval_invalid' },
    );
    await must('sale.abandon', { commandId: id(), saleId, reason: 'teste' });
  });

  it('spends a leave on the discount it was given for, and on no other', async () => {
    const saleId = await ring(till, [BARCODES.dress]);
    const cent = { kind: 'value', amountCents: 1 } as const;
    await must('sale.discount', {
      commandId: id(),
      saleId,
      discount: cent,
      reason: 'mostruário',
      approvalId: await approve('discount'),
    });
    const [line] = await lines();
    const asked = {
      commandId: id(),
      saleId,
      lineId: line?.lineId ?? '',
      discount: { kind: 'percent', rateBp: 1400 },
      reason: 'mostruário',
    } as const;
    await refused('sale.discountItem', asked, { code: 'discount_above_limit', limitBp: 500 });
    await must('sale.discountItem', { ...asked, commandId: id(), approvalId: await approve('discount') });
    await must('sale.abandon', { commandId: id(), saleId, reason: 'teste' });
  });

  it('lets a cashier complete what a manager discounted by own right', async () => {
    await must('operator.login', { code: '9', pin: '9999' });
    const saleId = await ring(till, [BARCODES.dress]);
    await must('sale.discount', {
      commandId: id(),
      saleId,
      discount: { kind: 'percent', rateBp: 1400 },
      reason: 'mostruário',
    });
    await must('operator.login', { code: '1', pin: '1111' });
    const amountCents = (await must('sale.current', {}))?.totalCents ?? 0;
    await must('sale.addTender', { commandId: id(), saleId, paymentTypeId: 1, amountCents });
    await must('sale.complete', { commandId: id(), saleId });
  });

  it('checks a fixed discount again when the sale is completed with fewer items', async () => {
    const saleId = await ring(till, [BARCODES.dress, BARCODES.dress, BARCODES.tShirt]);
    await must('sale.discount', {
      commandId: id(),
      saleId,
      discount: { kind: 'value', amountCents: 2000 },
      reason: 'mostruário',
    });
    for (const line of (await lines()).slice(0, 2))
      await must('sale.removeItem', { commandId: id(), saleId, lineId: line.lineId });
    await must('sale.addTender', { commandId: id(), saleId, paymentTypeId: 1, amountCents: 6990 });
    await refused('sale.complete', { commandId: id(), saleId }, { code: 'discount_above_limit', requestedBp: 2225 });
    await must('sale.abandon', { commandId: id(), saleId, reason: 'teste' });
  });

  it('gives change in cash only, and closes nothing that is not paid', async () => {
    const saleId = await ring(till, [BARCODES.tShirt]);
    const pay = (paymentTypeId: number, amountCents: number): MethodInput<'sale.addTender'> => ({
      commandId: id(),
      saleId,
      paymentTypeId,
      amountCents,
    });
    await refused('sale.addTender', pay(3, 9000), { code: 'change_not_allowed', dueCents: 8990 });
    await refused('sale.addTender', pay(77, 9000), { code: 'payment_type_unknown' });
    const credit = (await must('payment.types', {})).find(({ kind }) => kind === 'store_credit');
    const other = credit?.paymentTypeId ?? 0;
    await refused('sale.addTender', pay(other, 8990), { code: 'payment_type_unsupported' });
    await refused('sale.addTender', { ...pay(3, 8990), installments: 2 }, { code: 'installments_invalid', maximum: 1 });
    await refused(
      'sale.addTender',
      { ...pay(3, 8990), cardBrandId: 99 },
      { code: 'card_field_unknown', field: 'cardBrandId' },
    );
    await must('sale.addTender', pay(3, 5000));
    await refused('sale.complete', { commandId: id(), saleId }, { code: 'tender_too_small', missingCents: 3990 });
    await refused('sale.discount', { commandId: id(), saleId, discount: { kind: 'none' } }, { code: 'tender_present' });
    await refused('sale.removeTender', { commandId: id(), saleId, tenderId: id() }, { code: 'tender_not_found' });
    await must('sale.addTender', pay(1, 5000));
    await refused('sale.addTender', pay(1, 1), { code: 'nothing_due' });
    expect((await must('sale.complete', { commandId: id(), saleId })).sale).toMatchObject({ changeCents: 1010 });
  });

  it('asks for the salesperson and a CPF that exists', async () => {
    const saleId = id();
    await must('sale.addItem', { commandId: id(), saleId, barcode: BARCODES.tShirt });
    await refused(
      'sale.setSalesperson',
      { commandId: id(), saleId, salespersonCode: '777' },
      { code: 'salesperson_unknown' },
    );
    await refused(
      'sale.setSalesperson',
      { commandId: id(), saleId, salespersonCode: '25' },
      { code: 'salesperson_unknown' },
    );
    await refused('sale.setCpf', { commandId: id(), saleId, cpf: '111.111.111-11' }, { code: 'cpf_invalid' });
    expect((await must('sale.setCpf', { commandId: id(), saleId, cpf: '529.982.247-25' })).cpf).toBe('52998224725');
    await must('sale.addTender', { commandId: id(), saleId, paymentTypeId: 1, amountCents: 8990 });
    await refused('sale.complete', { commandId: id(), saleId }, { code: 'salesperson_required' });
    await refused(
      'cashSession.count',
      { commandId: id(), denominations: [] },
      { code: 'session_has_open_sales', open: 1 },
    );
    await must('sale.abandon', { commandId: id(), saleId, reason: 'teste' });
  });
});

describe('cancelling', () => {
  it('needs a completed sale, in time, once, with leave', async () => {
    const saleId = await ring(till, [BARCODES.tShirt]);
    await refused('sale.cancel', { commandId: id(), saleId, reason: 'engano' }, { code: 'sale_not_completed' });
    await must('sale.abandon', { commandId: id(), saleId, reason: 'teste' });
    await refused('sale.cancel', { commandId: id(), saleId: id(), reason: 'engano' }, { code: 'sale_not_found' });
    const sold = await sell(till, [BARCODES.tShirt]);
    await refused(
      'sale.cancel',
      { commandId: id(), saleId: sold.saleId, reason: 'engano' },
      { code: 'permission_required' },
    );
    await refused(
      'operator.approve',
      { code: '2', pin: '2222', permission: 'cancel_sale' },
      { code: 'permission_required' },
    );
    await must('sale.cancel', {
      commandId: id(),
      saleId: sold.saleId,
      reason: 'engano',
      approvalId: await approve('cancel_sale'),
    });
    await refused(
      'sale.cancel',
      { commandId: id(), saleId: sold.saleId, reason: 'engano' },
      { code: 'sale_already_cancelled' },
    );
    const late = await sell(till, [BARCODES.jeans]);
    const approvalId = await approve('cancel_sale');
    turnedMs += 31 * 60_000;
    await refused(
      'sale.cancel',
      { commandId: id(), saleId: late.saleId, reason: 'engano', approvalId },
      { code: 'cancellation_too_late', limitMinutes: 30, ageMinutes: 31 },
    );
  });
});

describe('what the ERP forbids an operator', () => {
  it('stays forbidden whoever types a PIN', async () => {
    const { station: own } = await must('station.view', {});
    const forbid = (cancelar: string): Promise<Response> =>
      fetch(`${own?.server}/admin/registers`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ register: 'operadores', id: 1, row: { permissoes: { cancelar } } }),
      });
    const answer = await forbid('nao');
    expect(answer.status, await answer.text()).toBe(200);
    await must('setup.load', {});
    await must('sync.resume', {});
    const sold = await sell(till, [BARCODES.tShirt]);
    const cancel = (approvalId: string | null): Promise<Reply<'sale.cancel'>> =>
      call('sale.cancel', { commandId: id(), saleId: sold.saleId, reason: 'engano', approvalId });
    const denied = { ok: false, error: { code: 'permission_denied' } };
    // Until the register has come the operator may ask for leave.
    await vi.waitFor(async () => expect(await cancel(null)).toMatchObject(denied), { timeout: 45_000, interval: 50 });
    const approvalId = await approve('cancel_sale');
    await refused(
      'sale.cancel',
      { commandId: id(), saleId: sold.saleId, reason: 'engano', approvalId },
      denied.error as never,
    );
  });
});

describe('the drawer', () => {
  const move = { kind: 'withdrawal', financialReasonId: 20, amountCents: 100 } as const;

  it('gives nothing out that is not in it, and only for a reason that fits', async () => {
    const withdraw = async (change: object) => ({
      ...move,
      commandId: id(),
      approvalId: await approve('cash_withdrawal'),
      ...change,
    });
    await refused('cashSession.move', { ...move, commandId: id() }, { code: 'permission_required' });
    const none = await withdraw({ financialReasonId: 999 });
    await refused('cashSession.move', none, { code: 'financial_reason_unknown', financialReasonId: 999 });
    await refused('cashSession.move', await withdraw({ financialReasonId: 10 }), {
      code: 'financial_reason_direction',
    });
    const tooMuch = await withdraw({ amountCents: 900_000_000 });
    const answer = await call('cashSession.move', tooMuch);
    // Neither what there is nor how much is missing: the count is blind.
    expect(answer).toEqual({ ok: false, error: { code: 'withdrawal_too_large', amountCents: 900_000_000 } });
    await refused('cashSession.move', tooMuch, { code: 'withdrawal_too_large' });
  });

  it('of a day that is over sells after a manager let it, and until then nothing', async () => {
    await refused('cashSession.keepOpen', { commandId: id() }, { code: 'session_not_left_over' });
    // Into the next day, past the hour until which a late evening still belongs to the day before.
    turnedMs += 30 * 3_600_000;
    const item = { saleId: id(), barcode: BARCODES.tShirt };
    await refused('sale.addItem', { commandId: id(), ...item }, { code: 'session_left_over' });
    expect((await must('station.view', {})).cashSession).toMatchObject({ isLeftOver: true });
    await refused('cashSession.keepOpen', { commandId: id() }, { code: 'permission_required' });
    const kept = await must('cashSession.keepOpen', { commandId: id(), approvalId: await approve('sell_past_day') });
    expect(kept.isLeftOver).toBe(false);
    await must('sale.addItem', { commandId: id(), ...item });
    await must('sale.abandon', { commandId: id(), saleId: item.saleId, reason: 'teste' });
    turnedMs -= 30 * 3_600_000;
  });

  it('is counted once and once more, sells nothing after that, and keeps no more than was counted', async () => {
    await refused('cashSession.close', { commandId: id(), floatLeftCents: 0 }, { code: 'count_missing' });
    const unknown = { paymentTypeId: 999, countedCents: 1 };
    const count = (amounts: (typeof unknown)[] = []) => ({
      commandId: id(),
      denominations: [{ valueCents: 10_000 as const, quantity: 1 }],
      amounts,
    });
    await refused('cashSession.count', count([unknown]), { code: 'payment_type_unknown' });
    await must('cashSession.count', count());
    await refused(
      'sale.addItem',
      { commandId: id(), saleId: id(), barcode: BARCODES.tShirt },
      { code: 'session_counted' },
    );
    await refused('cashSession.move', { ...move, commandId: id() }, { code: 'session_counted' });
    const tooMuch = { commandId: id(), floatLeftCents: 10_001 };
    await refused('cashSession.close', tooMuch, { code: 'float_left_too_large', countedCents: 10_000 });
    await must('cashSession.count', count());
    await refused('cashSession.count', count(), { code: 'recount_used' });
  });
});

describe('the day', () => {
  it('does not go back without a superior', async () => {
    await must('cashSession.close', { commandId: id(), floatLeftCents: 0 });
    // Half an hour ahead of the server since the clock was turned above.
    const wrong = await call('cashSession.open', { commandId: id(), floatCents: 0 });
    expect(wrong).toMatchObject({ ok: false, error: { offsetSeconds: expect.closeTo(turnedMs / 1000, -1) as number } });
    await refused('cashSession.open', { commandId: id(), floatCents: 0 }, { code: 'clock_wrong' });
    turnedMs -= 3 * 86_400_000;
    await refused('cashSession.open', { commandId: id(), floatCents: 0 }, { code: 'session_day_in_past' });
    const approvalId = await approve('open_past_day');
    await must('cashSession.open', { commandId: id(), floatCents: 0, approvalId });
  });
});

describe('the queue', () => {
  it('resends only what was refused', async () => {
    await refused('sync.resend', { documentId: id() }, { code: 'document_not_found' });
    const [row] = await must('sale.list', { limit: 1 });
    await refused('sync.resend', { documentId: row?.saleId ?? '' }, { code: 'document_not_resendable' });
  });

  it('says that a stopped server cannot be asked', async () => {
    await must('demo.setServer', { running: false });
    await refused('sync.resume', { password: 'x' }, { code: 'server_unreachable' });
    await must('demo.setServer', { running: true });
    await refused('sync.resume', { password: 'wrong' }, { code: 'password_wrong', user: 'e01' });
  });
});

describe('every refusal of the till', () => {
  it('was provoked here or is in the list of those that other tests provoke', () => {
    const elsewhere = new Set<RefusalCode>([
      // test/station/completed-elsewhere.test.ts
      'sale_completed_elsewhere',
      // test/core/setup and test/station/cli*: enrolment against wrong servers.
      'server_wrong',
      'server_busy',
      'station_unknown',
      'station_claimed',
      // test/station/key-store.test.ts
      'connection_not_ready',
      // test/station/sync-documents.test.ts
      'document_not_waiting',
      // test/station/setup-*: enrolment.
      'user_taken',
      'server_fixed',
      'integration_off',
      'code_not_new',
      'station_never_used',
      'station_alive',
      'station_replaced',
      'support_login_needed',
      'user_connected',
      'register_incomplete',
      'server_url_invalid',
      'catalog_not_loaded',
      // test/db and test/core/dispatch.test.ts: the machine and its files.
      'data_locked',
      'database_newer',
      'database_corrupt',
      'disk_full',
      'data_unwritable',
      'storage_failed',
      'internal',
      'station_stopped',
      // test/station/backup.test.ts, restore.test.ts.
      'backup_folder_unusable',
      'backup_invalid',
      'backup_other_station',
      // test/station/deliver.test.ts.
      'pending_file_invalid',
      'passphrase_wrong',
      // test/station/customers.test.ts: customers.
      'customer_not_found',
      'search_too_short',
      'customer_not_waiting',
      'customer_undelivered',
      'customer_not_at_server',
      // test/station/pix.test.ts.
      'pix_not_ready',
      'pix_unanswered',
      'pix_not_waiting',
      'pix_not_found',
      'pix_state_wrong',
      // test/station/printing.test.ts: the printer and the drawer.
      'printer_not_configured',
      'printer_failed',
      'printer_path_unusable',
      'print_job_not_found',
      'paper_not_found',
      'drawer_not_configured',
      // test/electron/station-process.test.ts: the window tells how its core ended.
      'core_crashed',
      // Said by a box of the system, as there is no page to say it (electron/main.ts): no test sees that box.
      'window_dead',
    ]);
    const all = Object.keys(refusals) as RefusalCode[];
    expect(all.filter((code) => !provoked.has(code) && !elsewhere.has(code))).toEqual([]);
  });
});

async function lines(): Promise<MethodOutput<'sale.addItem'>['lines']> {
  return (await must('sale.current', {}))?.lines ?? [];
}
