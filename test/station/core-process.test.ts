import { once } from 'node:events';
import { expect, test } from 'vitest';
import { spawnCore } from '../../electron/spawn-core.ts';
import { CORE } from '../support/programs.ts';
import { CALL_TIMEOUT_MS, spawnStation, temporaryData } from '../support/spawn-station.ts';

test('the core of tests, machines and the demo is started as that of the window', async () => {
  const { path: data, remove } = temporaryData();
  const ofWindow = spawnCore({ node: process.execPath, entry: CORE, data }, { onMessage() {}, onEnd() {} });
  await once(ofWindow, 'message');
  ofWindow.disconnect();
  await once(ofWindow, 'exit');
  const core = await spawnStation(data);
  await core.stop();
  const asked = ['--stdio', '--call-timeout-ms', String(CALL_TIMEOUT_MS)];
  remove();
  expect(core.child.spawnargs).toEqual([...ofWindow.spawnargs, ...asked]);
});
