import { act, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CashClosingView, CashCountView, CashMovementView } from '../../contract/cash-views.ts';
import { answer, no } from './support/fake-bridge.ts';
import { createFakeShop, type FakeShop } from './support/fake-shop.ts';
import { press, pressAll, scan, settle, type } from './support/keyboard.ts';
import { closeWindow, openWindow } from './support/open-window.tsx';
import { cashSession, id, paper, stationView } from './support/views.ts';

const session = cashSession;
const places: CashClosingView['places'] = [
  { paymentTypeId: 1, acquirerId: null, description: 'Dinheiro', kind: 'cash' },
  { paymentTypeId: 3, acquirerId: 2, description: 'Crédito · Rede', kind: 'credit_card' },
];
const closing = (change: Partial<CashClosingView> = {}): CashClosingView => ({
  session,
  open: 0,
  parked: 0,
  pendingCancellations: 0,
  pendingPix: 0,
  refused: 0,
  cardsWithoutNsu: { count: 0, sales: [] },
  places,
  counts: [],
  canRecount: false,
  suggestedFloatCents: 10_000,
  ...change,
});
const counted = (attempt: number, differenceCents: number): CashCountView => ({
  countId: id(910 + attempt),
  attempt,
  countedAt: '2026-11-21T22:00:00.000Z',
  countedBy: 'Ana Souza',
  denominations: [],
  lines: places.map((place, index) => ({
    ...place,
    expectedCents: 30_000,
    countedCents: index === 0 ? 30_000 + differenceCents : 30_000,
    differenceCents: index === 0 ? differenceCents : 0,
  })),
  cashCountedCents: 30_000 + differenceCents,
  differenceCents,
});
const movement: CashMovementView = {
  movementId: id(920),
  number: 'E01M00000002',
  kind: 'withdrawal',
  reason: 'Cofre',
  amountCents: 20_000,
  note: '',
  operator: 'Ana Souza',
  approvedBy: 'Carla Dias',
  movedAt: '2026-11-21T15:00:00.000Z',
  paper: paper(),
};

let shop: FakeShop;
let now: CashClosingView;
const text = (): string => document.body.textContent.replaceAll('\u00A0', ' ');
const sentTo = (method: string): Record<string, unknown>[] =>
  shop.sent.filter((call) => call.method === method).map(({ input }) => input);

beforeEach(() => {
  shop = createFakeShop();
  now = closing();
  shop.handlers['cashSession.closing'] = () => answer(now);
  shop.handlers['cashSession.movements'] = () => answer([]);
  shop.handlers['cashSession.reasons'] = () =>
    answer([
      { financialReasonId: 11, code: '011', description: 'Reforço', direction: 'in' },
      { financialReasonId: 20, code: '020', description: 'Cofre', direction: 'out' },
    ]);
});
afterEach(closeWindow);

