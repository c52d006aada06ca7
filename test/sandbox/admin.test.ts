import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  errorText,
  INCLUDE,
  receivedOrder,
  rows,
  sale,
  SHIRT,
  startSandbox,
  STATUS,
  statusBatch,
  temporaryFolder,
  type Row,
  type Sandbox,
} from './support.ts';

const PRICES = '/api/millenium_eco/produtos/precodetabela?vitrine=2';
const CUSTOMER = '/api/millenium_eco/clientes/incluiroualterar';
const VERSION = '/api/millenium!storemanager/versao/consulta?$dateformat=iso';
const BRANCHES = '/api/millenium_eco/filiais/lista_simples';
const folder = temporaryFolder();
let erp: Sandbox;
beforeAll(async () => {
  erp = await startSandbox(folder.path);
});
afterAll(async () => {
  await erp.end('SIGTERM');
  folder.remove();
});

async function highestPriceId(): Promise<number> {
  return Math.max(...rows(await erp.get(PRICES)).map((row) => Number(row['trans_id'])));
}

describe('an ERP restored from a backup', () => {
  test('forgets what came later, ids and trans_ids too; the journal does not', async () => {
    await erp.post(INCLUDE, sale('E01000000001'));
    await erp.post('/admin/backup', { name: 'yesterday' });
    expect((await erp.get('/admin/backups')).body).toEqual({ names: ['yesterday'] });

    await erp.post(STATUS, statusBatch(5, ['E01000000001']));
    await erp.post(INCLUDE, sale('E01000000002'));
    await erp.post('/admin/prices', { sku: SHIRT.sku, preco1: 1.99 });
    const customer = (await erp.post(CUSTOMER, { nome: 'Rita', endereco: [] })).body['cliente'];
    const callsBefore = (await erp.get('/admin/received')).body['calls'] as Row;
    expect(await highestPriceId()).toBe(41);

    expect((await erp.post('/admin/restore', { name: 'yesterday' })).status).toBe(200);
    expect(await receivedOrder(erp, 'E01000000001')).toMatchObject({ status: 0, statusHistory: [{ status: 0 }] });
    expect(await receivedOrder(erp, 'E01000000002')).toBeUndefined();
    expect(await highestPriceId()).toBe(40);
    expect((await erp.post(CUSTOMER, { nome: 'Outra', endereco: [] })).body['cliente']).toBe(customer);

    const received = (await erp.get('/admin/received')).body;
    expect(received['everIncluded']).toMatchObject([
      {
        kind: 'sale',
        code: 'E01000000001',
        document: 'uuid-E01000000001',
        total: 89.9,
        inHand: true,
        afterRestores: 0,
      },
      { kind: 'sale', code: 'E01000000002', inHand: false },
    ]);
    expect(received['restores']).toMatchObject([{ name: 'yesterday' }]);
    expect(received['calls']).toMatchObject({
      'millenium_eco.pedido_venda.inclui': callsBefore['millenium_eco.pedido_venda.inclui'],
    });

    const [, second] = received['everIncluded'] as Row[];
    const later = (await erp.get('/admin/received?journalAfter=1')).body['everIncluded'];
    expect(later).toEqual([second]);

    // The same document again is no duplicate for an ERP that forgot it.
    expect((await erp.post(INCLUDE, sale('E01000000002'))).status).toBe(200);
    const journal = (await erp.get('/admin/received')).body['everIncluded'] as Row[];
    expect(journal.map(({ code, afterRestores }) => [code, afterRestores])).toEqual([
      ['E01000000001', 0],
      ['E01000000002', 0],
      ['E01000000002', 1],
    ]);
  });

  test('has lost its sessions, keeps the backup for another time, and knows no backup that is not there', async () => {
    const login = { headers: { 'WTS-Authorization': 'e03/demo-e03' } };
    const headers = {
      authorization: '',
      'WTS-Session': String((await erp.post('/api/login', {}, login)).body['session']),
    };
    expect((await erp.get(BRANCHES, { headers })).status).toBe(200);
    expect((await erp.post('/admin/restore', { name: 'yesterday' })).status).toBe(200);
    expect(errorText(await erp.get(BRANCHES, { headers }))).toBe('Sessão inválida ou expirada');
    expect((await erp.post('/admin/restore', { name: 'never' })).status).toBe(404);
    expect((await erp.post('/admin/backup', { name: '../x' })).status).toBe(400);
  });
});

describe('what a person does to the ERP during the day', () => {
  test('moves its clock, in what it says and in what it writes', async () => {
    const { body } = await erp.post('/admin/clock', { offset_ms: -86_400_000 });
    expect(body['offset_ms']).toBe(-86_400_000);
    const said = Date.parse(String(rows(await erp.get(VERSION))[0]?.['data_hora']));
    expect(Math.abs(Date.now() - 86_400_000 - said)).toBeLessThan(5000);
    await erp.post(INCLUDE, sale('E01000000009'));
    expect(Date.parse(String((await receivedOrder(erp, 'E01000000009'))?.['received_at']))).toBeLessThan(
      Date.now() - 86_000_000,
    );
    await erp.post('/admin/clock', { offset_ms: 0 });
    expect((await erp.post('/admin/clock', {})).status).toBe(400);
  });

  test('works under the station’s user until the session is ended', async () => {
    expect((await erp.post('/admin/sessions', { user: 'e04', occupied: true })).body).toEqual({ occupied: true });
    expect((await erp.get(BRANCHES, { user: 'e04' })).status).toBe(401);
    expect((await erp.get(BRANCHES, { user: 'e05' })).status).toBe(200);
    expect((await erp.post('/admin/sessions', { user: 'e04' })).body).toEqual({ ended: 1 });
    expect((await erp.get(BRANCHES, { user: 'e04' })).status).toBe(200);
  });

  test('lets an idle session go, by the server’s own clock', async () => {
    const login = { headers: { 'WTS-Authorization': 'e05/demo-e05' } };
    const headers = {
      authorization: '',
      'WTS-Session': String((await erp.post('/api/login', {}, login)).body['session']),
    };
    expect((await erp.get(BRANCHES, { headers })).status).toBe(200);
    await erp.post('/admin/clock', { offset_ms: 31 * 60_000 });
    expect(errorText(await erp.get(BRANCHES, { headers }))).toBe('Sessão inválida ou expirada');
    await erp.post('/admin/clock', { offset_ms: 0 });
  });

  test('changes many prices and balances at once: all of them or none', async () => {
    const skus = rows(await erp.get(PRICES)).map((row) => row['sku']);
    expect(skus.length).toBeGreaterThan(100);
    const before = await highestPriceId();
    const records = skus.map((sku) => ({ sku, preco1: 49.9 }));
    expect((await erp.post('/admin/prices', { records })).body['records']).toHaveLength(skus.length);
    expect(rows(await erp.get(`${PRICES}&trans_id=${before}`))).toHaveLength(skus.length);
    const torn = [
      { sku: SHIRT.sku, preco1: 5 },
      { sku: 'nada', preco1: 5 },
    ];
    expect((await erp.post('/admin/prices', { records: torn })).status).toBe(404);
    expect(rows(await erp.get(PRICES)).every((row) => row['preco1'] === 49.9)).toBe(true);
  });
});
