import { randomUUID } from 'node:crypto';
import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it, vi } from 'vitest';
import {
  BARCODES,
  openDemoTill,
  ring,
  sell,
  spawnStation,
  temporaryData,
  until,
  type SpawnedStation,
} from '../support/spawn-station.ts';

/* A disk restored from a copy does not know the sales made since: their numbers are taken at the ERP. */

// Five starts of a core and its demo server.
vi.setConfig({ testTimeout: 60_000 });

const data = temporaryData();
let station: SpawnedStation;
afterAll(async () => {
  await station.stop();
  data.remove();
});

const database = join(data.path, 'station.db');
const copy = join(data.path, 'yesterday.db');
const drained = (): Promise<unknown> =>
  until(
    () => station.must('sync.view', {}),
    (view) => view.waiting === 0 && view.reachability === 'online',
  );
async function restart(): Promise<void> {
  await station.stop();
  station = await spawnStation(data.path);
}

it('goes on above the numbers the ERP has seen, says so, and sends when a person resumes', async () => {
  station = await spawnStation(data.path);
  await openDemoTill(station);
  await sell(station, [BARCODES.tShirt]);
  await drained();
  await station.stop();
  copyFileSync(database, copy);

  station = await spawnStation(data.path);
  await sell(station, [BARCODES.dress]);
  await sell(station, [BARCODES.jeans]);
  await drained();
  // The heartbeat of the next start tells the ERP where this station is.
  await restart();
  await drained();

  await station.stop();
  for (const suffix of ['-wal', '-shm']) rmSync(`${database}${suffix}`, { force: true });
  copyFileSync(copy, database);
  station = await spawnStation(data.path);
  const stopped = await until(
    () => station.must('sync.view', {}),
    (view) => view.stoppedReason !== null,
  );
  expect(stopped).toMatchObject({ reachability: 'stopped', stoppedReason: 'number_behind' });
  const sale = await sell(station, [BARCODES.tShirt]);
  expect(sale.number).toBe('E01000000004');
  await station.must('sync.resume', {});
  await drained();
  const server = (await station.must('station.view', {})).station?.server ?? '';
  const { orders } = (await (await fetch(`${server}/admin/received`)).json()) as {
    orders: { cod_pedidov: string; inclusions: number }[];
  };
  expect(orders.map(({ cod_pedidov, inclusions }) => [cod_pedidov, inclusions])).toEqual(
    ['E01000000001', 'E01000000002', 'E01000000003', 'E01000000004'].map((number) => [number, 1]),
  );
});

it('is known by its audit head where no number tells, and goes on when a person resumes', async () => {
  await drained();
  await station.stop();
  for (const suffix of ['-wal', '-shm']) rmSync(`${copy}${suffix}`, { force: true });
  copyFileSync(database, copy);
  station = await spawnStation(data.path);
  // Something that is audited and has no number.
  const saleId = await ring(station, [BARCODES.tShirt]);
  await station.must('sale.abandon', { commandId: randomUUID(), saleId, reason: 'Cliente desistiu' });
  await station.must('sync.resume', {});
  // The audit row goes after the registers that resuming asks for.
  await until(
    () => station.must('sync.view', {}),
    (view) => view.lastPullAt !== null,
  );
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  await station.stop();
  for (const suffix of ['-wal', '-shm']) rmSync(`${database}${suffix}`, { force: true });
  copyFileSync(copy, database);
  station = await spawnStation(data.path);
  const stopped = await until(
    () => station.must('sync.view', {}),
    (view) => view.stoppedReason !== null,
  );
  expect(stopped).toMatchObject({ reachability: 'stopped', stoppedReason: 'audit_behind' });
  await sell(station, [BARCODES.dress]);
  expect((await station.must('sync.view', {})).waiting).toBe(1);
  await station.must('sync.resume', {});
  await drained();
});
