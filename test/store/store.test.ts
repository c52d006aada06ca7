import { randomUUID } from 'node:crypto';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startErp, type ErpProcess } from '../../scripts/demo/erp-process.ts';
import { projectFolder } from '../../scripts/resolve-electron.ts';
import { runCommand } from '../../scripts/run-command.ts';
import { BARCODES, sell, temporaryData, until } from '../support/spawn-station.ts';
import { enrolTill } from './store-days.ts';
import { createStoreTill, type StoreTill } from './store-till.ts';
import type { StoreResult } from './run-store.ts';

/* A small store without its server for two days (docs/store.md), and what two stations must not share. */

const TIMEOUT_MS = 480_000;
const folder = temporaryData();
const tills: StoreTill[] = [];
let erp: ErpProcess;
beforeAll(async () => {
  erp = await startErp({ folder: folder.path, products: 40, seed: 1 });
});
afterAll(async () => {
  await Promise.all(tills.map((till) => till.switchOff()));
  await erp.end();
  folder.remove();
});

/** A till that is on; `home` is the name of its folder. */
async function switchOn(number: number, home: string): Promise<StoreTill> {
  const till = createStoreTill(number, join(folder.path, home));
  tills.push(till);
  await till.switchOn(0);
  return till;
}

async function openDrawer(till: StoreTill): Promise<void> {
  await till.call('operator.login', { code: '1', pin: '1111' });
  await till.call('cashSession.open', { commandId: randomUUID(), floatCents: 0 });
}

async function sellShirt(till: StoreTill): Promise<string> {
  return (await sell({ must: till.call }, [BARCODES.tShirt])).number ?? '';
}

const viewOf = (till: StoreTill) => (): ReturnType<typeof till.call<'sync.view'>> => till.call('sync.view', {});
/** Two computers with one login keep each other waiting, a minute at a time: one session for a user. */
const PATIENCE_MS = 150_000;
const arrived = (till: StoreTill) => until(viewOf(till), (view) => view.waiting === 0, PATIENCE_MS);
const stoppedAt = (till: StoreTill) => until(viewOf(till), (view) => view.stoppedReason !== null, PATIENCE_MS);
/** Numbers at the ERP that begin with the code, each as often as it was included. */
async function numbersOf(code: string): Promise<string[]> {
  const { orders } = await erp.received();
  return orders
    .filter(({ cod_pedidov: number }) => number.startsWith(code))
    .flatMap(({ cod_pedidov: number, inclusions }) => Array.from({ length: inclusions }, () => number))
    .toSorted();
}

async function runStore(
  ...args: readonly string[]
): Promise<{ readonly code: number; readonly words: string; readonly result: StoreResult }> {
  const command = [join(projectFolder, 'scripts', 'store.ts'), '--seed', '1', '--json', ...args];
  const env = { ...process.env, TMPDIR: folder.path };
  const { code, stdout, stderr } = await runCommand(process.execPath, command, {
    cwd: projectFolder,
    timeoutMs: TIMEOUT_MS,
    env,
  });
  return { code, words: stderr, result: JSON.parse(stdout.trim().split('\n').at(-1) ?? '{}') as StoreResult };
}

test('what stations sell for two days without a server arrives once', { timeout: TIMEOUT_MS }, async () => {
  const { code, words, result } = await runStore('--stations', '3', '--days', '2', '--sales', '6');
  expect(words).not.toContain('!');
  expect(result).toMatchObject({ stations: 3, days: 2, sales: 36, daysEqual: 6, lost: 0, doubled: 0, strayed: 0 });
  expect(result).toMatchObject({ unequal: 0, gaps: 0, failures: 0 });
  // More than the sales waited, and the server did not make it easy.
  expect(result.waited).toBeGreaterThan(36);
  expect(result.faults).toBeGreaterThan(10);
  expect(code).toBe(0);
});

test('a till that does not queue every sale is caught', { timeout: TIMEOUT_MS }, async () => {
  const plant = ['--plant', 'a sale is not queued'];
  const { code, words, result } = await runStore('--stations', '1', '--days', '1', '--sales', '6', ...plant);
  expect(result.lost, words).toBeGreaterThan(0);
  expect(words).toMatch(/not at the ERP/);
  expect(code).toBe(1);
});

