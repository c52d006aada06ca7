import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { receivedOrder, startSandbox, temporaryFolder, type Sandbox } from '../sandbox/support.ts';
import { runCli, runCliJson } from '../support/run-cli.ts';
import { BARCODES, spawnStation, temporaryData, until, type SpawnedStation } from '../support/spawn-station.ts';

/* The defaults the ERP demands, chosen at enrolment: salesperson, events, price column, what each payment type is. */

const erpData = temporaryFolder();
const data = temporaryData();
const empty = temporaryData();
let erp: Sandbox;
let station: SpawnedStation;

beforeAll(async () => {
  erp = await startSandbox(join(erpData.path, 'erp'));
  // Nobody has to name a salesperson; the ERP left the event of a return out.
  await erp.post('/admin/registers', {
    register: 'grupos_estacoes',
    id: 1,
    row: { politicas: { versao: 2, vendedorObrigatorio: false } },
  });
  await erp.post('/admin/registers', { register: 'estacoes', id: 2, row: { evento_devolucao: '' } });
  await erp.post('/admin/registers', { register: 'estacoes', id: 2, row: { evento_venda: '99' } });
  station = await spawnStation(data.path);
});
afterAll(async () => {
  await station.stop();
  await erp.end('SIGTERM');
  for (const folder of [erpData, data, empty]) folder.remove();
});

const login = (user = 'e02'): { server: string; user: string; password: string } => ({
  server: erp.url,
  user,
  password: `demo-${user}`,
});
async function enrol(changes: object): Promise<unknown> {
  const reply = await station.call('setup.enrol', { ...login(), stationCode: 'E02', ...changes });
  return reply.ok ? 'enrolled' : reply.error;
}

describe('the price column', () => {
  it('is chosen by five products with both their prices', async () => {
    const products = await station.must('setup.previewPrices', { ...login(), stationCode: 'E02' });
    expect(products).toHaveLength(5);
    expect(products).toContainEqual({
      barcode: BARCODES.dress,
      description: 'Vestido Midi Floral Viscose',
      color: 'Vermelho',
      size: 'P',
      price1Cents: 19_990,
      price2Cents: 14_990,
    });
    for (const { barcode, price1Cents } of products) {
      expect(barcode).not.toBe('');
      expect(price1Cents).toBeGreaterThan(0);
    }
  });

  it('is not shown for a station the ERP does not have, or to a wrong password', async () => {
    const unknown = await station.call('setup.previewPrices', { ...login(), stationCode: 'ZZ9' });
    expect(unknown).toMatchObject({ ok: false, error: { code: 'station_unknown' } });
    const wrong = await station.call('setup.previewPrices', { ...login(), password: 'x', stationCode: 'E02' });
    expect(wrong).toMatchObject({ ok: false, error: { code: 'password_wrong' } });
  });

  it('is shown by the command line, which keeps nothing', async () => {
    const place = ['--data', empty.path, '--server', erp.url, '--user', 'e02', '--station', 'E02'];
    const shown = await runCli(['enrol', '--preview', ...place], 'demo-e02\n');
    expect(shown).toMatchObject({ code: 0, err: '' });
    expect(shown.out).toMatch(/7899000002014 +Vestido Midi Floral Viscose · Vermelho · P +R\$\s199,90 +R\$\s149,90/);
    expect(shown.out).toMatch(/^8 +Cartão da loja +outro \(other\)/m);
    const { reply } = await runCliJson(['status', '--data', empty.path]);
    expect(reply.output).toMatchObject({ view: { setup: 'empty' } });
  });
});

