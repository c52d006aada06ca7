import { randomUUID } from 'node:crypto';
import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { drained, receivedAt, serverOf, openDemoTill } from '../support/demo-erp.ts';
import {
  BARCODES,
  ring,
  sell,
  spawnStation,
  temporaryData,
  until,
  type SpawnedStation,
} from '../support/spawn-station.ts';

/*
 * A disk that is put back has sales suspended that were completed since: the ERP has them under their ids, and each
 * stays there once, under its first number.
 */

const data = temporaryData();
let station: SpawnedStation;
afterAll(async () => {
  await station.stop();
  data.remove();
});

const database = join(data.path, 'station.db');
const copy = join(data.path, 'yesterday.db');

async function park(barcode: string): Promise<string> {
  const saleId = await ring(station, [barcode]);
  await station.must('sale.park', { commandId: randomUUID(), saleId });
  return saleId;
}

const pay = (saleId: string) =>
  station.call('sale.addTender', { commandId: randomUUID(), saleId, paymentTypeId: 1, amountCents: 50_000 });

async function recallAndSell(saleId: string): Promise<string> {
  await station.must('sale.recall', { commandId: randomUUID(), saleId });
  expect(await pay(saleId)).toMatchObject({ ok: true });
  return (await station.must('sale.complete', { commandId: randomUUID(), saleId })).sale.number ?? '';
}

it('keeps at the ERP what the lost disk completed, once, and tells who completes or completed it again', async () => {
  station = await spawnStation(data.path);
  await openDemoTill(station);
  await drained(station);
  const again = await park(BARCODES.tShirt);
  const open = await park(BARCODES.dress);
  // Not sent until the till says so: the older disk sells before the ERP tells that it is old.
  await station.must('sync.setIntegration', { enabled: false });
  await station.stop();
  copyFileSync(database, copy);

  station = await spawnStation(data.path);
  await station.must('sync.setIntegration', { enabled: true });
  expect(await recallAndSell(open)).toBe('E01000000001');
  expect(await recallAndSell(again)).toBe('E01000000002');
  await drained(station);
  await station.stop();
  // The heartbeat of the next start tells the ERP where this station is.
  station = await spawnStation(data.path);
  await drained(station);
  await station.stop();

  for (const suffix of ['-wal', '-shm']) rmSync(`${database}${suffix}`, { force: true });
  copyFileSync(copy, database);
  station = await spawnStation(data.path);
  // Completed again while nobody can know, under another number.
  expect(await recallAndSell(again)).toBe('E01000000001');
  await station.must('sync.setIntegration', { enabled: true });
  const stopped = await until(
    () => station.must('sync.view', {}),
    (view) => view.stoppedReason !== null && view.errors > 0,
  );
  expect(stopped.stoppedReason).toBe('number_behind');
  expect(await station.must('sync.errors', {})).toMatchObject([
    {
      delivery: { state: 'rejected', lastError: { text: expect.stringContaining('E01000000002') as string } },
    },
  ]);

  // The other one is known before it is paid: it can only be given up.
  await station.must('sale.recall', { commandId: randomUUID(), saleId: open });
  const refused = { ok: false, error: { code: 'sale_completed_elsewhere', number: 'E01000000001' } };
  expect(await pay(open)).toMatchObject(refused);
  expect(await station.call('sale.complete', { commandId: randomUUID(), saleId: open })).toMatchObject(refused);
  await station.must('sale.abandon', { commandId: randomUUID(), saleId: open, reason: 'Já está no ERP' });

  await station.must('sync.resume', {});
  const next = await sell(station, [BARCODES.jeans]);
  expect(next.number).toBe('E01000000003');
  await until(
    () => station.must('sync.view', {}),
    (view) => view.waiting === 0,
  );
  const { orders } = await receivedAt(await serverOf(station));
  expect(
    orders.map(({ cod_pedidov, n_pedido_cliente, inclusions }) => [cod_pedidov, n_pedido_cliente, inclusions]),
  ).toEqual([
    ['E01000000001', open, 1],
    ['E01000000002', again, 1],
    ['E01000000003', next.saleId, 1],
  ]);
});
