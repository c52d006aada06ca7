import { Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { busyError } from '../../sandbox/http/busy-licence.ts';
import { createSerialGate } from '../../sandbox/http/serial-gate.ts';
import { until } from '../support/spawn-station.ts';
import { errorText, startSandbox, temporaryFolder, type Answer, type Sandbox } from './support.ts';

const BRANCHES = '/api/millenium_eco/filiais/lista_simples';
const folder = temporaryFolder();
let erp: Sandbox;
beforeAll(async () => {
  erp = await startSandbox(folder.path, ['--user', 'loja', '--password', 'segredo']);
});
afterAll(async () => {
  await erp.end('SIGTERM');
  folder.remove();
});

async function violations(): Promise<unknown> {
  return (await erp.get('/admin/received')).body['concurrentCallViolations'];
}

async function callsOfBranches(): Promise<number> {
  const calls = (await erp.get('/admin/received')).body['calls'] as Readonly<Record<string, number>>;
  return calls['millenium_eco.filiais.lista_simples'] ?? 0;
}

function login(user: string, password: string): Promise<Answer> {
  return erp.post(
    '/api/login',
    {},
    { headers: { 'WTS-Authorization': `${user}/${password}`, 'WTS-AppName': 'millenium', 'WTS-LicenceType': 'api' } },
  );
}

describe('who may call', () => {
  test.each([
    ['e01', 'demo-e01'],
    ['E05', 'demo-e05'],
    ['loja', 'segredo'],
  ])('lets %s in with its password', async (user, password) => {
    expect((await erp.get(BRANCHES, { user, password })).status).toBe(200);
  });

  test('turns a wrong password away, also after it was changed', async () => {
    const wrong = await erp.get(BRANCHES, { password: 'outra' });
    expect([wrong.status, errorText(wrong)]).toEqual([401, 'Senha inválida']);
    await erp.post('/admin/set-password', { user: 'e04', password: 'nova' });
    expect((await erp.get(BRANCHES, { user: 'e04' })).status).toBe(401);
    expect((await erp.get(BRANCHES, { user: 'e04', password: 'nova' })).status).toBe(200);
  });

  test('gives one session to a user and tells the second that the licence is busy', async () => {
    const first = await login('e02', 'demo-e02');
    const session = String(first.body['session']);
    const second = await login('e02', 'demo-e02');
    expect([second.status, errorText(second)]).toEqual([
      401,
      expect.stringContaining('ultrapassado o máximo de sessões'),
    ]);
    expect((await erp.get(BRANCHES, { user: 'e02' })).status).toBe(401);

    const bySession = { headers: { authorization: '', 'WTS-Session': session } };
    expect((await erp.get(BRANCHES, bySession)).status).toBe(200);
    expect((await erp.post('/api/logout', {}, bySession)).status).toBe(200);
    expect(errorText(await erp.get(BRANCHES, bySession))).toBe('Sessão inválida ou expirada');
    expect((await erp.get(BRANCHES, { user: 'e02' })).status).toBe(200);
  });

  test('counts two calls of one user at the same time and refuses the second', async () => {
    expect(await violations()).toBe(0);
    const before = await callsOfBranches();
    const slow = erp.get(BRANCHES, { headers: { 'x-sandbox-fault': 'slow' } });
    await until(callsOfBranches, (count) => count > before);
    const second = await erp.get(BRANCHES);
    expect([second.status, errorText(second)]).toEqual([
      401,
      expect.stringContaining('ultrapassado o máximo de sessões'),
    ]);
    expect((await erp.get(BRANCHES, { user: 'e03' })).status).toBe(200);
    expect((await slow).status).toBe(200);
    expect(await violations()).toBe(1);
  });

  test('sees even two fast calls that overlap', async () => {
    const before = Number(await violations());
    const pairs = Array.from({ length: 20 }, async () => 0);
    for (const _ of pairs) await Promise.all([erp.get(BRANCHES), erp.get(BRANCHES)]);
    expect(Number(await violations())).toBeGreaterThan(before);
  });

  test('does not blame a station whose calls follow one another', async () => {
    const before = await violations();
    for (let call = 0; call < 100; call++) expect((await erp.get(BRANCHES)).status).toBe(200);
    expect(await violations()).toBe(before);
  });

  test('does not blame a station that gave up waiting and called again', async () => {
    const before = await violations();
    for (let call = 0; call < 5; call++) {
      await expect(erp.get(BRANCHES, { headers: { 'x-sandbox-fault': 'slow' }, timeoutMs: 100 })).rejects.toThrow();
      expect((await erp.get(BRANCHES)).status).toBe(200);
    }
    expect(await violations()).toBe(before);
  });

  test('does not blame it either when its new call is read before the end of the old one', async () => {
    const blamed: string[] = [];
    const enter = createSerialGate(
      (user) => void blamed.push(user),
      (user) => busyError('maximum', user),
    );
    const old = new Socket();
    await enter('e01', old);
    const entering = enter('e01', new Socket());
    old.destroy();
    const leave = await entering;
    await expect(enter('e01', new Socket())).rejects.toThrow('ultrapassado o máximo de sessões');
    leave();
    await enter('e01', new Socket());
    expect(blamed).toEqual(['e01']);
  });
});
