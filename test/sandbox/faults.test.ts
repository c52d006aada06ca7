import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  errorText,
  INCLUDE,
  receivedOrder,
  sale,
  startSandbox,
  STATUS,
  statusBatch,
  temporaryFolder,
  type Row,
  type Sandbox,
} from './support.ts';

const BRANCHES = '/api/millenium_eco/filiais/lista_simples';
const folder = temporaryFolder();
let erp: Sandbox;
beforeAll(async () => {
  erp = await startSandbox(folder.path);
});
afterEach(async () => {
  await erp.post('/admin/faults', {});
});
afterAll(async () => {
  await erp.end('SIGTERM');
  folder.remove();
});

async function fired(name: string): Promise<number> {
  return Number(((await erp.get('/admin/faults')).body['fired'] as Row)[name]);
}

/** Sets one fault, runs the work, and gives how often the fault struck meanwhile. */
async function strikes(name: string, setting: Row, work: () => Promise<void>): Promise<number> {
  const before = await fired(name);
  await erp.post('/admin/faults', { seed: 1, faults: { [name]: setting } });
  await work();
  return (await fired(name)) - before;
}

describe('the faults of a bad day', () => {
  test('down: nobody answers, nothing is kept', async () => {
    const count = await strikes('down', {}, async () => {
      await expect(erp.post(INCLUDE, sale('E01000000001'))).rejects.toThrow();
      await expect(erp.get(BRANCHES)).rejects.toThrow();
    });
    expect(count).toBeGreaterThanOrEqual(2);
    expect(await receivedOrder(erp, 'E01000000001')).toBeUndefined();
  });

  test('slow: the answer is right but late', async () => {
    const started = performance.now();
    const count = await strikes('slow', { ms: 300, max: 1 }, async () => {
      expect((await erp.get(BRANCHES)).status).toBe(200);
      expect(performance.now() - started).toBeGreaterThan(290);
      expect((await erp.get(BRANCHES)).status).toBe(200);
    });
    expect(count).toBe(1);
  });

  test('timeout after commit: the sale is there though nobody said so, and the next call is welcome', async () => {
    const count = await strikes('timeoutAfterCommit', { methods: ['pedido_venda/inclui'], max: 1 }, async () => {
      await expect(erp.post(INCLUDE, sale('E01000000002'), { timeoutMs: 300 })).rejects.toThrow();
      expect((await erp.get(BRANCHES)).status).toBe(200);
    });
    expect(count).toBe(1);
    expect(await receivedOrder(erp, 'E01000000002')).toMatchObject({ inclusions: 1 });
    expect((await erp.get('/admin/received')).body['concurrentCallViolations']).toBe(0);
  });

  test('dropped reply: the line breaks after the sale was kept', async () => {
    const count = await strikes('dropReply', { methods: ['inclui'], max: 1 }, async () => {
      await expect(erp.post(INCLUDE, sale('E01000000003'))).rejects.toThrow();
    });
    expect(count).toBe(1);
    expect(await receivedOrder(erp, 'E01000000003')).toMatchObject({ inclusions: 1 });
  });

  test('500: sounds like business but nothing was kept', async () => {
    const count = await strikes('http500', { max: 1 }, async () => {
      const answer = await erp.post(INCLUDE, sale('E01000000004'));
      expect([answer.status, errorText(answer)]).toEqual([500, 'Estoque insuficiente para concluir a operação']);
    });
    expect(count).toBe(1);
    expect(await receivedOrder(erp, 'E01000000004')).toBeUndefined();
    expect((await erp.post(INCLUDE, sale('E01000000004'))).status).toBe(200);
  });

  test('duplicate delivery: the sale is kept once and the station hears the refusal of the second', async () => {
    const count = await strikes('duplicateDelivery', { max: 1 }, async () => {
      expect(errorText(await erp.post(INCLUDE, sale('E01000000005')))).toContain('Pedido já cadastrado');
    });
    expect(count).toBe(1);
    expect(await receivedOrder(erp, 'E01000000005')).toMatchObject({ inclusions: 1, refusedDuplicates: 1 });
  });

  test('partial errors: some sales of a batch are in use by someone else and stay as they were', async () => {
    const codes = ['E01000000011', 'E01000000012', 'E01000000013'];
    for (const code of codes) await erp.post(INCLUDE, sale(code));
    const count = await strikes('partialErrors', { methods: ['processastatus'], max: 1 }, async () => {
      const { body } = await erp.post(STATUS, statusBatch(3, codes));
      expect(body['acoes']).toMatchObject([
        { acao: 100, erro: 'Registro em uso por outro usuário' },
        { acao: 2, status: 3 },
        { acao: 100 },
      ]);
    });
    expect(count).toBe(1);
    expect(await receivedOrder(erp, 'E01000000011')).toMatchObject({ status: 0 });
    expect((await erp.post(STATUS, statusBatch(3, codes))).body['acoes']).toMatchObject([
      { acao: 2 },
      { acao: 0 },
      { acao: 2 },
    ]);
  });

  test('strike at the asked rate, the same calls for the same seed', async () => {
    const draw = async (seed: number): Promise<readonly number[]> => {
      await erp.post('/admin/faults', { seed, faults: { http500: { rate: 0.3, methods: ['lista_simples'] } } });
      const statuses: number[] = [];
      for (let call = 0; call < 60; call++) statuses.push((await erp.get(BRANCHES)).status);
      return statuses;
    };
    const first = await draw(5);
    expect(await draw(5)).toEqual(first);
    expect(await draw(6)).not.toEqual(first);
    const failures = first.filter((status) => status === 500).length;
    expect(failures).toBeGreaterThan(8);
    expect(failures).toBeLessThan(30);
  });

  test('strike one call when a header asks for it, and no other', async () => {
    expect((await erp.get(BRANCHES, { headers: { 'x-sandbox-fault': 'http500' } })).status).toBe(500);
    expect((await erp.get(BRANCHES)).status).toBe(200);
  });

  test('are refused when their name is misspelt', async () => {
    const answer = await erp.post('/admin/faults', { faults: { donw: {} } });
    expect([answer.status, errorText(answer)]).toEqual([400, expect.stringContaining('unknown fault donw')]);
  });
});
