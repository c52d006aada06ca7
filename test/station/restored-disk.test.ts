import { randomUUID } from 'node:crypto';
import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
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

/* A disk restored from a copy does not know the sales made since: their numbers are taken at the ERP. */

const data = temporaryData();
let station: SpawnedStation;
afterAll(async () => {
  await station.stop();
  data.remove();
});

const database = join(data.path, 'station.db');
const copy = join(data.path, 'yesterday.db');
const erpDatabase = join(data.path, 'demo-server', 'millennium.sqlite');
function readOne(file: string, sql: string): unknown {
  const db = new SqliteDatabase(file, { readonly: true });
  try {
    return db.prepare(sql).pluck().get();
  } finally {
    db.close();
  }
}
async function restart(): Promise<void> {
  await station.stop();
  station = await spawnStation(data.path);
}

it('goes on above the numbers the ERP has seen, says so, and sends when a person resumes', async () => {
  station = await spawnStation(data.path);
  await openDemoTill(station);
  await sell(station, [BARCODES.tShirt]);
  await drained(station);
  await station.stop();
  copyFileSync(database, copy);

  station = await spawnStation(data.path);
  await sell(station, [BARCODES.dress]);
  await sell(station, [BARCODES.jeans]);
  await drained(station);
  // The heartbeat of the next start tells the ERP where this station is.
  await restart();
  await drained(station);

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
  await drained(station);
  const { orders } = await receivedAt(await serverOf(station));
  expect(orders.map(({ cod_pedidov, inclusions }) => [cod_pedidov, inclusions])).toEqual(
    ['E01000000001', 'E01000000002', 'E01000000003', 'E01000000004'].map((number) => [number, 1]),
  );
});

it('is known by its audit head where no number tells, and goes on when a person resumes', async () => {
  await drained(station);
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
    () => Promise.resolve(readOne(erpDatabase, "SELECT cabeca FROM audit_heads WHERE user = 'e01'")),
    (head) => head === readOne(database, 'SELECT hash FROM audit ORDER BY sequence DESC LIMIT 1'),
  );
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
  await drained(station);
});
