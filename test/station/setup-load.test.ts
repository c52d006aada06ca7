import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MethodOutput } from '../../contract/station-api.ts';
import { startSandbox, temporaryFolder, type Sandbox } from '../sandbox/support.ts';
import { spawnStation, temporaryData, until, type SpawnedStation } from '../support/spawn-station.ts';

/* The initial load of a real core is killed halfway; the next core finishes it by itself. */

const PRODUCTS = 2600;
const erpData = temporaryFolder();
const data = temporaryData();
let erp: Sandbox;
let station: SpawnedStation;

beforeAll(async () => {
  erp = await startSandbox(join(erpData.path, 'erp'), ['--products', String(PRODUCTS)]);
  station = await spawnStation(data.path);
});
afterAll(async () => {
  await station.stop();
  await erp.end('SIGTERM');
  erpData.remove();
  data.remove();
});

type LoadView = MethodOutput<'setup.load'>;
const productsOf = ({ steps }: LoadView): number => steps.find((step) => step.step === 'products')?.rows ?? 0;
const readLoad = async (): Promise<LoadView> => (await station.must('station.view', {})).load;

describe('an initial load that is killed halfway', () => {
  it('does not let anybody sell before it is whole', async () => {
    // Pages come slowly, so that there is a half way: four more seconds of it after the first page.
    await erp.post('/admin/faults', { faults: { slow: { rate: 1, ms: 1000, methods: ['listavitrine'] } } });
    const input = { server: erp.url, user: 'e01', password: 'demo-e01', stationCode: 'E01' };
    station.call('setup.enrol', input).catch(() => 'the core was killed under it');
    const half = await until(readLoad, (load) => productsOf(load) >= 500);
    expect(half).toMatchObject({ state: 'running' });
    expect(productsOf(half)).toBeLessThan(PRODUCTS);
    await station.must('operator.login', { code: '1', pin: '1111' });
    const opened = await station.call('cashSession.open', { commandId: randomUUID(), floatCents: 0 });
    expect(opened).toMatchObject({ ok: false, error: { code: 'catalog_not_loaded' } });
    await station.kill();
    await erp.post('/admin/faults', {});
  });

  it('goes on at the next start without being asked, from where it was', async () => {
    const before = (await erp.get('/admin/received')).body['calls'] as Record<string, number>;
    station = await spawnStation(data.path);
    const done = await until(readLoad, (load) => load.state === 'done');
    expect(productsOf(done)).toBe(PRODUCTS);
    const after = (await erp.get('/admin/received')).body['calls'] as Record<string, number>;
    const pages = (calls: Record<string, number>): number => calls['millenium_eco.produtos.listavitrine'] ?? 0;
    // Six pages and the empty or short last one bring 2,600 products; what was applied is not asked for again.
    expect(pages(before)).toBeGreaterThan(0);
    expect(pages(after) - pages(before)).toBeLessThanOrEqual(6);
    expect((await station.must('station.health', {})).skus).toBe(erp.ready['skus']);
  });

  it('ends in a store that sells', async () => {
    const opened = await station.call('cashSession.open', { commandId: randomUUID(), floatCents: 0 });
    expect(opened).toMatchObject({ ok: true });
    expect(await station.must('setup.load', {})).toMatchObject({ state: 'done' });
  });
});
