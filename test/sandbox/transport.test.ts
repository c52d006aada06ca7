import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { errorText, rows, startSandbox, temporaryFolder, type Sandbox } from './support.ts';

const folder = temporaryFolder();
let erp: Sandbox;
beforeAll(async () => {
  erp = await startSandbox(folder.path);
});
afterAll(async () => {
  await erp.end('SIGTERM');
  folder.remove();
});

describe('how the ERP is addressed', () => {
  test.each([
    '/api/millenium_eco/filiais/lista_simples',
    '/api/MILLENIUM_ECO.FILIAIS.LISTA_SIMPLES',
    '/API/Millenium_Eco/Filiais.Lista_Simples?$format=json&$dateformat=iso',
  ])('answers the branches whatever the spelling: %s', async (path) => {
    expect(rows(await erp.get(path)).map((row) => row['cod_filial'])).toEqual(['00010', '00011']);
  });

  test('answers the stations of a customer module', async () => {
    const stations = rows(await erp.get('/api/millenium!storemanager/estacoes/lista?trans_id=3'));
    expect(stations.map((row) => row['codigo'])).toEqual(['E04', 'E05']);
  });

  test('answers the salespeople of one branch when they are asked by post', async () => {
    const path = '/api/millenium.funcionarios.lista';
    const people = rows(await erp.post(path, { FILIAL: 8 }, { headers: { 'X-HTTP-Method': 'GET' } }));
    expect(people.find((row) => row['FUNCIONARIO'] === 24)).toMatchObject({
      COD_FUNCIONARIO: '000024',
      NOME: 'Marina Duarte',
    });
    expect(people.some((row) => row['FILIAL'] === 9)).toBe(false);
    expect(errorText(await erp.post(path, { FILIAL: 8 }))).toContain('must be called with GET');
  });

  test('refuses a question with a parameter it does not know', async () => {
    const answer = await erp.get('/api/MILLENIUM_ECO/produtos/listavitrine?vitrine=2&pagina=1');
    expect(answer.status).toBe(400);
    expect(answer.body).toEqual({
      error: {
        code: 400,
        message: { lang: 'pt-br', value: 'Parameter pagina not found in millenium_eco.produtos.listavitrine' },
      },
    });
  });

  test('ignores skip, filter and orderby without a word', async () => {
    const path = '/api/millenium_eco/produtos/listavitrine?vitrine=2&$top=2';
    const plain = await erp.get(path);
    expect((await erp.get(`${path}&$skip=5&$filter=x&$orderby=y`)).text).toBe(plain.text);
  });

  test('says so when a method does not exist', async () => {
    const answer = await erp.get('/api/millenium_eco/produtos/nada');
    expect([answer.status, errorText(answer)]).toEqual([404, 'Method millenium_eco.produtos.nada not found']);
  });

  test('refuses a field that the write does not know, also deep inside', async () => {
    const beat = {
      estacao: 'E01',
      instalacao: 'i',
      versao: '1',
      ultimo_numero: 0,
      pendentes: 0,
      valor_pendente: 0,
      erros: 0,
    };
    const answer = await erp.post('/api/millenium!storemanager/monitoramento/atualiza', { ...beat, cor: 'azul' });
    expect([answer.status, errorText(answer)]).toEqual([
      400,
      'Parameter cor not found in millenium!storemanager.monitoramento.atualiza',
    ]);
  });

  test('writes dates as a day, or in the old form when iso was not asked', async () => {
    const path = '/api/millenium_eco/produtos/saldodeestoque?filial=8&$top=1';
    expect(rows(await erp.get(`${path}&$dateformat=iso`))[0]?.['data_atualizacao']).toBe('2026-09-01T09:00:00-03:00');
    expect(rows(await erp.get(path))[0]?.['data_atualizacao']).toBe('/Date(1788264000000-180)/');
  });

  test('explains itself to a person', async () => {
    const help = await erp.get('/api/millenium_eco/$help');
    expect(help.text).toContain('POST /api/millenium_eco/pedido_venda/inclui');
  });
});
