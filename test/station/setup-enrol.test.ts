import { existsSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSandbox, temporaryFolder, type Sandbox } from '../sandbox/support.ts';
import { answerRaw } from '../support/answer-raw.ts';
import { spawnStation, temporaryData, until, type SpawnedStation } from '../support/spawn-station.ts';

/* Binding a station to a server, through real processes: what a person may get wrong, and what comes of it. */

const erpData = temporaryFolder();
const data = temporaryData();
let erp: Sandbox;
let station: SpawnedStation;

beforeAll(async () => {
  erp = await startSandbox(join(erpData.path, 'erp'));
  station = await spawnStation(data.path);
});
afterAll(async () => {
  await station.stop();
  await erp.end('SIGTERM');
  erpData.remove();
  data.remove();
});

async function refusal(
  changes: Partial<Record<'server' | 'user' | 'password' | 'stationCode', string>>,
): Promise<unknown> {
  const input = { server: erp.url, user: 'e01', password: 'demo-e01', stationCode: 'E01', ...changes };
  const reply = await station.call('setup.enrol', input);
  return reply.ok ? 'enrolled' : reply.error;
}
/** Merges fields into a register's row at the ERP. */
const change = (register: string, id: number, row: object): Promise<unknown> =>
  erp.post('/admin/registers', { register, id, row });

describe('an enrolment that cannot be', () => {
  it('says that nobody answers at the address', async () => {
    const server = 'http://127.0.0.1:1';
    expect(await refusal({ server })).toEqual({ code: 'server_unreachable', server, reason: 'conexão recusada' });
  });

  it('says that the name of the server is not known', async () => {
    expect(await refusal({ server: 'http://erp.invalid:6017' })).toMatchObject({ code: 'server_unreachable' });
  });

  it('says that another kind of server answers', async () => {
    const web = await answerRaw(
      'HTTP/1.1 200 OK\r\nContent-Length: 21\r\nConnection: close\r\n\r\n<html>Roteador</html>',
    );
    expect(await refusal({ server: web.url })).toMatchObject({ code: 'server_wrong', server: web.url });
    web.server.close();
  });

  it('says that the address is none', async () => {
    expect(await refusal({ server: 'erp:6017' })).toEqual({ code: 'server_url_invalid', server: 'erp:6017' });
  });

  it('says that the password is wrong, and keeps nothing of it', async () => {
    expect(await refusal({ password: 'errada' })).toEqual({ code: 'password_wrong', user: 'e01' });
    expect(existsSync(join(data.path, 'secrets.json'))).toBe(false);
  });

  it('says that somebody is connected with that user', async () => {
    const headers = { 'wts-authorization': 'e03/demo-e03' };
    const session = await erp.post('/api/login', {}, { headers: { ...headers, authorization: '' } });
    expect(await refusal({ user: 'e03', password: 'demo-e03', stationCode: 'E03' })).toEqual({
      code: 'user_connected',
      user: 'e03',
    });
    await erp.post('/api/logout', {}, { headers: { 'wts-session': String(session.body['session']) } });
  });

  it('names the stations there are when the code is none of them', async () => {
    const known = ['E01', 'E02', 'E03', 'E04', 'E05'];
    expect(await refusal({ stationCode: 'ZZ9' })).toEqual({ code: 'station_unknown', stationCode: 'ZZ9', known });
  });

  it('says that the station is not active', async () => {
    await change('estacoes', 3, { ativo: false });
    expect(await refusal({ stationCode: 'E03' })).toMatchObject({ code: 'register_incomplete', fields: ['ativo'] });
  });

  it('names what the branch lacks', async () => {
    await change('filiais', 9, { cnpj: '' });
    const register = 'filial 00011';
    expect(await refusal({ stationCode: 'E04' })).toEqual({ code: 'register_incomplete', register, fields: ['cnpj'] });
    await change('filiais', 9, { cnpj: '11222333000181' });
  });

  it('names the policy that makes no sense', async () => {
    const politicas = { cancelamentoMinutos: -3 };
    await change('grupos_estacoes', 2, { grupo: 2, codigo: 'X', descricao: 'X', politicas });
    await change('estacoes', 5, { grupo: 2 });
    const refused = await refusal({ stationCode: 'E05' });
    expect(refused).toMatchObject({ code: 'register_incomplete', fields: ['cancelamentoMinutos'] });
  });

  it('leaves the station as it was', async () => {
    expect(await station.must('station.view', {})).toMatchObject({
      setup: 'empty',
      station: null,
      load: { state: 'idle' },
    });
    expect(await station.call('setup.load', {})).toMatchObject({ ok: false, error: { code: 'station_not_enrolled' } });
    expect(await station.call('demo.setServer', { running: true })).toMatchObject({
      ok: false,
      error: { code: 'not_demo' },
    });
  });
});

describe('an enrolment', () => {
  it('is done once when two ask for it at the same time, and never calls twice at once', async () => {
    expect(await Promise.all([refusal({}), refusal({})])).toEqual([
      'enrolled',
      { code: 'already_enrolled', stationCode: 'E01', server: erp.url },
    ]);
    expect((await erp.get('/admin/received')).body['concurrentCallViolations']).toBe(0);
  });

  it('leaves a store that may sell, with the rules of its group', async () => {
    const view = await station.must('station.view', {});
    expect(view).toMatchObject({
      setup: 'store',
      demoServer: null,
      station: {
        code: 'E01',
        branchCode: '00010',
        cnpj: expect.stringMatching(/\d{14}|\d{2}\./) as unknown,
        server: erp.url,
      },
      policies: { version: 1, discountLimitBp: { cashier: 500 } },
      load: { state: 'done' },
    });
    expect(
      view.load.steps.every((step) => step.state === 'done' && (step.rows > 0 || step.step === 'promotions')),
    ).toBe(true);
  });

  it('is refused to another machine that wants the same station', async () => {
    const other = temporaryData();
    const second = await spawnStation(other.path);
    const input = { server: erp.url, user: 'e02', password: 'demo-e02', stationCode: 'E01' };
    const reply = await second.call('setup.enrol', input);
    await second.stop();
    other.remove();
    expect(reply).toMatchObject({ ok: false, error: { code: 'station_claimed', stationCode: 'E01' } });
    // Its name, and when it was last heard of: the person finds the other machine by them.
    const { machine, lastContactAt } = (reply.ok ? {} : reply.error) as Record<string, string>;
    expect(machine).toBe(hostname());
    expect(Math.abs(Date.parse(lastContactAt ?? '') - Date.now())).toBeLessThan(60_000);
  });

  it('is refused with the user of another station', async () => {
    // The first station tells its user with its next sign of life.
    await until(
      async () => (await erp.get('/admin/received')).text,
      (text) => text.includes('"cabeca_auditoria":"'),
    );
    const other = temporaryData();
    const second = await spawnStation(other.path);
    const input = { server: erp.url, user: 'E01', password: 'demo-e01', stationCode: 'E02' };
    const reply = await second.call('setup.enrol', input);
    const own = await second.call('setup.enrol', { ...input, user: 'e02', password: 'demo-e02' });
    await second.stop();
    other.remove();
    expect(reply).toMatchObject({ ok: false, error: { code: 'user_taken', user: 'E01', stationCode: 'E01' } });
    // The same machine goes on with a user of its own.
    expect(own.ok).toBe(true);
  });
});