describe('the drawer', () => {
  it('gives cash out with a reason that fits and the manager by the side, once', async () => {
    shop.handlers['cashSession.move'] = ({ approvalId }) =>
      approvalId == null
        ? no({ code: 'permission_required', permission: 'cash_withdrawal', profile: 'manager' })
        : answer(movement);
    await openWindow(shop);
    await pressAll('F11', 'F3');
    expect(screen.getByRole('combobox').textContent).toBe('020 · Cofre');
    await type('200');
    await press('Enter');
    await type('9999');
    await press('Enter');
    const moves = sentTo('cashSession.move');
    expect(moves).toMatchObject([
      { kind: 'withdrawal', financialReasonId: 20, amountCents: 20_000, approvalId: null },
      { kind: 'withdrawal', financialReasonId: 20, amountCents: 20_000, approvalId: id(555) },
    ]);
    // One intention is one command, whoever approves it.
    expect(moves[0]?.['commandId']).toBe(moves[1]?.['commandId']);
    expect(screen.getByTestId('paper')).toBeTruthy();
  });

  it('has the focus on the amount again when the manager’s leave did not help', async () => {
    shop.handlers['cashSession.move'] = ({ approvalId }) =>
      approvalId == null
        ? no({ code: 'permission_required', permission: 'cash_withdrawal', profile: 'manager' })
        : no({ code: 'withdrawal_too_large', amountCents: 20_000 });
    await openWindow(shop);
    await pressAll('F11', 'F3');
    await type('200');
    await press('Enter');
    await type('9999');
    await press('Enter');
    expect(screen.getByTestId('refusal').dataset['code']).toBe('C-009');
    expect(document.activeElement).toBe(screen.getByTestId('cash-amount'));
  });

  it('waits with the question for the reasons, so that Enter takes the one that is shown', async () => {
    const slow = Promise.withResolvers<void>();
    const { 'cashSession.reasons': reasons } = shop.handlers;
    shop.handlers['cashSession.reasons'] = async (input) => {
      await slow.promise;
      return reasons?.(input) ?? answer([]);
    };
    shop.handlers['cashSession.move'] = () => answer(movement);
    await openWindow(shop);
    await pressAll('F11', 'F3');
    expect(screen.queryByTestId('cash-amount')).toBeNull();
    await act(async () => {
      slow.resolve();
      await settle();
    });
    expect(screen.getByRole('combobox').textContent).toBe('020 · Cofre');
    await type('200');
    await press('Enter');
    expect(sentTo('cashSession.move')).toMatchObject([{ financialReasonId: 20, amountCents: 20_000 }]);
  });

  it('says why it cannot be closed or moved, and does nothing with those keys', async () => {
    now = closing({ parked: 2, pendingCancellations: 1, pendingPix: 3 });
    shop.handlers['cashSession.reasons'] = () => answer([]);
    await openWindow(shop);
    await press('F11');
    expect(text()).toContain('2 vendas suspensas');
    expect(text()).toContain('1 cancelamento ainda a caminho');
    expect(text()).toContain('3 Pix a conferir');
    await pressAll('F2', 'F3', 'F10');
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(screen.queryByTestId('count')).toBeNull();
    expect(text()).toContain('Sem motivo no cadastro do ERP');
  });

  it('shows what is open before the count, with the way to each', async () => {
    now = closing({ pendingPix: 3, refused: 1, cardsWithoutNsu: { count: 2, sales: ['E01000000007'] } });
    await openWindow(shop);
    await pressAll('F11', 'F10');
    expect(screen.getByRole('dialog').textContent).toContain('3 Pix a conferir');
    expect(screen.getByRole('dialog').textContent).toContain('2 cartões sem NSU');
    expect(text()).toContain('E01000000007');
    await press('l', { ctrlKey: true });
    expect(screen.getByTestId<HTMLSelectElement>('movement-state').value).toBe('rejected');
    // Whoever looked into something on the way to the count comes back to it, over one list or two.
    await pressAll('Escape', 'Escape');
    expect(screen.getByTestId('cash-open')).toBeTruthy();
    await press('b', { ctrlKey: true });
    expect(screen.getByTestId('pix-screen')).toBeTruthy();
    await press('Escape');
    expect(screen.getByTestId('cash-open')).toBeTruthy();
    await press('l', { ctrlKey: true });
    await press('b', { ctrlKey: true });
    await press('Escape');
    expect(screen.getByTestId('movement-list')).toBeTruthy();
    await pressAll('Escape', 'Escape', 'F10');
    expect(screen.queryByTestId('count')).toBeNull();
    await press('Enter');
    expect(screen.getByTestId('count')).toBeTruthy();
  });

  it('takes a parked sale up again from the list of what is open', async () => {
    now = closing({ parked: 1 });
    await openWindow(shop);
    await pressAll('F11', 'F7');
    expect(screen.getByRole('dialog').textContent).toContain('Vendas suspensas');
  });

  it('never shows a list that could not be read as an empty one', async () => {
    shop.handlers['cashSession.movements'] = () => no({ code: 'session_closed' });
    await openWindow(shop);
    await press('F11');
    expect(text()).toContain('Não foi possível ler os movimentos');
    expect(text()).not.toContain('Nenhum suprimento');
  });

  it('asks calmly for a withdrawal above the limit', async () => {
    shop.handlers['cashSession.drawer'] = () => answer({ isAboveLimit: true, limitCents: 80_000 });
    await openWindow(shop);
    expect(screen.getByTestId('drawer-hint').textContent.replaceAll('\u00A0', ' ')).toContain('mais de R$ 800,00');
  });

  it('suggests the float that was left, which typing replaces', async () => {
    shop.state.view = stationView({ cashSession: null });
    shop.handlers['cashSession.suggestFloat'] = () => answer({ floatCents: 3_000 });
    await openWindow(shop);
    expect(screen.getByTestId<HTMLInputElement>('float').value).toBe('30,00');
    await press('Enter');
    expect(sentTo('cashSession.open')).toMatchObject([{ floatCents: 3_000 }]);
  });
});

