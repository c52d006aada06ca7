import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  errorText,
  INCLUDE,
  rows,
  sale,
  startSandbox,
  temporaryFolder,
  type Answer,
  type Row,
  type Sandbox,
} from './support.ts';

const folder = temporaryFolder();
let erp: Sandbox;
beforeAll(async () => {
  erp = await startSandbox(folder.path);
});
afterAll(async () => {
  await erp.end('SIGTERM');
  folder.remove();
});

function beat(changes: Row): Promise<Answer> {
  const body = {
    estacao: 'E01',
    instalacao: 'disco-1',
    versao: '0.1.0',
    ultimo_numero: 0,
    cabeca_auditoria: null,
    pendentes: 0,
    valor_pendente: 0,
    erros: 0,
  };
  return erp.post('/api/millenium!storemanager/monitoramento/atualiza', { ...body, ...changes });
}

describe('the heartbeat of a station', () => {
  test('learns the last number and audit head the ERP knows, so that a restored disk shows', async () => {
    await erp.post(INCLUDE, sale('E01000000123'));
    await erp.post('/api/millenium!storemanager/auditoria/inclui', {
      registros: [{ id: 'a1', texto: 'abriu' }],
      cabeca: 'hash-9',
    });
    expect((await beat({ ultimo_numero: 5, cabeca_auditoria: 'hash-2' })).body).toMatchObject({
      ultimo_numero: 123,
      cabeca_auditoria: 'hash-9',
      instalacao: 'disco-1',
    });
    expect((await beat({ ultimo_numero: 130 })).body).toMatchObject({ ultimo_numero: 123 });
    expect((await beat({ ultimo_numero: 4 })).body).toMatchObject({ ultimo_numero: 130 });
  });

  test('tells a cloned disk whose station it is and does not take its word', async () => {
    expect((await beat({ instalacao: 'disco-2', ultimo_numero: 999 })).body).toMatchObject({
      instalacao: 'disco-1',
      ultimo_numero: 130,
    });
    const received = (await erp.get('/admin/received')).body;
    expect(received['heartbeats']).toMatchObject([{ estacao: 'E01', instalacao: 'disco-1', refusedInstallations: 1 }]);
    await erp.post('/admin/release-station', { estacao: 'E01' });
    expect((await beat({ instalacao: 'disco-2' })).body).toMatchObject({ instalacao: 'disco-2' });
  });

  test('is refused for a station that does not exist', async () => {
    expect(errorText(await beat({ estacao: 'X99' }))).toContain('Estação não cadastrado');
  });
});

describe('audit rows', () => {
  test('are kept once however often they are sent', async () => {
    const body = { registros: [{ id: 'b1' }, { id: 'b2' }], cabeca: 'hash-b' };
    const path = '/api/millenium!storemanager/auditoria/inclui';
    expect((await erp.post(path, body)).body).toEqual({
      acoes: [
        { id: 'b1', acao: 1, erro: null },
        { id: 'b2', acao: 1, erro: null },
      ],
      cabeca: 'hash-b',
    });
    expect((await erp.post(path, body)).body['acoes']).toMatchObject([{ acao: 0 }, { acao: 0 }]);
  });
});

describe('a customer made at the till', () => {
  const path = '/api/millenium_eco/clientes/incluiroualterar';
  const address = {
    logradouro: 'Rua A',
    numero: '1',
    bairro: 'Centro',
    cidade: 'São Paulo',
    estado: 'SP',
    cep: '01001-000',
  };

  test('is found again by CPF, and loses the addresses that are left out but not the empty list', async () => {
    const made = await erp.post(path, { vitrine: 2, nome: 'Rita Moraes', cpf: '390.533.447-05', endereco: [address] });
    expect(made.body).toEqual({ cliente: 5001, cod_endereco: 50011 });
    expect((await erp.post(path, { nome: 'Rita M. Lima', cpf: '39053344705', endereco: [] })).body).toEqual({
      cliente: 5001,
      cod_endereco: 50011,
    });
    const find = '/api/millenium_eco/clientes/lista?cpf=39053344705';
    expect(rows(await erp.get(find))).toMatchObject([
      { cliente: 5001, nome: 'Rita M. Lima', endereco: [{ logradouro: 'Rua A' }] },
    ]);
    await erp.post(path, { nome: 'Rita M. Lima', cpf: '390.533.447-05' });
    expect(rows(await erp.get(find))).toMatchObject([{ endereco: [] }]);
  });

  test('is refused with a CPF that cannot be', async () => {
    expect(errorText(await erp.post(path, { nome: 'X', cpf: '123.456.789-00' }))).toContain('CPF inválido');
  });
});
