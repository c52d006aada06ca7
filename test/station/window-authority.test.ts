import SqliteDatabase from 'better-sqlite3';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MethodInput } from '../../contract/station-api.ts';
import { startSandbox, temporaryFolder, type Sandbox } from '../sandbox/support.ts';
import { forkWindow, type ForkedWindow } from '../support/fork-window.ts';
import { runCli } from '../support/run-cli.ts';
import { temporaryData } from '../support/spawn-station.ts';

/* What changes the station itself, asked for as the window asks: over the channel of the process that forked the core. */

const data = temporaryData();
const erpData = temporaryFolder();
let erp: Sandbox;
let window: ForkedWindow;

async function leave(code = '99', pin = '9090'): Promise<string> {
  const reply = await window.call('operator.approve', { code, pin, permission: 'administer_station' });
  return reply.ok ? reply.output.approvalId : '';
}
function query(sql: string, ...values: string[]): unknown[] {
  const raw = new SqliteDatabase(join(data.path, 'station.db'), { readonly: true });
  try {
    return raw
      .prepare(sql)
      .pluck()
      .all(...values);
  } finally {
    raw.close();
  }
}
const isSpent = (approvalId: string): boolean =>
  query('SELECT used_at_ms FROM approvals WHERE approval_id = ?', approvalId)[0] !== null;
const administered = (): unknown[] =>
  query("SELECT approved_by || ' ' || subject_id FROM audit WHERE action = 'administer' ORDER BY sequence");

beforeAll(async () => {
  erp = await startSandbox(join(erpData.path, 'erp'));
  window = await forkWindow(data.path);
  await window.must('setup.enrol', { server: erp.url, user: 'e01', password: 'demo-e01', stationCode: 'E01' });
});
afterAll(async () => {
  await window.stop();
  await erp.end('SIGTERM');
  for (const folder of [data, erpData]) folder.remove();
});

const mapping: MethodInput<'setup.mapPaymentTypes'> = { paymentKinds: [{ paymentTypeId: 1, kind: 'cash' }] };
const unknownType: MethodInput<'setup.mapPaymentTypes'> = { paymentKinds: [{ paymentTypeId: 4711, kind: 'cash' }] };
const batch: MethodInput<'backOffice.write'> = {
  kind: 'prices',
  showcaseId: 2,
  priceTableId: 1,
  records: [{ sku: 'none', price1Cents: 1000 }],
};
const range: MethodInput<'backOffice.invoices'> = {
  showcaseId: 2,
  since: '2026-01-01',
  until: null,
  transId: 0,
  top: 10,
};

it('is refused to nobody in particular, and to a cashier', async () => {
  expect(await window.codeOf('sync.setIntegration', { enabled: false })).toBe('login_required');
  await window.must('operator.login', { code: '1', pin: '1111' });
  const refused = [
    await window.codeOf('sync.setIntegration', { enabled: false }),
    await window.codeOf('setup.mapPaymentTypes', mapping),
    await window.codeOf('setup.setServer', { user: 'e02' }),
    await window.codeOf('backOffice.target', {}),
    await window.codeOf('backOffice.begin', { file: 'a.csv', sha256: 'a', records: 1 }),
    await window.codeOf('backOffice.write', batch),
    await window.codeOf('backOffice.findSkus', { showcaseId: 2, productCode: '100001' }),
    await window.codeOf('backOffice.invoices', range),
  ];
  expect(refused).toEqual(Array.from({ length: 8 }, () => 'permission_required'));
  const view = await window.must('sync.view', {});
  expect(view.reachability).not.toBe('disabled');
});

