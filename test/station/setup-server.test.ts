import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { receivedOrder, startSandbox, temporaryFolder, type Sandbox } from '../sandbox/support.ts';
import { openTillAt } from '../support/demo-erp.ts';
import { runCli } from '../support/run-cli.ts';
import { BARCODES, sell, spawnStation, temporaryData, until, type SpawnedStation } from '../support/spawn-station.ts';

/* A server that moves, a login that changes, an integration that is turned off: without a new enrolment. */

const erpData = temporaryFolder();
const otherErpData = temporaryFolder();
const data = temporaryData();
let erp: Sandbox;
let otherErp: Sandbox;
let station: SpawnedStation;

beforeAll(async () => {
  erp = await startSandbox(join(erpData.path, 'erp'));
  otherErp = await startSandbox(join(otherErpData.path, 'erp'));
  station = await spawnStation(data.path);
  await openTillAt(erp.url, station, 0);
});
afterAll(async () => {
  await station.stop();
  await Promise.all([erp.end('SIGTERM'), otherErp.end('SIGTERM')]);
  for (const folder of [erpData, otherErpData, data]) folder.remove();
});

async function change(input: { server?: string; user?: string; password?: string }): Promise<unknown> {
  const reply = await station.call('setup.setServer', input);
  return reply.ok ? 'changed' : reply.error;
}
function audited(action: string): unknown[] {
  const db = new SqliteDatabase(join(data.path, 'station.db'), { readonly: true });
  try {
    return db.prepare('SELECT operator_code, detail FROM audit WHERE action = ?').all(action);
  } finally {
    db.close();
  }
}
const arrived = (erpNow: Sandbox, number: string | null): Promise<unknown> =>
  until(
    () => receivedOrder(erpNow, number ?? ''),
    (row) => row?.['status'] === 3,
  );

describe('a changed server', () => {
  it('is refused before anything is kept when it cannot be the one', async () => {
    expect(await change({ server: 'erp' })).toMatchObject({ code: 'server_url_invalid' });
    expect(await change({ server: 'http://127.0.0.1:1' })).toMatchObject({ code: 'server_unreachable' });
    expect(await change({ password: 'errada' })).toMatchObject({ code: 'password_wrong', user: 'e01' });
    await otherErp.post('/admin/registers', { register: 'filiais', id: 8, row: { cnpj: '99888777000166' } });
    expect(await change({ server: otherErp.url })).toMatchObject({
      code: 'server_wrong',
      reason: 'a filial desta estação tem lá o CNPJ 99888777000166',
    });
    await otherErp.post('/admin/registers', { register: 'estacoes', id: 1, row: { codigo: 'E09' } });
    expect(await change({ server: otherErp.url })).toMatchObject({ code: 'station_unknown', stationCode: 'E01' });
    expect(audited('server_changed')).toEqual([]);
    await arrived(erp, (await sell(station, [BARCODES.tShirt])).number);
  });

  it('is refused when another installation has the station there, or another station the user', async () => {
    await otherErp.post('/admin/registers', { register: 'estacoes', id: 1, row: { codigo: 'E01' } });
    await otherErp.post('/admin/registers', { register: 'filiais', id: 8, row: { cnpj: '11222333000181' } });
    const beat = { instalacao: randomUUID(), versao: '1', ultimo_numero: 0, pendentes: 0, valor_pendente: 0, erros: 0 };
    // Under a login of its own: beside a call of the station under the same one the ERP is busy.
    const tell = async (at: Sandbox, estacao: string, resumo: object): Promise<void> => {
      const path = '/api/millenium!storemanager/monitoramento/atualiza';
      const told = await at.post(path, { ...beat, estacao, resumo }, { user: 'e05' });
      expect(told).toMatchObject({ status: 200 });
    };
    await tell(otherErp, 'E01', { maquina: 'CAIXA-VELHO', usuario: 'e01' });
    expect(await change({ server: otherErp.url })).toMatchObject({ code: 'station_claimed', machine: 'CAIXA-VELHO' });
    await tell(erp, 'E02', { maquina: 'CAIXA-02', usuario: 'e02' });
    expect(await change({ user: 'e02', password: 'demo-e02' })).toMatchObject({
      code: 'user_taken',
      stationCode: 'E02',
      machine: 'CAIXA-02',
    });
  });

  it('is followed to another address, with what waited meanwhile', async () => {
    await erp.end('SIGTERM');
    const waiting = await sell(station, [BARCODES.jeans]);
    erp = await startSandbox(join(erpData.path, 'erp'));
    const moved = await runCli(['set-server', '--data', data.path, '--server', erp.url]);
    expect(moved).toMatchObject({ code: 0, err: '' });
    expect(moved.out).toContain(erp.url);
    await arrived(erp, waiting.number);
    expect(audited('server_changed')).toHaveLength(1);
  });

  it('is followed with another user, typed to the command line', async () => {
    const login = ['set-server', '--data', data.path, '--user', 'e03'];
    expect((await runCli(login, 'errada\n')).err).toContain('[S-005]');
    expect(await runCli(login, 'demo-e03\n')).toMatchObject({ code: 0, err: '' });
    const { number } = await sell(station, [BARCODES.tShirt]);
    await arrived(erp, number);
    expect((await receivedOrder(erp, number ?? ''))?.['received_from']).toBe('e03');
    expect(JSON.stringify(audited('server_changed'))).not.toContain('demo-e03');
  });

  it('goes on by itself where a wrong password had stopped the station', async () => {
    await erp.post('/admin/set-password', { user: 'e03', password: 'nova' });
    const sold = await sell(station, [BARCODES.tShirt]);
    await until(
      () => station.must('sync.view', {}),
      (view) => view.stoppedReason === 'password_wrong',
    );
    expect(await change({ password: 'nova' })).toBe('changed');
    await arrived(erp, sold.number);
    expect((await station.must('sync.view', {})).stoppedReason).toBeNull();
  });
});

