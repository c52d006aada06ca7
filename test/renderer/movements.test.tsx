import { act, fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { MovementFilter } from '../../contract/movement-views.ts';
import type { SyncErrorView } from '../../contract/station-views.ts';
import { readDay } from '../../renderer/screens/day-entry.ts';
import { answer, no } from './support/fake-bridge.ts';
import { createFakeShop, type FakeShop } from './support/fake-shop.ts';
import { press, settle, type } from './support/keyboard.ts';
import { closeWindow, openWindow } from './support/open-window.tsx';
import { movementRow, saleRow, stationView, syncView } from './support/views.ts';

/* The list of everything the station recorded, and the repair of what the ERP refused, over a core of answers. */

beforeEach(() => {
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(560);
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(800);
  vi.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockReturnValue(560);
  vi.spyOn(HTMLElement.prototype, 'offsetWidth', 'get').mockReturnValue(800);
});
afterEach(() => {
  closeWindow();
  vi.restoreAllMocks();
});

const openList = async (shop: FakeShop): Promise<void> => {
  await openWindow(shop);
  await press('l', { ctrlKey: true });
};
const marked = (): string | undefined => screen.getByTestId('movement-detail').dataset['number'];
const asked = (shop: FakeShop): MovementFilter[] =>
  shop.sent.filter(({ method }) => method === 'movement.list').map(({ input }) => input.filter as MovementFilter);

const refused: SyncErrorView = {
  number: 'E01000260',
  totalCents: 9990,
  delivery: {
    ...saleRow(260).delivery,
    state: 'rejected',
    lastError: { class: 'refused', text: 'CFOP inválido', at: '2026-11-21T13:00:00.000Z' },
  },
  personId: null,
  waitsFor: null,
  isDetachable: false,
};

function createRefusingShop(error: SyncErrorView = refused): FakeShop {
  const shop = createFakeShop(stationView({ sync: syncView({ errors: 1 }) }));
  const row = movementRow(260, { delivery: error.delivery });
  shop.handlers['movement.list'] = () => answer({ total: 1, rows: [row] });
  shop.handlers['movement.get'] = () => answer({ row, steps: [], papers: [], error });
  shop.handlers['sync.errors'] = () => answer([error]);
  shop.handlers['sync.resend'] = () => answer(syncView());
  return shop;
}

describe('the list of movements', () => {
  it('moves by row, page and end, and reads the pages that come into sight', async () => {
    const shop = createFakeShop();
    await openList(shop);
    expect(marked()).toBe('E01000260');
    await press('ArrowDown');
    expect(marked()).toBe('E01000259');
    await press('PageDown');
    expect(marked()).toBe('E01000249');
    await press('End');
    expect(marked()).toBe('E01000001');
    await press('Home');
    expect(marked()).toBe('E01000260');
    expect(screen.getAllByTestId('movement-row').length).toBeLessThan(60);
  });

  it('asks the core for what is typed, and shows all again with Esc', async () => {
    const shop = createFakeShop();
    await openList(shop);
    await press('F3');
    await type('412');
    const [select] = screen.getAllByRole<HTMLSelectElement>('combobox');
    await act(async () => {
      if (select !== undefined) fireEvent.change(select, { target: { value: 'rejected' } });
      await settle();
    });
    screen.getByTestId('movement-day').focus();
    await type('21/11');
    expect(asked(shop).at(-1)).toEqual({ text: '412', state: 'rejected', kind: null, businessDay: '2026-11-21' });
    await press('Escape');
    expect(asked(shop).at(-1)).toEqual({ text: '', state: null, kind: null, businessDay: null });
    expect(screen.getByTestId('movements')).toBeTruthy();
    await press('Escape');
    expect(screen.getByTestId('till')).toBeTruthy();
  });

  it('leaves its own keys to a field and a choice that has the focus', async () => {
    const shop = createFakeShop();
    await openList(shop);
    await press('End');
    await press('F3');
    await press('Delete');
    expect(screen.queryByRole('dialog')).toBeNull();
    await act(async () => {
      screen.getByTestId('movement-state').focus();
      await settle();
    });
    await press('ArrowUp');
    expect(marked()).toBe('E01000001');
  });

  it('jumps to a number or a day of the whole list, and says when there is none', async () => {
    const shop = createFakeShop();
    const targets: unknown[] = [];
    shop.handlers['movement.find'] = ({ target }) => {
      targets.push(target);
      return answer({ place: 'number' in target && target.number === '999' ? null : 200 });
    };
    await openList(shop);
    await press('F4');
    await type('999');
    await press('Enter');
    expect(screen.getByText(/Não há movimentação com este número/)).toBeTruthy();
    screen.getByTestId<HTMLInputElement>('jump').select();
    await type('20/11');
    await press('Enter');
    expect(targets).toEqual([{ number: '999' }, { businessDay: '2026-11-20' }]);
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(marked()).toBe('E01000060');
  });

  it('keeps the marked row while others are recorded above it', async () => {
    const shop = createFakeShop();
    await openList(shop);
    await press('ArrowDown');
    const rows = Array.from({ length: 261 }, (_, index) => movementRow(261 - index));
    shop.handlers['movement.list'] = ({ from = 0 }) => answer({ total: 261, rows: rows.slice(from, from + 100) });
    shop.handlers['movement.get'] = () => answer({ row: movementRow(1), steps: [], papers: [], error: null });
    await act(async () => {
      shop.emit({ event: 'sync.changed', view: syncView({ waiting: 1 }) });
      await settle();
    });
    expect(marked()).toBe('E01000259');
  });

  it('never takes what cannot be read for nothing, and does not ask in a circle', async () => {
    const shop = createFakeShop();
    shop.handlers['movement.list'] = () => no({ code: 'internal', incident: 'X1' });
    await openList(shop);
    expect(screen.getByTestId('refusal')).toBeTruthy();
    expect(screen.queryByText('Nada registrado ainda.')).toBeNull();
    expect(asked(shop).length).toBeLessThan(4);
  });

  it('says why a cancelled sale cannot be cancelled again', async () => {
    const shop = createFakeShop();
    const row = movementRow(5, { isCancelled: true });
    shop.handlers['movement.list'] = () => answer({ total: 1, rows: [row] });
    await openList(shop);
    expect(screen.getByTestId('cancel-sale')).toHaveProperty('disabled', true);
    expect(screen.getByText('Esta venda já foi cancelada.')).toBeTruthy();
    await press('Delete');
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('cancels with a reason and the manager', async () => {
    const shop = createFakeShop();
    shop.handlers['sale.cancel'] = ({ approvalId }) =>
      approvalId == null
        ? no({ code: 'permission_required', permission: 'cancel_sale', profile: 'cashier' })
        : no({ code: 'cancellation_too_late', limitMinutes: 30, ageMinutes: 42 });
    await openList(shop);
    await press('Delete');
    await press('Enter');
    expect(shop.sent.some(({ method }) => method === 'sale.cancel')).toBe(false);
    await type('erro');
    await press('Enter');
    await type('9999');
    await press('Enter');
    const tries = shop.sent.filter(({ method }) => method === 'sale.cancel').map(({ input }) => input);
    expect(tries.map(({ approvalId }) => approvalId === null)).toEqual([true, false]);
    expect(screen.getByTestId('refusal').textContent).toContain('42 min');
  });
});

describe('a refused document', () => {
  it('is sent again with one key', async () => {
    const shop = createRefusingShop();
    await openList(shop);
    await press('F6');
    expect(shop.sent.find(({ method }) => method === 'sync.resend')?.input).toEqual({
      documentId: refused.delivery.documentId,
    });
  });

  it('is given up with a reason and the manager, after it was said what is lost', async () => {
    const shop = createRefusingShop();
    shop.handlers['sync.discard'] = ({ approvalId }) =>
      approvalId == null
        ? no({ code: 'permission_required', permission: 'discard_document', profile: 'cashier' })
        : answer(syncView());
    await openList(shop);
    await press('F8');
    expect(screen.getByText(/nunca será enviada ao ERP/)).toBeTruthy();
    await type('lançada à mão');
    await press('Enter');
    await type('9999');
    await press('Enter');
    const tries = shop.sent.filter(({ method }) => method === 'sync.discard').map(({ input }) => input);
    expect(tries.map(({ reason, approvalId }) => [reason, approvalId === null])).toEqual([
      ['lançada à mão', true],
      ['lançada à mão', false],
    ]);
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('of a customer says in place why it cannot be given up, and of its sale that it may go without', async () => {
    const customer = { ...refused, delivery: { ...refused.delivery, kind: 'customer' as const } };
    const shop = createRefusingShop(customer);
    await openList(shop);
    expect(screen.getByRole('button', { name: 'Descartar' })).toHaveProperty('disabled', true);
    expect(screen.getAllByText('Corrija o cliente, ou envie a venda sem ele.').length).toBeGreaterThan(0);
    await press('F8');
    expect(screen.queryByRole('dialog')).toBeNull();
    closeWindow();

    const sale = createRefusingShop({ ...refused, waitsFor: 'E01C00000001', isDetachable: true });
    sale.handlers['customer.detach'] = () => answer(saleRow(260));
    await openList(sale);
    await press('F7');
    expect(screen.getByText(/se perdem nela/)).toBeTruthy();
    await type('CPF de outro');
    await press('Enter');
    expect(sale.sent.find(({ method }) => method === 'customer.detach')?.input).toMatchObject({
      saleId: refused.delivery.documentId,
      reason: 'CPF de outro',
    });
  });

  it('is repaired in the panel too, where Esc closes the question and not the panel', async () => {
    const shop = createRefusingShop();
    await openWindow(shop);
    await press('s', { ctrlKey: true });
    await act(async () => {
      screen.getByRole('button', { name: 'Descartar E01000260' }).click();
      await settle();
    });
    expect(screen.getByText(/nunca será enviada ao ERP/)).toBeTruthy();
    await press('Escape');
    expect(screen.queryByText(/nunca será enviada ao ERP/)).toBeNull();
    expect(screen.getByTestId('sync-panel')).toBeTruthy();
  });
});

describe('a typed day', () => {
  it.each([
    ['21/11', '2026-11-21'],
    ['22/11', '2025-11-22'],
    ['1-2-26', '2026-02-01'],
    ['31.12.2025', '2025-12-31'],
    ['29/2/2025', null],
    ['31/4', null],
    ['21', null],
    ['', null],
  ])('%s is %s', (text, day) => {
    expect(readDay(text, '2026-11-21')).toBe(day);
  });
});
