import { describe, expect, it } from 'vitest';
import { connectStation } from '../../renderer/station-calls.ts';
import { answer, createFakeBridge, no, type FakeBridge, type Handlers } from './support/fake-bridge.ts';
import { saleView, stationView } from './support/views.ts';

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** A core that dies inside the first `deaths` calls of addItem: the sale may be on disk, the reply is lost. */
function createDyingCore(deaths: number, how: 'rejects' | 'answers stopped'): FakeBridge {
  let left = deaths;
  const handlers: Handlers = {
    'station.view': () => answer(stationView()),
    'sale.current': () => answer(saleView()),
    'sale.addItem': async () => {
      if (left === 0) return answer(saleView());
      left -= 1;
      bridge.emitCore({ state: 'restarting', restarts: 1 });
      setTimeout(() => bridge.emitCore({ state: 'ready', restarts: 1 }), 30);
      if (how === 'rejects') throw new Error('the core is gone');
      return no({ code: 'station_stopped' });
    },
    'operator.login': async () => no({ code: 'station_stopped' }),
  };
  const bridge = createFakeBridge(handlers);
  return bridge;
}

function sent(bridge: FakeBridge, method: string) {
  return bridge.sent.filter((call) => call.method === method);
}

describe.each(['rejects', 'answers stopped'] as const)('a command whose reply is lost (%s)', (how) => {
  it('is sent again with the same command id after the sale was read again', async () => {
    const bridge = createDyingCore(1, how);
    const station = connectStation(bridge);
    await pause(5);
    const reply = await station.sell('sale.addItem', { barcode: '7890000000017' });
    expect(reply.ok).toBe(true);
    const tries = sent(bridge, 'sale.addItem');
    expect(tries).toHaveLength(2);
    expect(tries[1]?.input).toEqual(tries[0]?.input);
    const order = bridge.sent.map(({ method }) => method);
    expect(order.lastIndexOf('sale.current')).toBeGreaterThan(order.indexOf('sale.addItem'));
    expect(order.lastIndexOf('sale.current')).toBeLessThan(order.lastIndexOf('sale.addItem'));
    station.disconnect();
  });

  it('is given up after three deaths, and said', async () => {
    const bridge = createDyingCore(9, how);
    const station = connectStation(bridge);
    await pause(5);
    const reply = await station.sell('sale.addItem', { barcode: '7890000000017' });
    expect(reply).toEqual({ ok: false, error: { code: 'station_stopped' } });
    expect(sent(bridge, 'sale.addItem')).toHaveLength(3);
    station.disconnect();
  });

  it('holds the commands behind it, and sends them after', async () => {
    const bridge = createDyingCore(1, how);
    const station = connectStation(bridge);
    await pause(5);
    await Promise.all([
      station.sell('sale.addItem', { barcode: 'first' }),
      station.sell('sale.addItem', { barcode: 'second' }),
    ]);
    expect(sent(bridge, 'sale.addItem').map(({ input }) => input['barcode'])).toEqual(['first', 'first', 'second']);
    station.disconnect();
  });
});

describe('the connection', () => {
  it('does not send again what has no command id', async () => {
    const bridge = createDyingCore(0, 'rejects');
    const station = connectStation(bridge);
    const reply = await station.call('operator.login', { code: '1', pin: '1111' });
    expect(reply.ok).toBe(false);
    expect(sent(bridge, 'operator.login')).toHaveLength(1);
    station.disconnect();
  });

  it('reads the views at each start of the core and follows its events', async () => {
    const bridge = createDyingCore(0, 'rejects');
    const station = connectStation(bridge);
    await pause(5);
    expect(station.store.getState().sale?.saleId).toBe(saleView().saleId);
    bridge.emit({ event: 'sale.changed', view: null });
    expect(station.store.getState().sale).toBeNull();
    bridge.emitCore({ state: 'restarting', restarts: 1 });
    bridge.emitCore({ state: 'ready', restarts: 1 });
    await pause(5);
    expect(station.store.getState().sale?.saleId).toBe(saleView().saleId);
    station.disconnect();
  });
});
