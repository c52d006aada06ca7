import { afterAll, expect, it } from 'vitest';
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
  try {
    const { ok: isOpen } = await station.call('setup.openDemo', { products: 40 });
    // In the same moment, before any pause of what is told to a screen.
    expect([isOpen, await station.call('sync.sendNow', {})]).toMatchObject([
      true,
      { ok: true, output: { reason: 'nothing_waiting' } },
    ]);
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
