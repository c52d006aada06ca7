import { expect, it } from 'vitest';
import { CORE_ENVIRONMENT, coreEnvironment } from '../../contract/core-process.ts';

it('gives a core the environment of its parent, but for what steers Electron, Node or a debugger', () => {
  const own = { HOME: '/home/ana', STATION_KEY_STORE: 'off', NODE_COMPILE_CACHE: '/tmp/compiled' };
  const steering = { ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: '--inspect-brk', NODE_CHANNEL_FD: '3' };
  expect(coreEnvironment({ ...own, ...steering })).toEqual({ ...own, ...CORE_ENVIRONMENT });
});
