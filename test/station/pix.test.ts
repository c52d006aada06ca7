import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import type { MethodOutput } from '../../contract/station-api.ts';
import { readBrCode, readFields } from '../core/pix/read-br-code.ts';
import { useDemoTill } from '../support/demo-till.ts';
import { BARCODES, approve, ring, until } from '../support/spawn-station.ts';

/* Pix by the shop's own QR: the real core on a real file, killed after each step, with the real stand-in ERP. */

type Sale = MethodOutput<'sale.addTender'>;
type Pix = NonNullable<Sale['tenders'][number]['pix']> & { readonly tenderId: string };

const CASH = 1;
const PIX = 4;
const T_SHIRT_CENTS = 8990;
const { station, data, crash } = useDemoTill();

const intent = (saleId: string): { commandId: string; saleId: string } => ({ commandId: randomUUID(), saleId });

async function showQr(saleId: string, amountCents: number): Promise<Pix> {
  return pixOf(await station.must('sale.addTender', { ...intent(saleId), paymentTypeId: PIX, amountCents }));
}
function pixOf(sale: Sale | null): Pix {
  const tender = sale?.tenders.findLast(({ kind }) => kind === 'pix');
  if (tender?.pix == null) throw new Error('the sale has no Pix');
  return { ...tender.pix, tenderId: tender.tenderId };
}
/** Rings a T-shirt, pays it by Pix and completes the sale. */
async function sellByPix(): Promise<{ sale: Sale; pix: Pix }> {
  const saleId = await ring(station, [BARCODES.tShirt]);
  const pix = await showQr(saleId, T_SHIRT_CENTS);
  await station.must('sale.confirmPix', { ...intent(saleId), tenderId: pix.tenderId });
  const { sale } = await station.must('sale.complete', intent(saleId));
  return { sale, pix };
}
async function check(txid: string, outcome: 'found' | 'not_found' | 'returned'): Promise<MethodOutput<'pix.check'>> {
  const approvalId = await approve(station, 'check_pix');
  return station.must('pix.check', { commandId: randomUUID(), txid, outcome, note: null, approvalId });
}
const pending = (): Promise<MethodOutput<'pix.pending'>> => station.must('pix.pending', {});
const stateOf = async (txid: string): Promise<string | undefined> =>
  (await station.must('pix.list', { filter: 'all' })).rows.find((row) => row.txid === txid)?.state;
const actions = (): string[] => {
  const file = new SqliteDatabase(join(data, 'station.db'), { readonly: true });
  const found = file.prepare("SELECT action FROM audit WHERE action LIKE 'pix%' ORDER BY sequence").pluck().all();
  file.close();
  return found as string[];
};

