import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterAll, expect, it } from 'vitest';
import { createStationClient } from '../../contract/station-client.ts';
import { systemClock } from '../../core/clock.ts';
import { systemRandom } from '../../core/random.ts';
import { startStation } from '../../core/station.ts';
import { openDemoTill } from '../support/demo-erp.ts';
import { CALL_TIMEOUT_MS, spawnStation, temporaryData } from '../support/spawn-station.ts';

/* The first moment of a core, in which it still reads its password: whoever asks for the ERP then waits for that. */

const data = temporaryData();
afterAll(() => data.remove());

function start(folder: string): ReturnType<typeof startStation> {
  return startStation({
    data: folder,
    clock: systemClock,
    random: systemRandom,
    callTimeoutMs: CALL_TIMEOUT_MS,
    keyStore: null,
    onStorageFailure: () => undefined,
  });
}

it('has its connection when the set-up answers that the store is loaded', async () => {
  const fresh = temporaryData();
  const station = await start(fresh.path);
  const { call } = createStationClient(station.call);
  try {
    const opening = call('setup.openDemo', { products: 40 });
    const said = new Set<string>();
    do {
      const view = await call('station.view', {});
      if (view.ok && view.output.station !== null) said.add(view.output.sync.reachability);
    } while (!(await Promise.race([opening.then(() => true), nextTurn(false)])));
    // In the same moment, before any pause of what is told to a screen.
    expect([(await opening).ok, await call('sync.sendNow', {})]).toMatchObject([
      true,
      { ok: true, output: { reason: 'nothing_waiting' } },
    ]);
    expect([...said][0]).toBe('connecting');
    expect(said).not.toContain('not_configured');
  } finally {
    await station.stop();
    fresh.remove();
  }
});

it('reads, sends and compares when it is asked before its connection has begun', async () => {
  const before = await spawnStation(data.path);
  await openDemoTill(before);
  // Its server stays away, however slowly the calls below come to ask it.
  await before.must('demo.setServer', { running: false });
  await before.stop();
  const station = await start(data.path);
  try {
    const [reloaded, sent, compared] = await Promise.all([
      station.call('catalog.reload', { register: 'prices' }),
      station.call('sync.sendNow', {}),
      station.call('reconcile.day', {}),
    ]);
    expect(reloaded).toMatchObject({ ok: true });
    expect(sent).toMatchObject({ ok: true, output: { reason: 'nothing_waiting' } });
    expect(compared).toMatchObject({ ok: false, error: { code: 'server_unreachable' } });
  } finally {
    await station.stop();
  }
});