describe('an integration that is off', () => {
  it('sells and keeps, asks nobody, and says so, also after a power cut', async () => {
    const off = await runCli(['integration', 'off', '--data', data.path]);
    expect(off.out).toContain('Integração desligada');
    const calls = async (): Promise<string> => JSON.stringify((await erp.get('/admin/received')).body['calls']);
    const before = await calls();
    await sell(station, [BARCODES.tShirt]);
    await station.kill();
    station = await spawnStation(data.path);
    const sold = await sell(station, [BARCODES.jeans]);
    expect(await station.must('sync.view', {})).toMatchObject({ reachability: 'disabled', waiting: 2 });
    expect(await station.must('sync.sendNow', {})).toMatchObject({ ran: false, reason: 'disabled', left: 0 });
    const refused = { ok: false, error: { code: 'integration_off' } };
    expect(await station.call('catalog.reload', { register: 'products' })).toMatchObject(refused);
    expect(await station.call('reconcile.day', {})).toMatchObject(refused);
    expect(
      await station.call('backOffice.invoices', { showcaseId: 2, transId: 0, top: 1, since: null, until: null }),
    ).toMatchObject(refused);
    expect(await calls()).toBe(before);
    expect((await runCli(['status', '--data', data.path])).out).toMatch(/Integração: +INTEGRAÇÃO DESLIGADA/);
    const doctor = await station.must('station.doctor', {});
    expect(doctor.find(({ name }) => name === 'Integração')).toMatchObject({ state: 'warning' });
    expect(doctor.find(({ name }) => name === 'Documentos a enviar')).toMatchObject({ state: 'warning' });
    expect(await station.must('sync.setIntegration', { enabled: true })).toMatchObject({ waiting: 2 });
    await arrived(erp, sold.number);
    expect(audited('integration_off')).toEqual([{ operator_code: '1', detail: '{}' }]);
    expect(audited('integration_on')).toHaveLength(1);
  });

  it('is not of a station without a server, and the demo store keeps its own', async () => {
    const other = temporaryData();
    const empty = await spawnStation(other.path);
    const refused = { ok: false, error: { code: 'station_not_enrolled' } };
    expect(await empty.call('sync.setIntegration', { enabled: false })).toMatchObject(refused);
    expect(await empty.call('setup.setServer', {})).toMatchObject(refused);
    const mapping = { paymentKinds: [{ paymentTypeId: 1, kind: 'cash' as const }] };
    expect(await empty.call('setup.mapPaymentTypes', mapping)).toMatchObject(refused);
    await empty.must('setup.openDemo', { products: 20 });
    expect(await empty.call('setup.setServer', { user: 'e02' })).toMatchObject({ error: { code: 'server_fixed' } });
    await empty.stop();
    other.remove();
  });
});
