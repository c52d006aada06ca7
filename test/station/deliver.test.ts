import { randomUUID } from 'node:crypto';
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startSandbox, temporaryFolder, type Sandbox } from '../sandbox/support.ts';
import { cancelSale, drained, openTillAt } from '../support/demo-erp.ts';
import { runCli, runCliHere, runCliJsonHere } from '../support/run-cli.ts';
import {
  BARCODES,
  ring,
  sell,
  spawnStation,
  temporaryData,
  until,
  type SpawnedStation,
} from '../support/spawn-station.ts';

/* What a station cannot deliver, delivered from another machine: real files, the real core, the stand-in ERP. */

const PHRASE = 'chuva de verão em maio';
const erpData = temporaryFolder();
const data = temporaryData();
const at = ['--data', data.path];
const file = join(data.path, 'pendentes.json');
let erp: Sandbox;
let station: SpawnedStation;

type Order = { cod_pedidov: string; inclusions: number; refusedDuplicates: number; status: number; cliente: number };
async function received(): Promise<Order[]> {
  const orders = (await erp.get('/admin/received')).body['orders'] as Order[];
  return orders
    .map(({ cod_pedidov, inclusions, refusedDuplicates, status, cliente }) => {
      return { cod_pedidov, inclusions, refusedDuplicates, status, cliente };
    })
    .toSorted((a, b) => a.cod_pedidov.localeCompare(b.cod_pedidov));
}
const deliver = (name = file): ReturnType<typeof runCli> =>
  runCli(['deliver', name, '--server', erp.url, '--user', 'e02'], `${PHRASE}\ndemo-e02\n`);

beforeAll(async () => {
  erp = await startSandbox(join(erpData.path, 'erp'));
  station = await spawnStation(data.path);
  await openTillAt(erp.url, station);
  await sell(station, [BARCODES.tShirt]);
  await drained(station, 60_000);
  // From here on nothing gets through: what went into the drawer, a sale, one that is cancelled, one for a customer nobody knows yet, and the
  // cancellation of a sale that is there.
  await erp.post('/admin/faults', { faults: { down: {} } });
  const supply = { kind: 'supply', financialReasonId: 11, amountCents: 5000 } as const;
  await station.must('cashSession.move', { commandId: randomUUID(), ...supply });
  await sell(station, [BARCODES.dress]);
  const second = await sell(station, [BARCODES.jeans]);
  for (const row of (await station.must('sale.list', {})).filter(
    ({ number }) => number.endsWith('1') || number === second.number,
  )) {
    await cancelSale(station, row.saleId);
  }
  const { personId } = await station.must('customer.register', {
    commandId: randomUUID(),
    cpf: '529.982.247-25',
    name: 'Joana Prado',
  });
  const saleId = await ring(station, [BARCODES.tShirt]);
  await station.must('sale.setCustomer', { commandId: randomUUID(), saleId, personId });
  const amountCents = (await station.must('sale.current', {}))?.totalCents ?? 0;
  await station.must('sale.addTender', { commandId: randomUUID(), saleId, paymentTypeId: 1, amountCents });
  await station.must('sale.complete', { commandId: randomUUID(), saleId });
});
afterAll(async () => {
  await station.stop();
  await erp.end('SIGTERM');
  erpData.remove();
  data.remove();
});

it('is exported encrypted, from the station that runs, without its password and without a name that can be read', async () => {
  expect((await runCliHere(['export-pending', file, ...at], 'curta\n')).code).toBe(2);
  const { code, out } = await runCli(['export-pending', file, ...at], `${PHRASE}\n`);
  expect(code).toBe(0);
  expect(out).toMatch(/^E01: 3 vendas \(.*\), 2 cancelamentos, 1 cliente, 1 documento de caixa em /);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const text = readFileSync(file, 'utf8');
  for (const secret of ['52998224725', 'Joana', 'demo-e01', 'E01000000002', PHRASE]) expect(text).not.toContain(secret);
  expect((await runCliJsonHere(['export-pending', file, ...at], `${PHRASE}\n`)).reply.error).toMatchObject({
    code: 'pending_file_invalid',
    reason: 'já existe',
  });
});

it('is not opened by another phrase, nor after a change, nor when it is something else', async () => {
  const at2 = ['--server', erp.url, '--user', 'e02'];
  const wrong = await runCliJsonHere(['deliver', file, ...at2], 'outra frase qualquer\ndemo-e02\n');
  expect(wrong).toMatchObject({ code: 1, reply: { error: { code: 'passphrase_wrong', file } } });
  const changed = join(data.path, 'changed.json');
  const sealed = JSON.parse(readFileSync(file, 'utf8')) as { data: string };
  writeFileSync(
    changed,
    JSON.stringify({
      ...sealed,
      data: `A${sealed.data.slice(1)}` === sealed.data ? `B${sealed.data.slice(1)}` : `A${sealed.data.slice(1)}`,
    }),
  );
  expect((await runCliJsonHere(['deliver', changed, ...at2], `${PHRASE}\ndemo-e02\n`)).reply.error).toMatchObject({
    code: 'passphrase_wrong',
  });
  writeFileSync(changed, '{"format":"other"}');
  expect((await runCliJsonHere(['deliver', changed, ...at2], `${PHRASE}\ndemo-e02\n`)).reply.error).toMatchObject({
    code: 'pending_file_invalid',
  });
  const none = await runCliHere(['deliver', join(data.path, 'none'), ...at2], `${PHRASE}\ndemo-e02\n`);
  expect(none.code).toBe(2);
});

