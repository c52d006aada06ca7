import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { CoreState } from '../../contract/station-bridge.ts';
import { createStationProcess } from '../../electron/station-process.ts';

type Mode = 'answer' | 'refuse' | 'die' | 'hang';
const stations: { stop: () => Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(stations.splice(0).map((station) => station.stop()));
});

/** A station process on a stand-in core, with all it told the window. */
function startStation(mode: Mode, language: 'pt-BR' | 'en' = 'pt-BR', options: { stopTimeoutMs?: number } = {}) {
  process.env['STATION_FAKE'] = mode;
  const states: CoreState[] = [];
  const events: unknown[] = [];
  const station = createStationProcess({
    node: process.execPath,
    entry: join(import.meta.dirname, 'fake-core.ts'),
    data: '/data of the shop',
    language,
    ...options,
    onState: (state) => states.push(state),
    onEvent: (event) => events.push(event),
  });
  stations.push(station);
  station.start();
  const until = async (state: CoreState['state'], timeoutMs = 45_000): Promise<CoreState> => {
    const deadline = performance.now() + timeoutMs;
    while (station.state().state !== state) {
      if (performance.now() > deadline) throw new Error(`never ${state}: ${JSON.stringify(states)}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    return station.state();
  };
  return { station, states, events, until };
}

test('carries calls to the core and brings answers and events back', async () => {
  const { station, events, until } = startStation('answer');
  expect(await station.call('sale.current', {})).toEqual({ ok: false, error: { code: 'station_stopped' } });
  await until('ready');
  const replies = await Promise.all(['a', 'b', 'c'].map((input) => station.call('sale.current', input)));
  expect(replies).toMatchObject([{ output: { input: 'a' } }, { output: { input: 'b' } }, { output: { input: 'c' } }]);
  void station.call('sync.view', {});
  await expect.poll(() => events).toMatchObject([{ event: 'sync.changed' }]);
});

test('answers what was on its way when the core died, and starts another core', async () => {
  const { station, states, until } = startStation('answer');
  await until('ready');
  const waiting = station.call('station.doctor', {});
  void station.call('sync.sendNow', {});
  expect(await waiting).toEqual({ ok: false, error: { code: 'station_stopped' } });
  // All it went through, as it may be ready again before anybody looks.
  await expect
    .poll(() => states.map(({ state, restarts }) => `${state} ${restarts}`))
    .toEqual(['starting 0', 'ready 0', 'restarting 1', 'restarting 1', 'ready 1']);
  expect(await station.call('sale.current', {})).toMatchObject({ ok: true });
  expect(states[2]).toMatchObject({ reason: 'O núcleo da estação terminou de repente (SIGKILL)' });
});

test('gives up after three restarts a minute and says why, with the last words of the core', async () => {
  const { states, until } = startStation('die');
  const stopped = await until('stopped');
  expect(stopped).toMatchObject({
    reason: 'O núcleo da estação terminou de repente (exit 7)',
    exitCode: 7,
    details: 'out of luck',
    restarts: 3,
  });
  expect(states.filter(({ state }) => state === 'stopped')).toHaveLength(1);
});

test('tries again when a person asks, with the count forgotten', async () => {
  const { station, until } = startStation('die');
  await until('stopped');
  process.env['STATION_FAKE'] = 'answer';
  await station.restart();
  expect(await until('ready')).toMatchObject({ restarts: 4 });
});

test.each([
  ['pt-BR', 'Os dados em /data of the shop já estão em uso por pid 42'],
  ['en', 'The data in /data of the shop is in use by pid 42'],
] as const)('says at once, in %s, why a core will not start, and does not try again', async (language, reason) => {
  const { states, until } = startStation('refuse', language);
  expect(await until('stopped')).toMatchObject({ reason, shortCode: 'M-001', exitCode: 3, restarts: 0 });
  expect(states.map(({ state }) => state)).toEqual(['starting', 'stopped']);
});

test('says that no core could be started at all', async () => {
  const states: CoreState[] = [];
  const station = createStationProcess({
    node: '/there/is/no/node',
    entry: 'core.ts',
    data: '/data',
    language: 'pt-BR',
    onState: (state) => states.push(state),
    onEvent: () => undefined,
  });
  stations.push(station);
  station.start();
  await expect.poll(() => states.at(-1)?.state).toBe('stopped');
  expect(states.at(-1)?.details).toContain('ENOENT');
});

test('ends the core in order, and kills one that does not end', async () => {
  const orderly = startStation('answer');
  await orderly.until('ready');
  const startedAt = performance.now();
  await orderly.station.stop();
  // Killed it would have been after eight seconds.
  expect(performance.now() - startedAt).toBeLessThan(8_000);
  expect(await orderly.station.call('sale.current', {})).toMatchObject({ error: { code: 'station_stopped' } });

  const hanging = startStation('hang', 'pt-BR', { stopTimeoutMs: 300 });
  await hanging.until('ready');
  const reply = (await hanging.station.call('sale.current', {})) as { output: { pid: number } };
  await hanging.station.stop();
  expect(() => process.kill(reply.output.pid, 0)).toThrow('ESRCH');
});
