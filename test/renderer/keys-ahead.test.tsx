import { act, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CashClosingView } from '../../contract/cash-views.ts';
import { answer } from './support/fake-bridge.ts';
import { createFakeShop, type FakeShop } from './support/fake-shop.ts';
import { press, pressAll, scan, settle, type } from './support/keyboard.ts';
import { closeWindow, openWindow } from './support/open-window.tsx';
import { cashSession, id, paper } from './support/views.ts';

/* Keys that are faster than the screen they are for. */

const DRESS = '7890000000017';
const closing: CashClosingView = {
  session: cashSession,
  open: 0,
  parked: 0,
  pendingCancellations: 0,
  pendingPix: 0,
  refused: 0,
  cardsWithoutNsu: { count: 0, sales: [] },
  places: [],
  counts: [],
  canRecount: false,
  suggestedFloatCents: 0,
};

let shop: FakeShop;
let drawer: PromiseWithResolvers<void>;
let reasons: PromiseWithResolvers<void>;
beforeEach(async () => {
  drawer = Promise.withResolvers();
  reasons = Promise.withResolvers();
  shop = createFakeShop();
  shop.handlers['cashSession.closing'] = async () => {
    await drawer.promise;
    return answer(closing);
  };
  shop.handlers['cashSession.reasons'] = async () => {
    await reasons.promise;
    return answer([{ financialReasonId: 11, code: '011', description: 'Reforço', direction: 'in' }]);
  };
  shop.handlers['cashSession.movements'] = () => answer([]);
  shop.handlers['cashSession.move'] = () =>
    answer({
      movementId: id(920),
      number: 'E01M00000002',
      kind: 'supply',
      reason: 'Reforço',
      amountCents: 20_000,
      note: '',
      operator: 'Ana Souza',
      approvedBy: null,
      movedAt: '2026-11-21T15:00:00.000Z',
      paper: paper(),
    });
  await openWindow(shop);
});
afterEach(() => {
  vi.restoreAllMocks();
  closeWindow();
});

async function read(...answers: readonly PromiseWithResolvers<void>[]): Promise<void> {
  await act(async () => {
    for (const one of answers) one.resolve();
    await settle();
  });
  await act(settle);
}
const moves = () => shop.sent.filter(({ method }) => method === 'cashSession.move').map(({ input }) => input);
const isSellingAgain = (): boolean => document.activeElement === screen.getByTestId('barcode');

describe('keys pressed while a screen is still reading', () => {
  it('are pressed in their order when it has read, through what they open', async () => {
    await pressAll('F11', 'F2');
    await type('200');
    await press('Enter');
    expect(screen.queryByTestId('cash')).toBeNull();
    await read(drawer);
    expect(screen.getByTestId('cash')).toBeTruthy();
    expect(moves()).toEqual([]);
    await read(reasons);
    expect(moves()).toMatchObject([{ kind: 'supply', financialReasonId: 11, amountCents: 20_000 }]);
  });

  it('wait together with those that come between two answers', async () => {
    await pressAll('F11', 'F2');
    await type('2');
    await read(drawer);
    await type('5');
    await read(reasons);
    expect(screen.getByTestId<HTMLInputElement>('cash-amount').value).toBe('25');
    await type('0');
    await press('Enter');
    expect(moves()).toMatchObject([{ amountCents: 25_000 }]);
  });

  it('are forgotten with Esc, which goes back at once', async () => {
    // At the till, where nothing reads, F3 would open the search.
    await pressAll('F11', 'F3', 'Escape');
    expect(isSellingAgain()).toBe(true);
    expect(screen.queryByRole('dialog')).toBeNull();
    await press('F11');
    await read(drawer, reasons);
    expect(screen.getByTestId('cash')).toBeTruthy();
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('are forgotten when the screen takes longer than anybody waits', async () => {
    await pressAll('F11', 'F2');
    const late = performance.now() + 2_500;
    vi.spyOn(performance, 'now').mockReturnValue(late);
    await read(drawer, reasons);
    expect(screen.getByTestId('cash')).toBeTruthy();
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('are not the digits of a scan, which is one', async () => {
    await pressAll('F11', 'F3');
    await scan(DRESS);
    expect(shop.commands()).toContain('sale.addItem');
    // A scan belongs to the sale, and shows it.
    expect(isSellingAgain()).toBe(true);
    await read(drawer, reasons);
    // Neither its first digit nor the key that was for the drawer comes after it: F3 would open the search here.
    expect(screen.getByTestId<HTMLInputElement>('barcode').value).toBe('');
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('do at once what lies above the screen', async () => {
    await pressAll('F11', 'F1');
    expect(screen.getByRole('dialog')).toBeTruthy();
  });
});
