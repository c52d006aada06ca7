import { expect, it } from 'vitest';
import { socketPath } from '../../../core/socket-path.ts';

it('is in the data folder, where the person who owns the data finds it', () => {
  expect(socketPath('/srv/loja', 'linux')).toBe('/srv/loja/station.sock');
});

it('is short enough for the system whatever the folder is called', () => {
  const long = `/srv/${'loja/'.repeat(40)}`;
  expect(Buffer.byteLength(socketPath(long, 'linux'))).toBeLessThanOrEqual(103);
  expect(socketPath(long, 'linux')).toBe(socketPath(long.slice(0, -1), 'linux'));
  expect(socketPath(long, 'linux')).not.toBe(socketPath(`${long}2`, 'linux'));
});

it('is a named pipe of its own for each folder on Windows', () => {
  expect(socketPath('/srv/a', 'win32')).toMatch(/^\\\\\.\\pipe\\station-[0-9a-f]{16}$/);
  expect(socketPath('/srv/a', 'win32')).not.toBe(socketPath('/srv/b', 'win32'));
});
