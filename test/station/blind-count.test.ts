import { afterAll, beforeAll, expect, it } from 'vitest';
import { drained, openDemoTill } from '../support/demo-erp.ts';
import { forkWindow, type ForkedWindow } from '../support/fork-window.ts';
import { runCli } from '../support/run-cli.ts';
import { BARCODES, approve, sell, temporaryData, until } from '../support/spawn-station.ts';

/*
 * What the window tells a cashier of a day whose drawer is still to be counted: each sale, and no sum of them. Three shirts
 * are sold without the server, so that what waits is what lies in the drawer.
 */

const SOLD_CENTS = 3 * 8990;
/** With the float of the drawer. */
const EXPECTED_CENTS = SOLD_CENTS + 10_000;
/** Amounts as JSON or people write them: their digits alone are in some id or time now and then. */
const anyOf = (...amounts: readonly (number | string)[]): RegExp =>
  new RegExp(`(?<![\\w.-])(?:${amounts.join('|')})(?![\\w.-])`);
const SUMS = anyOf(SOLD_CENTS, EXPECTED_CENTS, '269,90', '269,70', '369,70');

const data = temporaryData();
let window: ForkedWindow;
let businessDay: string;

beforeAll(async () => {
  window = await forkWindow(data.path);
  await openDemoTill(window);
  businessDay = (await window.must('station.view', {})).today;
  // A comparison that is kept, as the station makes one by itself.
  await sell(window, [BARCODES.tShirt]);
  await drained(window);
  await runCli(['reconcile', '--day', businessDay, '--data', data.path]);
  await window.must('demo.setServer', { running: false });
  await sell(window, [BARCODES.tShirt]);
  await sell(window, [BARCODES.tShirt]);
  await until(
    () => window.must('sync.view', {}),
    ({ reachability, waiting }) => reachability === 'unreachable' && waiting === 2,
  );
});
afterAll(async () => {
  await window.stop();
  data.remove();
});

it('tells each sale, and nowhere what they come to', async () => {
  const rows = await window.must('sale.list', {});
  expect(rows.map(({ totalCents }) => totalCents)).toEqual([8990, 8990, 8990]);
  const told = JSON.stringify([
    rows,
    await window.must('station.view', {}),
    await window.must('sync.view', {}),
    await window.must('sync.errors', {}),
    await window.must('cashSession.closing', {}),
    await window.must('cashSession.movements', {}),
    await window.must('cashSession.papers', {}),
    await window.must('cashSession.drawer', {}),
    await window.must('pix.list', { filter: 'all' }),
    await window.must('pix.pending', {}),
    await window.must('printer.jobs', {}),
    await window.must('sale.current', {}),
    await window.must('sale.parked', {}),
  ]);
  expect(told).not.toMatch(SUMS);
  // Two of them wait: their sum would be the drawer's, had the server been away since the morning.
  expect(told).not.toMatch(anyOf(2 * 8990, '179,80'));
});

it('adds the day up for nobody without leave, whoever asks the ERP', async () => {
  const refused = { error: { code: 'permission_required', permission: 'see_expected', profile: 'manager' } };
  expect(await window.call('summary.day', {})).toMatchObject(refused);
  expect(await window.call('reconcile.view', { businessDay })).toMatchObject(refused);
  expect(await window.call('reconcile.day', {})).toMatchObject(refused);
  expect(await window.call('reconcile.day', { businessDay })).toMatchObject(refused);
  const approvalId = await approve(window, 'see_expected');
  expect(await window.must('reconcile.view', { businessDay, approvalId })).toMatchObject({
    here: { sales: 1, cents: 8990 },
  });
  expect((await window.must('summary.day', { approvalId })).netCents).toBe(SOLD_CENTS);
  // Another day has no drawer that is still to be counted.
  expect(await window.must('reconcile.view', { businessDay: '2020-01-31' })).toBeNull();
});

it('keeps the paper of a partial summary from the list of a cashier, and shows it to a manager', async () => {
  const approvalId = await approve(window, 'see_expected');
  await window.must('cashSession.partial', { commandId: crypto.randomUUID(), approvalId });
  const kinds = async (): Promise<string[]> =>
    (await window.must('cashSession.papers', {})).map(({ paper }) => paper.kind);
  expect(await kinds()).toEqual(['session_opening']);
  await window.must('operator.login', { code: '9', pin: '9999' });
  expect(await kinds()).toEqual(['session_partial', 'session_opening']);
});
