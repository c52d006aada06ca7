import { randomUUID } from 'node:crypto';
import { copyFileSync, readdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { drained, receivedAt, serverOf, openDemoTill } from '../support/demo-erp.ts';
import { runCli, runCliJson } from '../support/run-cli.ts';
import {
  BARCODES,
  ring,
  sell,
  spawnStation,
  temporaryData,
  until,
  type SpawnedStation,
} from '../support/spawn-station.ts';

/* A station whose disk is lost: a backup, sales since, a restoration, and the same ERP. */

vi.setConfig({ testTimeout: 180_000, hookTimeout: 60_000 });

const data = temporaryData();
const other = temporaryData();
const at = ['--data', data.path];
let station: SpawnedStation;
let backup: string;
let parkedId: string;

async function inclusions(): Promise<[string, number][]> {
  const { orders } = await receivedAt(await serverOf(station));
  return orders.map(({ cod_pedidov, inclusions: count }) => [cod_pedidov, count]);
}

beforeAll(async () => {
  station = await spawnStation(data.path);
  await openDemoTill(station);
  await sell(station, [BARCODES.tShirt]);
  await drained(station);
  await station.must('demo.setServer', { running: false });
  await sell(station, [BARCODES.dress]);
  parkedId = await ring(station, [BARCODES.jeans]);
  await station.must('sale.park', { commandId: randomUUID(), saleId: parkedId });
  await station.must('backup.now', {});
  const made = (await station.must('backup.now', {})).places[0];
  backup = join(data.path, 'backups', made?.file ?? '');
  // After the backup: what waited is delivered, what was parked is sold, and two more.
  await station.must('demo.setServer', { running: true });
  await station.must('sale.recall', { commandId: randomUUID(), saleId: parkedId });
  const amountCents = (await station.must('sale.current', {}))?.totalCents ?? 0;
  await station.must('sale.addTender', { commandId: randomUUID(), saleId: parkedId, paymentTypeId: 1, amountCents });
  await station.must('sale.complete', { commandId: randomUUID(), saleId: parkedId });
  await sell(station, [BARCODES.tShirt]);
  await drained(station);
});
afterAll(async () => {
  await station.stop();
  data.remove();
  other.remove();
});

it('refuses while the station runs, and a backup that a power cut left short', async () => {
  const running = await runCliJson(['restore', backup, ...at]);
  expect(running).toMatchObject({ code: 3, reply: { error: { code: 'data_locked' } } });
  const cut = join(data.path, 'cut.db');
  copyFileSync(backup, cut);
  truncateSync(cut, 100_000);
  await station.stop();
  const short = await runCli(['restore', cut, ...at]);
  expect(short).toMatchObject({ code: 1, out: '' });
  expect(short.err).toContain('M-021');
  writeFileSync(cut, 'cod_produto;descricao1\n');
  expect((await runCli(['restore', cut, ...at])).err).toContain('não é um banco de dados');
  expect((await runCli(['restore', data.path, ...at])).err).toContain('não é um arquivo');
});

it('refuses a backup of another installation where a station has its data', async () => {
  const second = await spawnStation(other.path);
  await openDemoTill(second);
  await second.stop();
  const { code, reply } = await runCliJson(['restore', backup, '--data', other.path]);
  expect({ code, error: reply.error }).toMatchObject({
    code: 1,
    error: { code: 'backup_other_station', stationCode: 'E01' },
  });
});

it('sells at once after it, above every number that may be taken, and heals by itself when the ERP answers', async () => {
  const restored = await runCli(['restore', backup, ...at]);
  expect(restored.code).toBe(0);
  expect(restored.out).toMatch(/^Restaurada: +E01 · 2 vendas/m);
  expect(restored.out).toMatch(/^Vendas abertas: +1 desistidas/m);
  expect(readdirSync(data.path).filter((name) => name.startsWith('before-restore-'))).toHaveLength(1);

  station = await spawnStation(data.path);
  const { sales, operator } = {
    ...(await station.must('station.health', {})),
    ...(await station.must('station.view', {})),
  };
  expect(operator).toBeNull();
  // Of the backup; the numbers left out by the gap are no sales.
  expect(sales).toBe(2);
  await station.must('operator.login', { code: '1', pin: '1111' });
  // Whatever the backup knew of backups: a new one is due.
  expect((await station.must('backup.view', {})).places[0]).toMatchObject({ state: 'never', file: null });
  // What was parked then was sold since: it is not offered a second time.
  expect(await station.must('sale.parked', {})).toEqual([]);
  const sale = await sell(station, [BARCODES.dress]);
  expect(Number(sale.number?.slice(3))).toBeGreaterThan(1002);
  await drained(station);
  expect(await station.must('sync.view', {})).toMatchObject({ stoppedReason: null, errors: 0 });
  expect(await inclusions()).toEqual([
    ['E01000000001', 1],
    ['E01000000002', 1],
    ['E01000000003', 1],
    ['E01000000004', 1],
    [sale.number, 1],
  ]);
  const view = await until(
    () => station.must('backup.view', {}),
    ({ restored: row }) => row !== null && row.since !== null,
    // Where the demo server was slow to start it is asked with the next heartbeat.
    90_000,
  );
  // The one that waited is known again; the one that was parked then and the last one are at the ERP alone.
  expect(view.restored).toMatchObject({ fileNumber: 2, since: { sales: 2 } });
  expect((await runCli(['status', ...at])).out).toMatch(/^Cópias: .*; 2 vendas depois da cópia só no ERP, R\$/m);
});
