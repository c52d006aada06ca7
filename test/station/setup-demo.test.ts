import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDemoTill } from '../support/demo-erp.ts';
import { BARCODES, sell, spawnStation, temporaryData, until, type SpawnedStation } from '../support/spawn-station.ts';

/* The demo store and its own server, which is a process that really goes and comes back. */

const data = temporaryData();
let station: SpawnedStation;
let url = '';

beforeAll(async () => {
  station = await spawnStation(data.path);
  await openDemoTill(station);
  url = (await station.must('station.view', {})).demoServer?.url ?? '';
});
afterAll(async () => {
  await station.stop();
  data.remove();
});

const serverOf = async (): Promise<unknown> => (await station.must('station.view', {})).demoServer;
const isListening = (): Promise<boolean> =>
  fetch(`${url}/admin/health`).then(
    (reply) => reply.ok,
    () => false,
  );

describe('the demo store', () => {
  it('is enrolled, loaded and sells, with nothing to configure', async () => {
    expect(await station.must('station.view', {})).toMatchObject({
      setup: 'demo',
      station: { code: 'E01', server: url },
      load: { state: 'done' },
      demoServer: { running: true, url },
    });
    expect(await isListening()).toBe(true);
  });

  it('is opened once', async () => {
    expect(await station.call('setup.openDemo', { products: 50 })).toMatchObject({
      ok: false,
      error: { code: 'already_enrolled', stationCode: 'E01' },
    });
  });

  it('loses its server for real, and sells on', async () => {
    expect(await station.must('demo.setServer', { running: false })).toMatchObject({
      demoServer: { running: false, url },
    });
    expect(await isListening()).toBe(false);
    await sell(station, [BARCODES.tShirt]);
    await until(
      () => station.must('sync.view', {}),
      // The opening of the drawer may wait as well.
      (sync) => sync.reachability === 'unreachable' && sync.waiting >= 1,
    );
  });

  it('does not start a server by itself that somebody stopped', async () => {
    await station.stop();
    station = await spawnStation(data.path);
    // One set-up after the other: this one is answered after what the start of the core did with the server.
    await station.must('setup.testConnection', { server: url, user: 'e01', password: 'x' });
    expect(await serverOf()).toEqual({ running: false, url });
    expect(await isListening()).toBe(false);
  });

  it('gets it back at the same address, and everything arrives', async () => {
    expect(await station.must('demo.setServer', { running: true })).toMatchObject({
      demoServer: { running: true, url },
    });
    expect(await isListening()).toBe(true);
    await until(
      () => station.must('sync.view', {}),
      (sync) => sync.waiting === 0 && sync.lastConfirmedAt !== null,
      40_000,
    );
  });

  it('takes its server with it when it is killed, and brings it back at the next start', async () => {
    await station.kill();
    await until(isListening, (listening) => !listening);
    station = await spawnStation(data.path);
    await until(serverOf, (server) => (server as { running: boolean }).running);
    await until(isListening, (listening) => listening);
    expect(await serverOf()).toEqual({ running: true, url });
  });

  it('moves its server when another program took the port meanwhile, and sells on', async () => {
    await station.stop();
    await until(isListening, (listening) => !listening);
    const other = createServer((socket) => socket.destroy());
    await new Promise<void>((resolve) => void other.listen(Number(new URL(url).port), '127.0.0.1', resolve));
    station = await spawnStation(data.path);
    const moved = (await until(serverOf, (server) => (server as { running: boolean }).running)) as { url: string };
    other.close();
    expect(moved.url).not.toBe(url);
    expect(await station.must('station.view', {})).toMatchObject({ station: { server: moved.url } });
    const { number } = await sell(station, [BARCODES.jeans]);
    const { orders } = await until(
      async () => (await (await fetch(`${moved.url}/admin/received`)).json()) as { orders: { cod_pedidov: string }[] },
      ({ orders }) => orders.some((order) => order.cod_pedidov === number),
      40_000,
    );
    expect(orders).toHaveLength(2);
  });
});