describe('the count', () => {
  it('goes on by Enter, sums while typing, and tells the difference only after it was confirmed', async () => {
    shop.handlers['cashSession.count'] = () => {
      now = closing({ counts: [counted(1, -50)], canRecount: true });
      shop.state.view = stationView({ cashSession: { ...session, isCounted: true } });
      return answer(counted(1, -50));
    };
    await openWindow(shop);
    await pressAll('F11', 'F10');
    await type('1');
    await press('Enter');
    await type('2');
    expect(screen.getByTestId('cash-total').textContent.replaceAll('\u00A0', ' ')).toBe('R$ 400,00');
    expect(text()).not.toContain('300,00');
    await press('F10');
    expect(sentTo('cashSession.count')).toEqual([]);
    await press('Enter');
    expect(sentTo('cashSession.count')).toMatchObject([
      {
        denominations: [
          { valueCents: 20_000, quantity: 1 },
          { valueCents: 10_000, quantity: 2 },
        ],
        amounts: [],
      },
    ]);
    expect(screen.getByTestId('count-table').textContent.replaceAll('\u00A0', ' ')).toContain('Quebra R$ 0,50');
  });

  it('takes no scan for a quantity and sells nothing', async () => {
    await openWindow(shop);
    await pressAll('F11', 'F10');
    await scan('7890000000017');
    expect(screen.getAllByRole('textbox').every((field) => (field as HTMLInputElement).value === '')).toBe(true);
    expect(shop.commands()).toEqual([]);
    expect(screen.getByTestId('count')).toBeTruthy();
  });

  it('is not confirmed while something in it cannot be read', async () => {
    await openWindow(shop);
    await pressAll('F11', 'F10');
    await type('2x');
    expect(text()).toContain('Só a quantidade');
    await press('F10');
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('comes back after a crash where it stood, and the recount is offered once', async () => {
    shop.state.view = stationView({ cashSession: { ...session, isCounted: true } });
    now = closing({ counts: [counted(1, -50), counted(2, 0)], canRecount: false });
    await openWindow(shop);
    expect(screen.getByTestId('count-table').textContent.replaceAll('\u00A0', ' ')).toContain(
      'Primeira contagemQuebra R$ 0,50',
    );
    await press('F5');
    expect(screen.queryByTestId('count')).toBeNull();
    expect(text()).toContain('Recontagem já usada');
  });
});

describe('the session of yesterday', () => {
  it('is counted, or sells after the manager let it', async () => {
    const left = { ...session, isLeftOver: true };
    shop.state.view = stationView({ cashSession: left });
    shop.handlers['cashSession.keepOpen'] = ({ approvalId }) => {
      if (approvalId == null)
        return no({ code: 'permission_required', permission: 'sell_past_day', profile: 'manager' });
      shop.state.view = stationView({ cashSession: session });
      return answer(session);
    };
    await openWindow(shop);
    expect(screen.getByTestId('left-over')).toBeTruthy();
    await press('2');
    await type('9999');
    await press('Enter');
    expect(screen.getByTestId('till')).toBeTruthy();
  });
});
