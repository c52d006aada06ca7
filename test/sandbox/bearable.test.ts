import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { PRESETS } from '../../sandbox/dialects/presets.ts';
import { createContractClient } from './contract-client.ts';
import { receivedOrder, SHIRT, startSandbox, temporaryFolder, type Row, type Sandbox } from './support.ts';

const folder = temporaryFolder();
let erp: Sandbox;
let lastNumber = 0;
beforeAll(async () => {
  erp = await startSandbox(folder.path);
});
afterEach(async () => {
  await erp.post('/admin/faults', {});
  await erp.post('/admin/dialect', {});
  await erp.post('/admin/sessions', {});
});
afterAll(async () => {
  await erp.end('SIGTERM');
  folder.remove();
});

const newCode = (): string => `E01${String((lastNumber += 1)).padStart(9, '0')}`;

async function expectOnce(code: string): Promise<void> {
  expect(await receivedOrder(erp, code)).toMatchObject({ status: 3, inclusions: 1, n_pedido_cliente: `uuid-${code}` });
}

describe('a caller that keeps to the contract', () => {
  test.each(PRESETS.map(({ name }) => name))('sells and reads everything at a server that is %s', async (preset) => {
    const { body: dialect } = await erp.post('/admin/dialect', { preset });
    const client = createContractClient(erp.url, {
      user: 'e01',
      isSession: dialect['login'] === 'session',
      timeoutMs: 2000,
    });
    const products = await client.load('/api/millenium_eco/produtos/listavitrine?vitrine=2&', (row) =>
      String(row['cod_produto']),
    );
    expect(products.size).toBe(40);
    const prices = await client.load('/api/millenium_eco/produtos/precodetabela?vitrine=2&', (row) =>
      String(row['sku']),
    );
    expect(Number(prices.get(SHIRT.sku)?.['preco1'])).toBe(89.9);
    for (const code of [newCode(), newCode()]) {
      await client.sell(code);
      await expectOnce(code);
    }
  });

  test('gets every sale to the ERP once through all faults at once', { timeout: 90_000 }, async () => {
    const fired = (await erp.get('/admin/faults')).body['fired'] as Row;
    const settings: Row = { slow: { ms: 60 }, trickle: { ms: 1 }, giantBody: { bytes: 1024 * 1024 } };
    const faults = Object.fromEntries(
      Object.keys(fired).map((name) => [name, { rate: 0.04, ...(settings[name] as Row | undefined) }]),
    );
    await erp.post('/admin/faults', { seed: 11, faults });
    const client = createContractClient(erp.url, { user: 'e02', isSession: false, timeoutMs: 300 });
    const codes = Array.from({ length: 25 }, newCode);
    for (const code of codes) await client.sell(code);
    const after = (await erp.get('/admin/faults')).body['fired'] as Row;
    await erp.post('/admin/faults', {});
    for (const code of codes) await expectOnce(code);
    const struck = Object.keys(fired).filter((name) => Number(after[name]) > Number(fired[name]));
    // cursorBack needs a page read by cursor; of the others a few may not have been drawn.
    expect(struck.length).toBeGreaterThan(18);
    expect((await erp.get('/admin/received')).body['concurrentCallViolations']).toBe(0);
  });
});
