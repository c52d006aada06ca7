import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DoctorCheckView } from '../../contract/station-views.ts';
import { startSandbox, temporaryFolder, type Sandbox } from '../sandbox/support.ts';
import { answerRaw } from '../support/answer-raw.ts';
import { spawnStation, temporaryData, type SpawnedStation } from '../support/spawn-station.ts';

/* "Testar conexão": every step of a call to the server, through real processes, before anything is kept. */

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

async function test(server: string, password = 'demo-e01'): Promise<string[]> {
  const steps = await station.must('setup.testConnection', { server, user: 'e01', password });
  return steps.map(
    ({ name, state, detail }: DoctorCheckView) => `${name}: ${state}: ${detail.replaceAll(/\d+/g, 'N')}`,
  );
}
const unseen = (...names: string[]): string[] =>
  names.map((name) => `${name}: warning: não verificado: o passo anterior falhou`);

describe('the connection test', () => {
  it('goes through every step, and warns of a line without encryption', async () => {
    // Not the loopback by its address, and yet this machine.
    expect(await test(erp.url.replace('127.0.0.1', '0.0.0.0'))).toEqual([
      'Nome do servidor: ok: N.N.N.N é N.N.N.N',
      'Conexão: ok: http://N.N.N.N:N em N ms',
      'Criptografia (TLS): warning: sem criptografia (http)',
      'Login no ERP: ok: eN',
      'Método do ERP: ok: versão N.N.N em N ms',
      expect.stringMatching(/^Relógio: ok: [N,]+ s/) as string,
    ]);
  });

  it('does not warn of a line that never leaves the machine', async () => {
    expect((await test(erp.url))[2]).toBe('Criptografia (TLS): ok: http, sem sair desta máquina');
  });

  it('stops at the name', async () => {
    expect(await test('http://erp.invalid:6017')).toEqual([
      expect.stringMatching(/^Nome do servidor: failed: erp.invalid: /) as string,
      ...unseen('Conexão', 'Criptografia (TLS)', 'Login no ERP', 'Método do ERP', 'Relógio'),
    ]);
  });

  it('stops at the port nobody listens on', async () => {
    expect((await test('http://127.0.0.1:1')).slice(1)).toEqual([
      'Conexão: failed: http://N.N.N.N:N: conexão recusada',
      ...unseen('Criptografia (TLS)', 'Login no ERP', 'Método do ERP', 'Relógio'),
    ]);
  });

  it('stops at https where the server speaks plain http', async () => {
    expect((await test(erp.url.replace('http:', 'https:'))).slice(2)).toEqual([
      expect.stringMatching(/^Criptografia \(TLS\): failed: https:.*: não fala TLS/) as string,
      ...unseen('Login no ERP', 'Método do ERP', 'Relógio'),
    ]);
  });

  it('stops at the login', async () => {
    expect((await test(erp.url, 'errada')).slice(3)).toEqual([
      'Login no ERP: failed: Senha inválida',
      ...unseen('Método do ERP', 'Relógio'),
    ]);
  });

  it('says what to do at the step that another kind of server does not know', async () => {
    const web = await answerRaw('HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}');
    const steps = await station.must('setup.testConnection', { server: web.url, user: 'e01', password: 'x' });
    web.server.close();
    const step = steps.find(({ name }) => name === 'Método do ERP');
    expect(step).toMatchObject({ state: 'failed', advice: expect.stringContaining('método') as string });
  });

  it('refuses what is no address, and keeps nothing', async () => {
    const reply = await station.call('setup.testConnection', { server: 'erp', user: 'e01', password: 'x' });
    expect(reply).toMatchObject({ ok: false, error: { code: 'server_url_invalid', server: 'erp' } });
    expect((await station.must('station.view', {})).setup).toBe('empty');
  });
});

describe('the list of stations', () => {
  const login = (password = 'demo-e01') => ({ server: erp.url, user: 'e01', password });

  it('names those of the ERP by code, with their branch and what they lack', async () => {
    await erp.post('/admin/registers', { register: 'estacoes', id: 2, row: { ativo: 'F', evento_venda: '' } });
    const stations = await station.must('setup.stations', login());
    expect(stations.map(({ stationCode }) => stationCode)).toEqual(['E01', 'E02', 'E03', 'E04', 'E05']);
    expect(stations[0]).toEqual({
      stationCode: 'E01',
      description: 'Caixa 1',
      branchName: 'Boutique Demonstração Centro',
      missing: [],
    });
    expect(stations[1]?.missing).toEqual(['evento_venda', 'ativo']);
  });

  it('is refused as every other question to a server', async () => {
    expect(await station.call('setup.stations', login('errada'))).toMatchObject({ error: { code: 'password_wrong' } });
    const nowhere = { ...login(), server: 'http://127.0.0.1:1' };
    expect(await station.call('setup.stations', nowhere)).toMatchObject({ error: { code: 'server_unreachable' } });
    const wrong = { ...login(), server: 'erp' };
    expect(await station.call('setup.stations', wrong)).toMatchObject({ error: { code: 'server_url_invalid' } });
  });
});
