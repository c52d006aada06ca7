import { afterAll, expect, it } from 'vitest';
import { systemClock } from '../../core/clock.ts';
import { systemRandom } from '../../core/random.ts';
import { startStation } from '../../core/station.ts';
import { openDemoTill } from '../support/demo-erp.ts';
import { spawnStation, temporaryData } from '../support/spawn-station.ts';

/* The first moment of a core, in which it still reads its password: whoever asks for the ERP then waits for that. */

const data = temporaryData();
afterAll(() => data.remove());

it('reads, sends and compares when it is asked before its connection has begun', async () => {
  const before = await spawnStation(data.path);
  await openDemoTill(before);
  await before.stop();
  const station = await startStation({
    data: data.path,
    clock: systemClock,
    random: systemRandom,
    callTimeoutMs: 5000,
    keyStore: null,
    onStorageFailure: () => undefined,
  });
  try {
    const [reloaded, sent, compared] = await Promise.all([
      station.call('catalog.reload', { register: 'prices' }),
      station.call('sync.sendNow', {}),
      station.call('reconcile.day', {}),
    ]);
    expect(reloaded).toMatchObject({ ok: true });
    expect(sent).toMatchObject({ ok: true, output: { reason: 'nothing_waiting' } });
    // The demo's server is started by who starts the core: here nobody does.
    expect(compared).toMatchObject({ ok: false, error: { code: 'server_unreachable' } });
  } finally {
    await station.stop();
  }
});
