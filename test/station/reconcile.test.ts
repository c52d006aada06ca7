import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { beforeAll, expect, it } from 'vitest';
import { formatCents } from '../../contract/format.ts';
import { describeReconciliation } from '../../core/cli/describe-reconciliation.ts';
import { cancelSale, drained, receivedAt } from '../support/demo-erp.ts';
import { useDemoTill } from '../support/demo-till.ts';
import { closeDrawer, BARCODES, sell, until } from '../support/spawn-station.ts';

/* A day here against the ERP's own list of it: a real core, the real stand-in server. */

const { station, data, server, admin, restart } = useDemoTill();
let businessDay = '';

const compare = () => station.must('reconcile.day', { businessDay });

beforeAll(async () => {
  businessDay = (await station.must('station.view', {})).cashSession?.businessDay ?? '';
});

it('is equal when everything arrived, and lists what is still on its way as known', async () => {
  const [first, second] = [await sell(station, [BARCODES.tShirt]), await sell(station, [BARCODES.jeans])];
  await cancelSale(station, second.saleId);
  await drained(station);
  expect(await compare()).toMatchObject({
    isEqual: true,
    here: { sales: 1, cents: first.totalCents },
    there: { sales: 1, cents: first.totalCents },
    differences: [],
  });

  await admin('faults', { seed: 1, faults: { http500: { methods: ['inclui', 'processastatus'] } } });
  const waiting = await sell(station, [BARCODES.dress]);
  expect(await compare()).toMatchObject({
    isEqual: false,
    differences: [{ number: waiting.number, kind: 'missing_there', isKnown: true, text: 'a enviar' }],
    requeued: 0,
  });
  expect((await station.must('sync.view', {})).alerts).toEqual([]);
  await admin('faults', { seed: 1, faults: {} });
  await station.must('sync.sendNow', {});
  await drained(station);
});

it('names what somebody changed or cancelled at the ERP, and what is there under our code and not here', async () => {
  const sale = await sell(station, [BARCODES.tShirt]);
  await drained(station);
  const call = async (method: string, body: unknown): Promise<void> => {
    const headers = { 'content-type': 'application/json', Authorization: `Basic ${btoa('e02:demo-e02')}` };
    const reply = await fetch(`${await server()}/api/millenium_eco/pedido_venda/${method}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    });
    expect([reply.status, await reply.text()]).toEqual([200, expect.any(String)]);
  };
  await call('processastatus', { vitrine: 2, status_pedidos: [{ cod_pedidov: sale.number, status: 5 }] });
  const view = await compare();
  expect(view).toMatchObject({
    isEqual: false,
    differences: [{ number: sale.number, kind: 'cancelled_there', isKnown: false }],
  });
  expect(describeReconciliation(view).join('\n')).toContain(sale.number);
  expect((await station.must('sync.view', {})).alerts).toMatchObject([{ kind: 'day_differs' }]);
  expect((await station.must('sync.resume', {})).alerts).toEqual([]);
});

it('puts back what the ERP confirmed and lost, and nothing twice', async () => {
  const before = await compare();
  await admin('backup', { name: 'before' });
  const lost = await sell(station, [BARCODES.tShirt]);
  await drained(station);
  await admin('restore', { name: 'before' });
  const view = await compare();
  expect(view.requeued).toBe(1);
  expect(view.differences.filter(({ number }) => number === lost.number)).toMatchObject([
    { kind: 'missing_there', isKnown: false },
  ]);
  await drained(station);
  const after = await compare();
  expect(after.differences).toEqual(before.differences);
  const { orders } = await receivedAt(await server());
  expect(orders.filter(({ cod_pedidov }) => cod_pedidov === lost.number)).toMatchObject([{ inclusions: 1 }]);
});

it('begins with what was sold: a sale or a cancellation without a document is told, and counts here', async () => {
  const before = await compare();
  const [unsent, uncancelled, other] = [
    await sell(station, [BARCODES.tShirt]),
    await sell(station, [BARCODES.jeans]),
    await sell(station, [BARCODES.dress]),
  ];
  await cancelSale(station, uncancelled.saleId);
  await drained(station);
  // No program does this: a trigger stands before it, and both rows are written in one transaction.
  await restart(() => {
    const file = new SqliteDatabase(join(data, 'station.db'));
    file.exec('DROP TRIGGER outbox_stays; DROP TRIGGER outbox_payload_is_fixed');
    const drop = (documentId: string): void => {
      file.prepare('DELETE FROM outbox_dependencies WHERE ? IN (child_id, parent_id)').run(documentId);
      file.prepare('DELETE FROM outbox WHERE document_id = ?').run(documentId);
    };
    drop(unsent.saleId);
    drop(
      file
        .prepare<[string], string>('SELECT cancellation_id FROM cancellations WHERE sale_id = ?')
        .pluck()
        .get(uncancelled.saleId) ?? '',
    );
    file.prepare('UPDATE outbox SET amount_cents = 1 WHERE document_id = ?').run(other.saleId);
    file.close();
  });
  // The demo's server has started again with the station.
  await until(
    () => station.must('sync.view', {}),
    ({ reachability }) => reachability === 'online',
  );
  const view = await compare();
  const told = { kind: 'not_queued', isKnown: false };
  expect(view.differences.filter(({ kind }) => kind === 'not_queued')).toMatchObject([
    { ...told, number: unsent.number, hereCents: unsent.totalCents, thereCents: unsent.totalCents },
    { ...told, number: uncancelled.number, text: 'cancelada aqui, sem documento para o ERP' },
    { ...told, number: other.number, text: `o documento para o ERP diz ${formatCents(1)}` },
  ]);
  expect(view.differences).toHaveLength(before.differences.length + 3);
  expect(view.here).toEqual({
    sales: before.here.sales + 2,
    cents: before.here.cents + unsent.totalCents + other.totalCents,
  });
  expect(describeReconciliation(view).join('\n')).toContain('fora da fila de envio');
  const { alerts } = await station.must('sync.view', {});
  expect(alerts.map(({ kind }) => kind)).toContain('day_differs');
});

it('is made by itself when the session is closed, and kept for the summary of the day', async () => {
  const madeAt = (await station.must('reconcile.view', { businessDay }))?.readAt ?? '';
  await closeDrawer(station, 0);
  const kept = await until(
    () => station.must('reconcile.view', { businessDay }),
    (view) => view !== null && view.readAt > madeAt,
  );
  expect(kept).toMatchObject({ businessDay, here: { sales: 6 } });
});

it('refuses a branch that lost its company, names the field and keeps what was here', async () => {
  const cnpj = (await station.must('station.view', {})).station?.cnpj ?? '';
  await admin('registers', { register: 'filiais', id: 8, row: { cnpj: '' } });
  await station.must('catalog.reload', { register: 'branch' });
  const view = await until(
    () => station.must('sync.view', {}),
    ({ lastError }) => lastError?.text.includes('incompleta') === true,
  );
  expect(view.lastError?.text).toBe('a filial 00010 está incompleta no ERP: cnpj');
  expect((await station.must('station.view', {})).station?.cnpj).toBe(cnpj);
});
