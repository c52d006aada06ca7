import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { MethodInput } from '../../contract/station-api.ts';
import { forkWindow, type ForkedWindow } from '../support/fork-window.ts';
import { runCli } from '../support/run-cli.ts';
import { temporaryData } from '../support/spawn-station.ts';

/* What changes the station itself, asked for as the window asks: over the channel of the process that forked the core. */

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const data = temporaryData();
let window: ForkedWindow;
const call: ForkedWindow['call'] = (method, input) => window.call(method, input);

const codeOf = async (reply: Promise<{ readonly ok: boolean; readonly error?: unknown }>): Promise<unknown> => {
  const { ok, error } = await reply;
  return ok ? 'ok' : (error as { readonly code: string }).code;
};
async function leave(code: string, pin: string): Promise<string> {
  const reply = await call('operator.approve', { code, pin, permission: 'administer_station' });
  return reply.ok ? reply.output.approvalId : '';
}

beforeAll(async () => {
  window = await forkWindow(data.path);
  expect(await codeOf(call('setup.openDemo', { products: 40 }))).toBe('ok');
});
afterAll(async () => {
  await window.stop();
  data.remove();
});

const mapping: MethodInput<'setup.mapPaymentTypes'> = { paymentKinds: [{ paymentTypeId: 1, kind: 'cash' }] };

it('is refused to nobody in particular, and to a cashier', async () => {
  expect(await codeOf(call('sync.setIntegration', { enabled: false }))).toBe('login_required');
  expect(await codeOf(call('operator.login', { code: '1', pin: '1111' }))).toBe('ok');
  const refused = [
    await codeOf(call('sync.setIntegration', { enabled: false })),
    await codeOf(call('setup.mapPaymentTypes', mapping)),
    await codeOf(call('setup.setServer', { user: 'e02' })),
    await codeOf(call('backOffice.target', {})),
    await codeOf(call('backOffice.begin', { file: 'a.csv', sha256: 'a', records: 1 })),
    await codeOf(call('backOffice.findSkus', { showcaseId: 2, productCode: '100001' })),
  ];
  expect(refused).toEqual(Array.from({ length: 6 }, () => 'permission_required'));
  const view = await call('sync.view', {});
  expect(view).toMatchObject({ output: { reachability: expect.not.stringMatching('disabled') as string } });
});

it('is done with a supervisor’s leave, once for each', async () => {
  expect(await leave('9', '9999')).toBe('');
  const approvalId = await leave('99', '9090');
  expect(await codeOf(call('setup.mapPaymentTypes', { ...mapping, approvalId }))).toBe('ok');
  expect(await codeOf(call('setup.mapPaymentTypes', { ...mapping, approvalId }))).toBe('approval_invalid');
  expect(await codeOf(call('sync.setIntegration', { enabled: false, approvalId: await leave('99', '9090') }))).toBe(
    'ok',
  );
});

it('needs no leave where a supervisor stands, nor from the machine’s own account', async () => {
  const on = await runCli(['integration', 'on', '--data', data.path]);
  expect(on.code).toBe(0);
  expect(await codeOf(call('operator.logout', {}))).toBe('ok');
  expect(await codeOf(call('operator.login', { code: '99', pin: '9090' }))).toBe('ok');
  expect(await codeOf(call('setup.mapPaymentTypes', mapping))).toBe('ok');
  expect(await codeOf(call('backOffice.target', {}))).toBe('ok');
});