describe('a supervisor’s leave', () => {
  it('is asked of a supervisor, and good once for each', async () => {
    expect(await leave('9', '9999')).toBe('');
    const approvalId = await leave();
    expect(await window.codeOf('setup.mapPaymentTypes', { ...mapping, approvalId })).toBe('ok');
    expect(isSpent(approvalId)).toBe(true);
    expect(await window.codeOf('setup.mapPaymentTypes', { ...mapping, approvalId })).toBe('approval_invalid');
    expect(administered()).toEqual(['99 setup.mapPaymentTypes']);
  });

  it('is not spent by what is refused, whoever refuses it', async () => {
    const approvalId = await leave();
    expect(await window.codeOf('setup.mapPaymentTypes', { ...unknownType, approvalId })).toBe('payment_type_unknown');
    expect(await window.codeOf('setup.setServer', { server: 'not a url', approvalId })).toBe('server_url_invalid');
    expect(await window.codeOf('setup.setServer', { password: 'wrong', approvalId })).toBe('password_wrong');
    // A method of the back office, while the ERP refuses each of them.
    await erp.post('/admin/faults', { seed: 1, faults: { down: {} } });
    expect(await window.codeOf('backOffice.findSkus', { showcaseId: 2, productCode: '100001', approvalId })).toBe(
      'server_wrong',
    );
    await erp.post('/admin/faults', { seed: 1, faults: {} });
    expect(isSpent(approvalId)).toBe(false);
    expect(administered()).toHaveLength(1);
    expect(await window.codeOf('setup.setServer', { user: 'e01', password: 'demo-e01', approvalId })).toBe('ok');
    expect(isSpent(approvalId)).toBe(true);
    expect(administered()).toEqual(['99 setup.mapPaymentTypes', '99 setup.setServer']);
  });

  it.each<[string, (approvalId: string) => Promise<string>]>([
    ['sync.setIntegration', (approvalId) => window.codeOf('sync.setIntegration', { enabled: false, approvalId })],
    // Nothing to change any more: a leave that was given is used up all the same.
    ['sync.setIntegration', (approvalId) => window.codeOf('sync.setIntegration', { enabled: false, approvalId })],
    ['sync.setIntegration', (approvalId) => window.codeOf('sync.setIntegration', { enabled: true, approvalId })],
    ['backOffice.target', (approvalId) => window.codeOf('backOffice.target', { approvalId })],
    [
      'backOffice.begin',
      (approvalId) => window.codeOf('backOffice.begin', { file: 'a.csv', sha256: 'a', records: 1, approvalId }),
    ],
    ['backOffice.write', (approvalId) => window.codeOf('backOffice.write', { ...batch, approvalId })],
    [
      'backOffice.findSkus',
      (approvalId) => window.codeOf('backOffice.findSkus', { showcaseId: 2, productCode: '100001', approvalId }),
    ],
    ['backOffice.invoices', (approvalId) => window.codeOf('backOffice.invoices', { ...range, approvalId })],
  ])('is spent by %s, once it was done', async (method, ask) => {
    const before = administered().length;
    const approvalId = await leave();
    expect(await ask(approvalId)).toBe('ok');
    expect(isSpent(approvalId)).toBe(true);
    expect(administered().slice(before)).toEqual([`99 ${method}`]);
    expect(await ask(approvalId)).toBe('approval_invalid');
  });

  it('does for one of two calls that come at once', async () => {
    const approvalId = await leave();
    const asked = { showcaseId: 2, productCode: '100001', approvalId };
    const codes = await Promise.all([
      window.codeOf('backOffice.findSkus', asked),
      window.codeOf('backOffice.findSkus', asked),
      window.codeOf('setup.mapPaymentTypes', { ...mapping, approvalId }),
    ]);
    expect(codes.toSorted()).toEqual(['approval_invalid', 'approval_invalid', 'ok']);
  });

  it('is still there when the core was killed before the write', async () => {
    const silent = createServer((socket) => void socket.on('error', () => undefined));
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as { readonly port: number };
    const approvalId = await leave();
    const asked = once(silent, 'connection');
    void window.call('setup.setServer', { server: `http://127.0.0.1:${port}`, approvalId });
    await asked;
    await window.kill();
    silent.close();
    window = await forkWindow(data.path);
    expect(isSpent(approvalId)).toBe(false);
    expect((await window.must('station.view', {})).station?.server).toBe(erp.url);
    expect(await window.codeOf('setup.mapPaymentTypes', { ...mapping, approvalId })).toBe('ok');
    expect(await window.codeOf('setup.mapPaymentTypes', { ...mapping, approvalId })).toBe('approval_invalid');
  });
});

it('needs no leave where a supervisor stands, nor from the machine’s own account', async () => {
  const on = await runCli(['integration', 'on', '--data', data.path]);
  expect(on.code).toBe(0);
  await window.must('operator.logout', {});
  await window.must('operator.login', { code: '99', pin: '9090' });
  expect(await window.codeOf('setup.mapPaymentTypes', mapping)).toBe('ok');
  expect(await window.codeOf('backOffice.target', {})).toBe('ok');
});
