import { randomUUID } from 'node:crypto';
import SqliteDatabase from 'better-sqlite3';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { MethodInput, MethodOutput } from '../../contract/station-api.ts';
import { cancelSale, drained } from '../support/demo-erp.ts';
import { useDemoTill } from '../support/demo-till.ts';
import { BARCODES, approve, moveCash, sell, until } from '../support/spawn-station.ts';

/* Everything a station recorded, found again: a real core, a real server. Tests go on where the one before stopped. */

type Row = MethodOutput<'movement.list'>['rows'][number];
type Filter = MethodInput<'movement.list'>['filter'];

const { station, data, admin } = useDemoTill();
let first = { saleId: '', number: '' };

const list = (filter: Filter = {}): Promise<MethodOutput<'movement.list'>> => station.must('movement.list', { filter });
const what = ({ kind, number, amountCents, delivery }: Row): unknown[] => [kind, number, amountCents, delivery.state];
const stepsOf = async (documentId: string): Promise<string[]> =>
  (await station.must('movement.get', { documentId })).steps.map(({ of, kind, text, by }) =>
    [of, kind, ...(text === null ? [] : [text]), ...(by === null ? [] : [by])].join(' '),
  );

it('lists every document with its state, the newest first: sales, cancellations, the drawer, customers', async () => {
  const sale = await sell(station, [BARCODES.tShirt]);
  first = { saleId: sale.saleId, number: sale.number ?? '' };
  await sell(station, [BARCODES.jeans]);
  await cancelSale(station, sale.saleId);
  const reasons = await station.must('cashSession.reasons', {});
  const out = reasons.find(({ direction }) => direction === 'out')?.financialReasonId ?? 0;
  await moveCash(station, 'withdrawal', out, 5_000);
  await station.must('customer.register', { commandId: randomUUID(), cpf: '52998224725', name: 'Maria Teste' });
  await drained(station);
  const { total, rows } = await list();
  expect(total).toBe(6);
  expect(rows.map(what)).toEqual([
    ['customer', expect.any(String), null, 'confirmed'],
    ['withdrawal', 'E01M00000002', -5_000, 'confirmed'],
    ['cancellation', first.number, -8_990, 'confirmed'],
    ['sale', 'E01000000002', expect.any(Number), 'confirmed'],
    ['sale', first.number, 8_990, 'confirmed'],
    ['opening', 'E01M00000001', 10_000, 'confirmed'],
  ]);
  expect(rows.map(({ isCancelled }) => isCancelled)).toEqual([false, false, false, false, true, false]);
  expect(JSON.stringify(rows)).not.toContain('Maria');
});

it('pages by place', async () => {
  const { total, rows } = await station.must('movement.list', { from: 4, limit: 1 });
  expect([total, rows.map(({ number }) => number)]).toEqual([6, [first.number]]);
});

it.each<[string, Filter, number]>([
  ['a number', { text: 'E01000000001' }, 2],
  ['its beginning', { text: 'e010000' }, 3],
  ['a number without its zeros, also of the drawer', { text: '2' }, 2],
  ['an amount', { text: '89,90' }, 2],
  ['an amount of the drawer', { text: '50,00' }, 1],
  ['a state', { state: 'confirmed' }, 6],
  ['nothing that waits', { state: 'waiting' }, 0],
  ['cancelled sales', { state: 'cancelled' }, 1],
  ['a kind', { kind: 'cash' }, 2],
  ['a kind and a number', { kind: 'cancellation', text: '1' }, 1],
  ['a day without any', { businessDay: '2020-01-01' }, 0],
  ['words', { text: 'abc' }, 0],
])('filters by %s', async (_, filter, count) => {
  const { total, rows } = await list(filter);
  expect([total, rows.length]).toEqual([count, count]);
});

