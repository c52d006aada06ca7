import { act, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Policies } from '../../contract/policies.ts';
import { answer, no } from './support/fake-bridge.ts';
import { createFakeShop, type FakeShop } from './support/fake-shop.ts';
import { press, pressAll, scan, settle } from './support/keyboard.ts';
import { closeWindow, openWindow } from './support/open-window.tsx';
import { stationView } from './support/views.ts';

/* The clock is turned, never waited for. */

const DRESS = '7890000000017';
const MINUTE_MS = 60_000;

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date', 'setInterval', 'clearInterval'] }));
afterEach(() => {
  closeWindow();
  vi.useRealTimers();
});

async function openShop(idleLockMinutes = 3): Promise<FakeShop> {
  const shop = createFakeShop({ ...stationView(), policies: Policies.parse({ idleLockMinutes }) });
  shop.handlers['operator.logout'] = () => {
    shop.state.view = { ...shop.state.view, operator: null };
    return answer(shop.state.view);
  };
  await openWindow(shop);
  return shop;
}
async function pass(ms: number): Promise<void> {
  await act(async () => {
    vi.advanceTimersByTime(ms);
    await settle();
  });
}
const logouts = (shop: FakeShop) => shop.sent.filter(({ method }) => method === 'operator.logout');
const isLocked = () => screen.queryByText('Quem está no caixa?') !== null;

it('locks once nobody touched the till for as long as the group allows, and the sale is there afterwards', async () => {
  const shop = await openShop();
  await scan(DRESS);
  await pass(3 * MINUTE_MS - 1);
  expect(isLocked()).toBe(false);
  await pass(1_001);
  expect(isLocked()).toBe(true);
  expect(logouts(shop)).toEqual([{ method: 'operator.logout', input: { reason: 'idle' } }]);
  expect(screen.getByTestId('sale-waits')).toBeTruthy();
  // The queue of the login has no time: it stays for good, and asks nothing more.
  await pass(60 * MINUTE_MS);
  expect(logouts(shop)).toHaveLength(1);
  await pressAll('Enter', '1', '1', '1', '1', 'Enter');
  expect(screen.getAllByTestId('line')).toHaveLength(1);
});

it.each([
  ['a key', () => press('Shift')],
  ['a scan', () => scan(DRESS)],
  ['the pointer', async () => void window.dispatchEvent(new Event('pointermove'))],
])('begins anew with %s', async (_what, touch) => {
  await openShop();
  await pass(2 * MINUTE_MS);
  await touch();
  await pass(2 * MINUTE_MS);
  expect(isLocked()).toBe(false);
  await pass(MINUTE_MS + 1_000);
  expect(isLocked()).toBe(true);
});

it('never locks while a payment is taken, and begins anew after it', async () => {
  await openShop();
  await scan(DRESS);
  await pressAll('F9', '1');
  await pass(60 * MINUTE_MS);
  expect(isLocked()).toBe(false);
  await pressAll('Enter', 'F10');
  expect(screen.getByTestId('finished')).toBeTruthy();
  await pass(2 * MINUTE_MS);
  expect(isLocked()).toBe(false);
  await pass(MINUTE_MS + 1_000);
  expect(isLocked()).toBe(true);
});

it('a key that wakes a sleeping machine locks, and does nothing else', async () => {
  const shop = await openShop();
  await scan(DRESS);
  vi.setSystemTime(Date.now() + 8 * 60 * MINUTE_MS);
  await press('F6');
  expect(isLocked()).toBe(true);
  expect(shop.commands()).toEqual(['sale.addItem']);
  expect(logouts(shop)).toHaveLength(1);
});

it('a clock that is put back starts the time anew', async () => {
  await openShop();
  await pass(2 * MINUTE_MS);
  vi.setSystemTime(Date.now() - 60 * MINUTE_MS);
  await pass(2 * MINUTE_MS);
  expect(isLocked()).toBe(false);
  await pass(MINUTE_MS + 2_000);
  expect(isLocked()).toBe(true);
});

it('zero minutes never lock', async () => {
  await openShop(0);
  await pass(10 * 60 * MINUTE_MS);
  expect(isLocked()).toBe(false);
});

it('the till goes on where the core could not take it, and tries again after as long', async () => {
  const shop = await openShop();
  shop.handlers['operator.logout'] = () => no({ code: 'disk_full' } as never);
  await pass(3 * MINUTE_MS + 1_000);
  expect(screen.getByTestId('banner').textContent).toContain('disco');
  await scan(DRESS);
  expect(screen.getAllByTestId('line')).toHaveLength(1);
  await pass(3 * MINUTE_MS + 1_000);
  expect(logouts(shop)).toHaveLength(2);
});
