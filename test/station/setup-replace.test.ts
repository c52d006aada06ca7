import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { INCLUDE, receivedOrder, sale, startSandbox, temporaryFolder, type Sandbox } from '../sandbox/support.ts';
import { openTillAt } from '../support/demo-erp.ts';
import { runCli } from '../support/run-cli.ts';
import { BARCODES, sell, spawnStation, temporaryData, until, type SpawnedStation } from '../support/spawn-station.ts';

/* "Substituir estação": a machine that died with a sale on its disk, and the one that takes its place. */

const erpData = temporaryFolder();
const dead = temporaryData();
const fresh = temporaryData();
const third = temporaryData();
let erp: Sandbox;
let station: SpawnedStation;
let lost = '';

beforeAll(async () => {
  erp = await startSandbox(join(erpData.path, 'erp'));
  await erp.post('/admin/set-password', { user: 'suporte', password: 'segredo-do-suporte' });
  const old = await spawnStation(dead.path);
  await openTillAt(erp.url, old, 0);
  await erp.post('/admin/faults', { faults: { http500: { methods: ['pedido_venda/inclui'] } } });
  lost = (await sell(old, [BARCODES.tShirt])).number ?? '';
  await old.kill();
  // Its last start tells the ERP of the sale that waits.
  const again = await spawnStation(dead.path);
  await until(lastWords, (words) => words.includes('"ultimo_numero":1') && words.includes('"pendentes":1'));
  await again.kill();
  station = await spawnStation(fresh.path);
});
afterAll(async () => {
  await station.stop();
  await erp.end('SIGTERM');
  for (const folder of [erpData, dead, fresh, third]) folder.remove();
});

function inErp<Value>(work: (db: SqliteDatabase.Database) => Value, file: string): Value {
  const db = new SqliteDatabase(file);
  try {
    return work(db);
  } finally {
    db.close();
  }
}
async function erpFile(): Promise<string> {
  return String((await erp.get('/admin/health')).body['file']);
}
async function lastWords(): Promise<string> {
  const file = await erpFile();
  return inErp((db) => String(db.prepare("SELECT body FROM heartbeats WHERE estacao = 'E01'").pluck().get()), file);
}

const person = { supportUser: 'suporte', supportPassword: 'segredo-do-suporte', operatorCode: '9', pin: '9999' };
async function replace(changes: object, by = station): Promise<unknown> {
  const reply = await by.call('setup.replace', {
    server: erp.url,
    user: 'e02',
    password: 'demo-e02',
    stationCode: 'E02',
    replaces: 'E01',
    ...person,
    reason: 'fonte queimada',
    ...changes,
  });
  return reply.ok ? reply.output.replaced : reply.error;
}