it('finds the place of a number and of a day', async () => {
  const place = async (target: MethodInput<'movement.find'>['target']): Promise<number | null> =>
    (await station.must('movement.find', { target })).place;
  const { rows } = await list();
  const today = rows[0]?.businessDay ?? '';
  expect(await place({ number: '1' })).toBe(4);
  expect(await place({ number: first.number })).toBe(4);
  expect(await place({ number: 'E01M00000001' })).toBe(5);
  expect(await place({ number: '77' })).toBeNull();
  expect(await place({ businessDay: today })).toBe(0);
  expect(await place({ businessDay: '2099-12-31' })).toBe(0);
  expect(await place({ businessDay: '2020-01-01' })).toBeNull();
});

it('tells a sale and its cancellation as one story, with the number of the ERP', async () => {
  const { rows } = await list({ kind: 'cancellation' });
  const cancellation = rows[0]?.delivery.documentId ?? '';
  const story = await stepsOf(first.saleId);
  expect(story).toEqual(await stepsOf(cancellation));
  expect(story).toEqual([
    'sale recorded Ana Souza',
    'sale attempted',
    'sale confirmed',
    'cancellation recorded Cliente desistiu Ana Souza',
    'cancellation attempted',
    'cancellation confirmed',
  ]);
  const { steps, papers, error } = await station.must('movement.get', { documentId: first.saleId });
  expect(steps.find(({ kind }) => kind === 'confirmed')?.number).toMatch(/\d/);
  expect([papers.map(({ kind }) => kind), error]).toEqual([['sale', 'cancellation'], null]);
  await station.must('reconcile.day', {});
  expect(await stepsOf(first.saleId)).toContain('sale compared');
});

it('tells what people did to a refused sale: looked again, sent again, gave it up', async () => {
  await admin('faults', { seed: 1, faults: { errorInside200: { methods: ['pedido_venda.inclui'] } } });
  const refused = async (): Promise<unknown> =>
    until(
      () => station.must('sync.view', {}),
      (view) => view.errors === 1,
    );
  const { saleId: documentId } = await sell(station, [BARCODES.tShirt]);
  await refused();
  expect((await list({ state: 'rejected' })).rows.map(what)).toEqual([['sale', 'E01000000003', 8_990, 'rejected']]);
  await station.must('sync.recheck', { documentId });
  await station.must('sync.resend', { documentId });
  await refused();
  const { error } = await station.must('movement.get', { documentId });
  expect(error).toMatchObject({ number: 'E01000000003', waitsFor: null, delivery: { state: 'rejected' } });
  const discard = { documentId, reason: 'Lançada à mão' };
  await station.must('sync.discard', { ...discard, approvalId: await approve(station, 'discard_document') });
  const { steps } = await station.must('movement.get', { documentId });
  expect(steps.map(({ kind }) => kind)).toEqual(['recorded', 'rechecked', 'resent', 'attempted', 'discarded']);
  expect(steps.at(-1)).toMatchObject({ text: 'Lançada à mão', by: 'Ana Souza', approvedBy: 'Carla Dias' });
  expect((await list({ state: 'given_up' })).total).toBe(1);
  expect(await station.call('movement.get', { documentId: randomUUID() })).toMatchObject({
    error: { code: 'document_not_found' },
  });
});

it('reads the list and its filters from their index alone, however many there are', () => {
  const raw = new SqliteDatabase(join(data, 'station.db'), { readonly: true });
  const plan = (sql: string): string =>
    (raw.prepare(`EXPLAIN QUERY PLAN ${sql}`).all() as { detail: string }[]).map(({ detail }) => detail).join('; ');
  const ordered = plan(
    `SELECT document_id FROM outbox INDEXED BY outbox_movements WHERE business_day >= 'a' AND business_day <= 'b'
      AND (1 OR kind = 'sale') ORDER BY business_day DESC, tick DESC LIMIT 100 OFFSET 100000`,
  );
  expect(ordered).toBe('SEARCH outbox USING INDEX outbox_movements (business_day>? AND business_day<?)');
  const acts = plan(
    `SELECT action FROM audit WHERE subject_id = 'x'
      AND action IN ('document_resend', 'document_recheck', 'document_discard', 'customer_detach')`,
  );
  expect(acts).toContain('USING INDEX audit_of_documents');
  raw.close();
});