describe('a sale paid by Pix', () => {
  it('survives a crash after each step, and the open QR is found again', async () => {
    const saleId = await ring(station, [BARCODES.tShirt]);
    expect((await station.must('payment.types', {})).find(({ kind }) => kind === 'pix')).toMatchObject({
      supported: true,
      unavailable: null,
    });
    const shown = await showQr(saleId, T_SHIRT_CENTS);
    expect(shown).toMatchObject({ state: 'waiting' });
    expect(shown.txid).toMatch(/^E01\d{6}[0-9A-Z]{10}$/);
    const fields = readBrCode(shown.payload);
    expect([fields.get('54'), fields.get('60')]).toEqual(['89.90', 'Sao Paulo']);
    expect(readFields(fields.get('62') ?? '').get('05')).toBe(shown.txid);

    await crash();
    expect(pixOf(await station.must('sale.current', {}))).toEqual(shown);
    const unanswered = { ok: false, error: { code: 'pix_unanswered', txid: shown.txid, amountCents: T_SHIRT_CENTS } };
    expect(await station.call('sale.complete', intent(saleId))).toMatchObject(unanswered);
    expect(await station.call('sale.abandon', { ...intent(saleId), reason: 'cliente saiu' })).toMatchObject(unanswered);

    const confirm = { ...intent(saleId), tenderId: shown.tenderId };
    await station.must('sale.confirmPix', confirm);
    await crash();
    // The same intention repeated is the same answer; another one finds it answered.
    expect(pixOf(await station.must('sale.confirmPix', confirm))).toMatchObject({ state: 'to_check' });
    expect(await station.call('sale.confirmPix', { ...intent(saleId), tenderId: shown.tenderId })).toMatchObject({
      ok: false,
      error: { code: 'pix_not_waiting' },
    });

    const { sale, paper } = await station.must('sale.complete', intent(saleId));
    await crash();
    expect(paper.lines.map(({ text }) => text.trim())).toContain(`Código no extrato ${shown.txid}`);
    const { pending: open, rows } = await station.must('pix.list', {});
    expect(open).toMatchObject({ count: 1, cents: T_SHIRT_CENTS, toReturn: { count: 0, cents: 0 } });
    expect(rows).toMatchObject([
      {
        txid: shown.txid,
        saleNumber: sale.number,
        amountCents: T_SHIRT_CENTS,
        state: 'to_check',
        shownBy: 'Ana Souza',
        answeredBy: 'Ana Souza',
        checkedAt: null,
      },
    ]);
    expect(actions()).toEqual(['pix_show', 'pix_confirm']);
  });

  it('reaches the ERP as its payment type, like the others', async () => {
    await until(
      () => station.must('sync.view', {}),
      (view) => view.waiting === 0 && view.errors === 0,
    );
    const [row] = await station.must('sale.list', {});
    expect(row).toMatchObject({ delivery: { state: 'confirmed' }, tenders: [{ kind: 'pix' }] });
  });

  it('goes back to the start when nobody paid: the tender is gone, its trace is not', async () => {
    const saleId = await ring(station, [BARCODES.tShirt]);
    const shown = await showQr(saleId, T_SHIRT_CENTS);
    const givingUp = { ...intent(saleId), tenderId: shown.tenderId };
    await station.must('sale.removeTender', givingUp);
    await crash();
    expect(await station.must('sale.removeTender', givingUp)).toMatchObject({ tenders: [], dueCents: T_SHIRT_CENTS });
    expect(await stateOf(shown.txid)).toBe('given_up');
    expect(await pending()).toMatchObject({ count: 1 });

    // Half in cash, half by another QR, which is not the first one's.
    await station.must('sale.addTender', { ...intent(saleId), paymentTypeId: CASH, amountCents: 5000 });
    const second = await showQr(saleId, 3990);
    expect(second.txid).not.toBe(shown.txid);
    expect(
      await station.call('sale.addTender', { ...intent(saleId), paymentTypeId: CASH, amountCents: 1 }),
    ).toMatchObject({ ok: false, error: { code: 'nothing_due' } });
    await station.must('sale.confirmPix', { ...intent(saleId), tenderId: second.tenderId });
    const { sale } = await station.must('sale.complete', intent(saleId));
    expect(sale.tenders.map(({ kind, amountCents }) => [kind, amountCents])).toEqual([
      ['cash', 5000],
      ['pix', 3990],
    ]);
    // The customer of the first QR paid after all: the credit has no sale.
    expect(await check(shown.txid, 'found')).toMatchObject({ state: 'to_return' });
    expect(await pending()).toMatchObject({ count: 3, toReturn: { count: 1, cents: T_SHIRT_CENTS } });
    expect(await check(shown.txid, 'returned')).toMatchObject({ state: 'returned', checkedBy: 'Carla Dias' });
  });

  it('takes no second payment while a QR is open', async () => {
    const saleId = await ring(station, [BARCODES.tShirt]);
    const shown = await showQr(saleId, 1000);
    expect(
      await station.call('sale.addTender', { ...intent(saleId), paymentTypeId: CASH, amountCents: 1000 }),
    ).toMatchObject({ ok: false, error: { code: 'pix_unanswered' } });
    await station.must('sale.confirmPix', { ...intent(saleId), tenderId: shown.tenderId });
    // Given up after its credit was seen: the money is the customer's.
    await station.must('sale.abandon', { ...intent(saleId), reason: 'cliente desistiu' });
    expect(await stateOf(shown.txid)).toBe('to_return');
    expect(await check(shown.txid, 'returned')).toMatchObject({ state: 'returned' });
  });

  it('owes the credit to the customer when its tender is taken back after it was seen', async () => {
    const saleId = await ring(station, [BARCODES.tShirt]);
    const shown = await showQr(saleId, T_SHIRT_CENTS);
    await station.must('sale.confirmPix', { ...intent(saleId), tenderId: shown.tenderId });
    await station.must('sale.removeTender', { ...intent(saleId), tenderId: shown.tenderId });
    expect(await stateOf(shown.txid)).toBe('to_return');
    await check(shown.txid, 'not_found');
    await station.must('sale.abandon', { ...intent(saleId), reason: 'cliente desistiu' });
  });
});