test('a station is refused the user of another, and nothing of either is lost', { timeout: TIMEOUT_MS }, async () => {
  const first = await switchOn(1, 'first');
  await enrolTill(first, erp.url);
  await openDrawer(first);
  await sellShirt(first);
  const second = await switchOn(2, 'second');
  const login = { server: erp.url, user: 'e01', password: 'demo-e01' };
  const refused = await second.tryCall('setup.enrol', { ...login, stationCode: 'E02' });
  expect(refused).toMatchObject({ ok: false, error: { code: 'user_taken', stationCode: 'E01' } });
  // Nor may it take that user later.
  await enrolTill(second, erp.url);
  const changed = await second.tryCall('setup.setServer', { ...login, server: null });
  expect(changed).toMatchObject({ ok: false, error: { code: 'user_taken', stationCode: 'E01' } });
  await openDrawer(second);
  await sellShirt(second);
  await sellShirt(first);
  await Promise.all([arrived(first), arrived(second)]);
  expect(await numbersOf('E01')).toEqual(['E01000000001', 'E01000000002']);
  expect(await numbersOf('E02')).toEqual(['E02000000001']);
});

test(
  'a copied disk stops sending and says so, and sends when a person says it is the one',
  { timeout: TIMEOUT_MS },
  async () => {
    const original = await switchOn(3, 'original');
    await enrolTill(original, erp.url);
    await openDrawer(original);
    await sellShirt(original);
    await arrived(original);
    await original.switchOff();
    cpSync(original.data, join(folder.path, 'clone', 'station'), { recursive: true });
    await original.switchOn(0);
    await sellShirt(original);
    await sellShirt(original);
    await arrived(original);

    const clone = await switchOn(3, 'clone');
    const stopped = await stoppedAt(clone);
    expect(stopped).toMatchObject({ reachability: 'stopped', stoppedReason: 'number_behind' });
    // It sells, above what the server knew, and nothing of it leaves. Off before its next heartbeat tells those numbers,
    // at which the original would go on above them and stop, too.
    expect([await sellShirt(clone), await sellShirt(clone)]).toEqual(['E03000000004', 'E03000000005']);
    await clone.switchOff();
    expect(await sellShirt(original)).toBe('E03000000004');
    await arrived(original);
    expect(await viewOf(original)()).toMatchObject({ stoppedReason: null, errors: 0 });
    await clone.switchOn(0);
    expect(await viewOf(clone)()).toMatchObject({ stoppedReason: 'number_behind', waiting: 2 });
    const ofOriginal = ['E03000000001', 'E03000000002', 'E03000000003', 'E03000000004'];
    expect(await numbersOf('E03')).toEqual(ofOriginal);

    // docs/replication.md: one of the two is switched off, and a person resumes on the one that stays; once more for the
    // number that both gave away, and for what the original did meanwhile.
    await original.switchOff();
    const reasons = new Set<string | null>();
    const last = await sellShirt(clone);
    await until(
      async () => {
        const view = await viewOf(clone)();
        reasons.add(view.stoppedReason);
        if (view.stoppedReason !== null) await clone.call('sync.resume', {});
        return view;
      },
      (view) => view.stoppedReason === null && view.waiting === 0,
      PATIENCE_MS,
    );
    expect(reasons).toContain('code_collision');
    // The sale under a number that the original gave away too is kept, and waits for a person; the others arrived.
    const refused = await clone.call('sync.errors', {});
    expect(refused).toMatchObject([{ number: 'E03000000004', delivery: { state: 'diverged' } }]);
    expect(last).toBe('E03000000006');
    expect(await numbersOf('E03')).toEqual([...ofOriginal, 'E03000000005', last]);
    await clone.switchOff();
    // On the other computer the same heads stop it.
    await original.switchOn(0);
    const again = await stoppedAt(original);
    expect(again.stoppedReason).toMatch(/number_behind|audit_behind/);
  },
);
