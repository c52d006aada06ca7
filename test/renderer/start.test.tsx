import { act, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { answer, no } from './support/fake-bridge.ts';
import { createFakeShop } from './support/fake-shop.ts';
import { burst, press, pressAll, scan, settle, type } from './support/keyboard.ts';
import { closeWindow, openWindow } from './support/open-window.tsx';
import { doneLoad, stationView } from './support/views.ts';

afterEach(closeWindow);

const empty = stationView({ setup: 'empty', station: null, operator: null, cashSession: null, demoServer: null });
const loggedOut = stationView({ operator: null, cashSession: null });

describe('the first start', () => {
  it('goes from one key on the demo to the first scan, by keyboard alone', async () => {
    const shop = createFakeShop(empty);
    shop.handlers['setup.openDemo'] = () => {
      shop.state.view = loggedOut;
      return answer(loggedOut);
    };
    await openWindow(shop);
    await press('Enter');
    await press('Enter');
    await type('1111');
    await press('Enter');
    await type('100');
    await press('Enter');
    expect(shop.sent.find(({ method }) => method === 'cashSession.open')?.input['floatCents']).toBe(10_000);
    await scan('7890000000017');
    expect(screen.getAllByTestId('line')).toHaveLength(1);
  });

  it('starts the initial load once, shows its steps, and retries a failed one', async () => {
    const idle = { ...doneLoad, state: 'idle' as const };
    const shop = createFakeShop(stationView({ operator: null, cashSession: null, load: idle }));
    shop.handlers['setup.load'] = () => answer({ ...idle, state: 'running' });
    await openWindow(shop);
    expect(shop.sent.filter(({ method }) => method === 'setup.load')).toHaveLength(1);
    const steps = [{ step: 'prices' as const, state: 'failed' as const, rows: 0, error: 'tabela em uso' }];
    await act(async () => {
      shop.emit({ event: 'load.changed', view: { ...idle, state: 'failed', steps } });
      await settle();
    });
    expect(screen.getByText('tabela em uso')).toBeTruthy();
    await press('Enter');
    expect(shop.sent.filter(({ method }) => method === 'setup.load')).toHaveLength(2);
  });
});

describe('the login', () => {
  it('takes a typed code, says how many tries are left, and masks the PIN', async () => {
    await openWindow(createFakeShop(loggedOut));
    await type('1');
    await press('Enter');
    const pin = screen.getByTestId<HTMLInputElement>('pin');
    expect(pin.type).toBe('password');
    await type('4321');
    await press('Enter');
    expect(screen.getByTestId('refusal').textContent).toContain('Restam 4 tentativas');
    expect(screen.getByTestId<HTMLInputElement>('pin').value).toBe('');
    await type('1111');
    await press('Enter');
    expect(screen.getByTestId('float')).toBeTruthy();
  });

  it('says until when an operator is locked', async () => {
    const shop = createFakeShop(loggedOut);
    shop.handlers['operator.login'] = () => no({ code: 'operator_locked', until: '2026-11-21T13:05:00.000Z' });
    await openWindow(shop);
    await press('Enter');
    await type('1');
    await press('Enter');
    expect(screen.getByTestId('refusal').textContent).toContain('21/11/2026 10:05');
  });

  it('says the hour on the clock of the branch', async () => {
    const inManaus = stationView().station;
    if (inManaus === null) throw new Error('no station');
    const shop = createFakeShop({ ...loggedOut, station: { ...inManaus, timeZone: 'America/Manaus' } });
    shop.handlers['operator.login'] = () => no({ code: 'operator_locked', until: '2026-11-21T13:05:00.000Z' });
    await openWindow(shop);
    await press('Enter');
    await type('1');
    await press('Enter');
    expect(screen.getByTestId('refusal').textContent).toContain('21/11/2026 09:05');
  });

  it('tells the PIN in the demo store only', async () => {
    await openWindow(createFakeShop(loggedOut));
    await press('Enter');
    expect(screen.getByText('1111')).toBeTruthy();
    closeWindow();
    await openWindow(createFakeShop({ ...loggedOut, setup: 'store', demoServer: null }));
    await press('Enter');
    expect(screen.queryByText('1111')).toBeNull();
  });

  it('refuses a scan aloud and puts no digit into the PIN', async () => {
    await openWindow(createFakeShop(loggedOut));
    await press('Enter');
    await scan('7890000000017');
    expect(screen.getByTestId('banner').dataset['code']).toBe('O-004');
    expect(screen.getByTestId<HTMLInputElement>('pin').value).toBe('');
  });

  it('takes a PIN typed faster than a hand can', async () => {
    await openWindow(createFakeShop(loggedOut));
    await press('Enter');
    await burst('1111');
    await press('Enter');
    expect(screen.getByTestId('float')).toBeTruthy();
  });
});

describe('the cash session', () => {
  it('takes an amount as Brazilians write it and refuses nonsense', async () => {
    const shop = createFakeShop(stationView({ cashSession: null }));
    await openWindow(shop);
    await type('1,2,3');
    await press('Enter');
    expect(screen.getByText(/Digite um valor/)).toBeTruthy();
    expect(shop.sent.some(({ method }) => method === 'cashSession.open')).toBe(false);
  });

  it('asks the manager when the clock is before the last sale', async () => {
    const shop = createFakeShop(stationView({ cashSession: null }));
    const open = shop.handlers['cashSession.open'];
    shop.handlers['cashSession.open'] = (input) =>
      input.approvalId == null
        ? no({ code: 'session_day_in_past', businessDay: '2026-11-20', lastBusinessDay: '2026-11-21' })
        : (open?.(input) ?? no({ code: 'station_stopped' }));
    await openWindow(shop);
    await type('50');
    await press('Enter');
    await type('9999');
    await press('Enter');
    expect(screen.getByTestId('till')).toBeTruthy();
  });
});

describe('the core', () => {
  it('covers the screen while it recovers, and gives the half-rung sale back', async () => {
    const shop = createFakeShop();
    await openWindow(shop);
    await scan('7890000000017');
    await act(async () => {
      shop.emitCore({ state: 'restarting', restarts: 1 });
      await settle();
    });
    expect(screen.getByTestId('core-overlay').textContent).toContain('Recuperando');
    await act(async () => {
      shop.emitCore({ state: 'ready', restarts: 1 });
      await settle();
    });
    expect(screen.queryByTestId('core-overlay')).toBeNull();
    expect(screen.getByTestId('banner').textContent).toContain('Venda recuperada');
    expect(screen.getAllByTestId('line')).toHaveLength(1);
  });

  it('does nothing with the keys of the till while it recovers', async () => {
    const shop = createFakeShop();
    await openWindow(shop);
    await scan('7890000000017');
    await act(async () => {
      shop.emitCore({ state: 'restarting', restarts: 1 });
      await settle();
    });
    await pressAll('F6', 'F9');
    expect(shop.commands()).toEqual(['sale.addItem']);
    expect(screen.queryByTestId('payment')).toBeNull();
  });
});