describe('an enrolment', () => {
  it('needs both events, from the ERP or typed', async () => {
    const error = { code: 'register_incomplete', register: 'estação E02', fields: ['evento_devolucao'] };
    expect(await enrol({})).toEqual(error);
  });

  it('takes no salesperson who left, and none of another branch', async () => {
    const chosen = { returnEvent: '21' };
    for (const salespersonCode of ['25', '31', '777'])
      expect(await enrol({ ...chosen, salespersonCode })).toEqual({ code: 'salesperson_unknown', salespersonCode });
  });

  it('takes no payment type the ERP does not have', async () => {
    const paymentKinds = [{ paymentTypeId: 77, kind: 'cash' }];
    expect(await enrol({ returnEvent: '21', paymentKinds })).toEqual({
      code: 'payment_type_unknown',
      paymentTypeId: 77,
    });
  });

  it('keeps what was chosen', async () => {
    const paymentKinds = [{ paymentTypeId: 8, kind: 'credit_card' }];
    expect(await enrol({ saleEvent: '10', returnEvent: '21', salespersonCode: '24', paymentKinds })).toBe('enrolled');
    const db = new SqliteDatabase(join(data.path, 'station.db'), { readonly: true });
    const row = db.prepare('SELECT default_salesperson_code s, sale_event v, return_event d FROM enrolment').get();
    db.close();
    expect(row).toEqual({ s: '000024', v: '10', d: '21' });
  });

  it('sells with them where a sale names nobody', async () => {
    await station.must('operator.login', { code: '1', pin: '1111' });
    await station.must('cashSession.open', { commandId: randomUUID(), floatCents: 0 });
    const saleId = randomUUID();
    const of = { commandId: randomUUID(), saleId };
    await station.must('sale.addItem', { ...of, barcode: BARCODES.tShirt });
    // The store's own card, which by its name would be no payment the till takes.
    const paid = { paymentTypeId: 8, amountCents: 8990, installments: 1 };
    await station.must('sale.addTender', { commandId: randomUUID(), saleId, ...paid });
    const { sale } = await station.must('sale.complete', { commandId: randomUUID(), saleId });
    expect(sale.tenders).toMatchObject([{ kind: 'credit_card', description: 'Cartão da loja' }]);
    const order = await until(
      () => receivedOrder(erp, sale.number ?? ''),
      (row) => row?.['status'] === 3,
    );
    expect(order).toMatchObject({ cod_vendedor: '000024' });
    expect(order?.['produtos']).toMatchObject([{ vendedor_item: 24 }]);
    // The event of the station's own row is none the ERP would take.
    const db = new SqliteDatabase(join(data.path, 'station.db'), { readonly: true });
    const payload = db.prepare("SELECT payload FROM outbox WHERE kind = 'sale'").pluck().get() as string;
    db.close();
    expect(JSON.parse(payload)).toMatchObject({ saleEvent: '10', salespersonCode: '000024' });
  });
});

describe('what a payment type is', () => {
  const kindOf = async (id: number): Promise<unknown> =>
    (await station.must('setup.paymentTypes', {})).find(({ paymentTypeId }) => paymentTypeId === id);

  it('is the guess from its name, or what a person chose', async () => {
    expect(await kindOf(2)).toMatchObject({ guessedKind: 'debit_card', kind: 'debit_card' });
    expect(await kindOf(8)).toMatchObject({ guessedKind: 'other', kind: 'credit_card' });
  });

  it('stays when the register comes again with another name', async () => {
    await erp.post('/admin/registers', { register: 'tipos_pgto', id: 8, row: { desc_tipo: 'Cartão Aurora' } });
    await station.stop();
    station = await spawnStation(data.path);
    const renamed = await until(
      () => kindOf(8),
      (row) => JSON.stringify(row).includes('Aurora'),
    );
    const atTheTill = await station.must('payment.types', {});
    expect(atTheTill.find(({ paymentTypeId }) => paymentTypeId === 8)).toMatchObject({ kind: 'credit_card' });
    expect(renamed).toMatchObject({ guessedKind: 'other', kind: 'credit_card' });
  });

  it('is changed by a command, audited once, and refused for a type the ERP does not have', async () => {
    const map = (text: string): ReturnType<typeof runCli> =>
      runCli(['payment-types', '--data', data.path, '--map', text]);
    expect(await map('9=dinheiro')).toMatchObject({ code: 2, out: '' });
    const unknown = await map('9=other,77=pix');
    expect(unknown).toMatchObject({ code: 1, out: '' });
    expect(unknown.err).toContain('[V-017]');
    const changed = await map('8=other,1=cash');
    expect(changed.out).toMatch(/^8 +Cartão Aurora +outro \(other\)$/m);
    expect(await map('8=other')).toMatchObject({ code: 0 });
    expect((await station.must('payment.types', {})).find(({ paymentTypeId }) => paymentTypeId === 8)).toMatchObject({
      kind: 'other',
      allowsChange: false,
    });
    const db = new SqliteDatabase(join(data.path, 'station.db'), { readonly: true });
    const rows = db.prepare("SELECT subject_id s, detail d FROM audit WHERE action = 'payment_type_mapped'").all();
    db.close();
    expect(rows).toEqual([{ s: '8', d: JSON.stringify({ from: 'credit_card', to: 'other' }) }]);
  });
});