describe('a replacement', () => {
  it('needs a login of support, which is no station', async () => {
    expect(await replace({ supportPassword: 'x' })).toEqual({ code: 'password_wrong', user: 'suporte' });
    expect(await replace({ supportUser: 'E02' })).toEqual({ code: 'support_login_needed', user: 'E02' });
    expect(await replace({ supportUser: 'e01', supportPassword: 'demo-e01' })).toMatchObject({
      code: 'support_login_needed',
    });
  });

  it('needs the PIN of a manager of the ERP, and locks who guesses', async () => {
    expect(await replace({ operatorCode: '77' })).toEqual({ code: 'operator_unknown', operatorCode: '77' });
    expect(await replace({ operatorCode: '3', pin: '3333' })).toEqual({ code: 'operator_unknown', operatorCode: '3' });
    expect(await replace({ operatorCode: '1', pin: '1111' })).toMatchObject({
      code: 'permission_required',
      permission: 'replace_station',
    });
    expect(await replace({ operatorCode: '99', pin: '1' })).toEqual({ code: 'pin_wrong', attemptsLeft: 2 });
    await replace({ operatorCode: '99', pin: '2' });
    expect(await replace({ operatorCode: '99', pin: '3' })).toMatchObject({ code: 'operator_locked' });
    expect(await replace({ operatorCode: '99', pin: '9090' })).toMatchObject({ code: 'operator_locked' });
  });

  it('needs a reason', async () => {
    expect(await replace({ reason: ' ' })).toMatchObject({ code: 'invalid_input', field: 'reason' });
  });

  it('never goes on with a code that has numbered sales, its own or another', async () => {
    expect(await replace({ stationCode: 'E01' })).toMatchObject({ code: 'code_not_new', stationCode: 'E01' });
    await erp.post('/admin/faults', { faults: {} });
    await erp.post(INCLUDE, sale('E03000000007'));
    expect(await replace({ stationCode: 'E03' })).toEqual({ code: 'code_not_new', stationCode: 'E03', lastNumber: 7 });
  });

  it('replaces nothing that nobody used, and no machine that lives', async () => {
    expect(await replace({ replaces: 'E05' })).toEqual({ code: 'station_never_used', stationCode: 'E05' });
    expect(await replace({})).toMatchObject({ code: 'station_alive', stationCode: 'E01', machine: hostname() });
    expect((await station.must('station.view', {})).setup).toBe('empty');
  });

  it('takes a new code, says what the old one last told, and is audited', async () => {
    const file = await erpFile();
    inErp((db) => db.prepare("UPDATE heartbeats SET at_ms = at_ms - 600000 WHERE estacao = 'E01'").run(), file);
    const login = ['--server', erp.url, '--user', 'e02', '--support-user', 'suporte'];
    const who = ['--operator', '9', '--reason', 'fonte queimada', '--price-column', '2'];
    const args = ['replace', '--data', fresh.path, '--code', 'E02', '--replaces', 'E01', ...login, ...who];
    expect(await runCli(args, 'demo-e02\n')).toMatchObject({ code: 2, out: '' });
    const done = await runCli(args, 'demo-e02\nsegredo-do-suporte\n9999\n');
    expect(done).toMatchObject({ code: 0 });
    expect(done.out).toMatch(/^A enviar: +1 \(R\$\s89,90\), o mais antigo de /m);
    expect(done.out).toMatch(/^Última venda: +1$/m);
    const rows = inErp(
      (db) => db.prepare("SELECT approved_by, subject_id, detail FROM audit WHERE action = 'station_replaced'").all(),
      join(fresh.path, 'station.db'),
    ) as { approved_by: string; subject_id: string; detail: string }[];
    expect(rows).toMatchObject([{ approved_by: '9', subject_id: 'E01' }]);
    expect(JSON.parse(rows[0]?.detail ?? '')).toMatchObject({
      by: 'E02',
      reason: 'fonte queimada',
      supportUser: 'suporte',
    });
    expect(`${done.out}${done.err}${rows[0]?.detail ?? ''}`).not.toContain('segredo');
  });

  it('sells with numbers of its own, and its old disk still delivers', async () => {
    await station.must('operator.login', { code: '1', pin: '1111' });
    await station.must('cashSession.open', { commandId: randomUUID(), floatCents: 0 });
    expect((await sell(station, [BARCODES.tShirt])).number).toBe('E02000000001');
    const old = await spawnStation(dead.path);
    await until(
      () => receivedOrder(erp, lost),
      (row) => row?.['status'] === 3,
    );
    // And it says to whoever looks that it is not the till any more.
    const checks = await old.must('station.doctor', {});
    expect(checks.find(({ name }) => name === 'Substituição')).toMatchObject({
      state: 'failed',
      detail: expect.stringContaining('a estação E02') as string,
    });
    await old.stop();
  });

  it('is done once', async () => {
    const later = await spawnStation(third.path);
    const file = await erpFile();
    inErp((db) => db.prepare("UPDATE heartbeats SET at_ms = at_ms - 600000 WHERE estacao = 'E01'").run(), file);
    const again = { stationCode: 'E04', user: 'e04', password: 'demo-e04' };
    expect(await replace(again, later)).toEqual({ code: 'station_replaced', stationCode: 'E01', by: 'E02' });
    await later.stop();
  });
});