describe('the list of Pix to check', () => {
  it('is worked off by who may read the statement, once for each intention', async () => {
    const { sale, pix } = await sellByPix();
    const { txid } = pix;
    expect(await station.call('pix.check', { commandId: randomUUID(), txid, outcome: 'found' })).toMatchObject({
      ok: false,
      error: { code: 'permission_required', permission: 'check_pix', profile: 'manager' },
    });
    const before = await pending();
    const approvalId = await approve(station, 'check_pix');
    const checking = { commandId: randomUUID(), txid, outcome: 'found', note: 'extrato de hoje', approvalId } as const;
    expect(await station.must('pix.check', checking)).toMatchObject({
      saleNumber: sale.number,
      state: 'checked',
      checkedBy: 'Carla Dias',
      note: 'extrato de hoje',
    });
    await crash();
    // Its approval is spent, and yet the repeated command is not refused.
    expect(await station.must('pix.check', checking)).toMatchObject({ state: 'checked' });
    expect((await pending()).count).toBe(before.count - 1);
    expect(await station.call('pix.check', { commandId: randomUUID(), txid, outcome: 'found' })).toMatchObject({
      ok: false,
      error: { code: 'pix_state_wrong', pixState: 'checked' },
    });
    expect(await station.call('pix.check', { commandId: randomUUID(), txid: 'X', outcome: 'found' })).toMatchObject({
      ok: false,
      error: { code: 'pix_not_found' },
    });
    expect(await check(txid, 'not_found')).toMatchObject({ state: 'missing' });
    expect(await check(txid, 'found')).toMatchObject({ state: 'checked' });

    // Cancelled after it was found: devolução pendente.
    const cancelled = await station.must('sale.cancel', {
      ...intent(sale.saleId),
      reason: 'cliente desistiu',
      approvalId: await approve(station, 'cancel_sale'),
    });
    expect(cancelled.paper.lines.map(({ text }) => text).join('\n')).toContain(`Código no extrato ${txid}`);
    expect(await stateOf(txid)).toBe('to_return');
    expect(await check(txid, 'returned')).toMatchObject({ state: 'returned' });
  });

  it('is what the database keeps whatever code runs', async () => {
    await crash();
    const file = new SqliteDatabase(join(data, 'station.db'));
    const tries = [
      "UPDATE pix_charges SET payload = 'another shop'",
      'UPDATE pix_charges SET amount_cents = 1',
      "UPDATE pix_charges SET answered_by = 'x' WHERE state = 'to_check'",
      'DELETE FROM pix_charges',
    ];
    for (const sql of tries)
      expect(() => file.prepare(sql).run(), sql).toThrow(/never changes|answered once|never deleted/);
    file.close();
  });
});

describe('a station whose group', () => {
  const PARAMETER = "json_set(policies, '$.pixChave', ?)";
  it.each([
    ['has no key', "json_remove(policies, '$.pixChave')", 'pix_key_missing'],
    ['has a key that is none', PARAMETER, 'pix_key_invalid'],
    ['names no city', "json_remove(policies, '$.pixCidade')", 'pix_city_missing'],
  ])('%s says so, and takes no Pix', async (_name, change, reason) => {
    const saleId = await ring(station, [BARCODES.tShirt]);
    await station.must('demo.setServer', { running: false });
    const file = new SqliteDatabase(join(data, 'station.db'));
    const before = file.prepare('SELECT policies FROM station_groups').pluck().get();
    file
      .prepare(`UPDATE station_groups SET policies = ${change}`)
      .run(...(change === PARAMETER ? ['11987654321'] : []));
    await crash();
    expect((await station.must('payment.types', {})).find(({ kind }) => kind === 'pix')).toMatchObject({
      supported: false,
      unavailable: reason,
    });
    expect(
      await station.call('sale.addTender', { ...intent(saleId), paymentTypeId: PIX, amountCents: T_SHIRT_CENTS }),
    ).toMatchObject({ ok: false, error: { code: 'pix_not_ready', lacks: reason } });
    await station.must('sale.abandon', { ...intent(saleId), reason: 'teste' });
    file.prepare('UPDATE station_groups SET policies = ?').run(before);
    file.close();
    await crash();
  });
});