it('says per document what did not arrive while the server is away, and goes on when it is called again', async () => {
  await station.kill();
  // The first two calls get through, so that something is half way when it is cut.
  await erp.post('/admin/faults', { faults: { dropReply: { methods: ['pedido_venda/inclui'], max: 2 } } });
  const once = await deliver();
  expect(once.out).toMatch(/^E01000000002 +venda/m);
  await erp.post('/admin/faults', { faults: {} });
  const twice = await deliver();
  expect(twice).toMatchObject({ code: 0 });
  expect(twice.out).toMatch(/^7 de 7 entregues e conferidos\.$/m);
  expect((await received()).map(({ cod_pedidov, inclusions, status }) => [cod_pedidov, inclusions, status])).toEqual([
    ['E01000000001', 1, 5],
    ['E01000000002', 1, 3],
    ['E01000000003', 1, 5],
    ['E01000000004', 1, 3],
  ]);
});

it('doubles nothing when it runs again, and the station finds it all when it comes back', async () => {
  const before = await received();
  expect((await deliver()).code).toBe(0);
  // Not even offered again: it was looked up.
  expect(await received()).toEqual(before);
  // For the customer that the other machine registered, not for everybody.
  expect(before.at(-1)?.cliente).not.toBe(before[0]?.cliente);
  station = await spawnStation(data.path);
  await drained(station, 60_000);
  expect(await station.must('sync.view', {})).toMatchObject({ errors: 0, stoppedReason: null });
  const ends = (orders: Order[]): unknown[] => orders.map((order) => ({ ...order, refusedDuplicates: 0 }));
  expect(ends(await received())).toEqual(ends(before));
  const again = join(data.path, 'again.json');
  const nothing = await runCli(['export-pending', again, ...at], `${PHRASE}\n`);
  expect(nothing).toMatchObject({ code: 0, out: 'Nada a exportar: tudo foi entregue. Nenhum arquivo gravado.\n' });
});

it('from a backup, while the station delivers the same itself, arrives once', async () => {
  await erp.post('/admin/faults', { faults: { down: {} } });
  await station.must('operator.login', { code: '1', pin: '1111' });
  const numbers: (string | null)[] = [];
  for (let count = 0; count < 8; count += 1) numbers.push((await sell(station, [BARCODES.tShirt])).number);
  const made = (await station.must('backup.now', {})).places[0];
  const backup = join(data.path, 'backups', made?.file ?? '');
  rmSync(file);
  expect((await runCli(['export-pending', file, '--from', backup, '--data', '/nowhere'], `${PHRASE}\n`)).code).toBe(0);
  await erp.post('/admin/faults', { faults: { slow: { rate: 0.5, ms: 150 } } });
  const [delivered] = await Promise.all([deliver(), station.must('sync.sendNow', {})]);
  await drained(station, 60_000);
  expect((await deliver()).code).toBe(0);
  expect(delivered.out).not.toMatch(/NÚMERO DE OUTRO|DIFERENTE/);
  const orders = (await received()).filter(({ cod_pedidov }) => numbers.includes(cod_pedidov));
  expect(orders.map(({ inclusions, status }) => [inclusions, status])).toEqual(numbers.map(() => [1, 3]));
  expect(await station.must('sync.view', {})).toMatchObject({ errors: 0, stoppedReason: null });
});

it('goes without its customer when a person sent it on without, also where the ERP takes the customer now', async () => {
  const { personId } = await station.must('customer.register', {
    commandId: randomUUID(),
    cpf: '275.484.389-23',
    name: 'Dora Nunes',
    address: { street: 'Rua Zero', number: '1', city: 'Lugar', state: 'SP', postalCode: '00100000' },
  });
  const saleId = await ring(station, [BARCODES.tShirt]);
  await station.must('sale.setCustomer', { commandId: randomUUID(), saleId, personId });
  await station.must('sale.addTender', { commandId: randomUUID(), saleId, paymentTypeId: 1, amountCents: 8990 });
  const { sale } = await station.must('sale.complete', { commandId: randomUUID(), saleId });
  await until(
    () => station.must('sync.errors', {}),
    (errors) => errors.some(({ isDetachable }) => isDetachable),
  );
  await erp.post('/admin/faults', { faults: { down: {} } });
  await station.must('customer.detach', { commandId: randomUUID(), saleId });
  rmSync(file);
  expect((await runCli(['export-pending', file, ...at], `${PHRASE}\n`)).code).toBe(0);
  await erp.post('/admin/faults', { faults: {} });
  const { out } = await deliver();
  expect(out).toMatch(new RegExp(`^${sale.number} +venda .*entregue`, 'm'));
  const order = (await received()).find(({ cod_pedidov }) => cod_pedidov === sale.number);
  expect(order).toMatchObject({ cliente: 302, inclusions: 1 });
  await drained(station, 60_000);
});
