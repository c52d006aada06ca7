import { spawnSync } from 'node:child_process';
import { copyFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createSystemKeyStore } from '../../../core/setup/key-store.ts';
import { temporaryData } from '../../support/spawn-station.ts';

/* The real library in its real process, where no key store answers: each way must end with a reason, and in time. */

const WORKER = new URL('../../../core/setup/key-store-worker.ts', import.meta.url);
const isLinux = process.platform === 'linux';
let data: ReturnType<typeof temporaryData>;
let bus: string | undefined;
beforeEach(() => {
  data = temporaryData();
  bus = process.env['DBUS_SESSION_BUS_ADDRESS'];
});
afterEach(() => {
  if (bus === undefined) delete process.env['DBUS_SESSION_BUS_ADDRESS'];
  else process.env['DBUS_SESSION_BUS_ADDRESS'] = bus;
  data.remove();
});

it.skipIf(!isLinux)('is none on a machine without a desktop session', async () => {
  process.env['DBUS_SESSION_BUS_ADDRESS'] = `unix:path=${join(data.path, 'no-bus')}`;
  const keyStore = createSystemKeyStore();
  await expect(keyStore.find('a')).rejects.toThrow(/DBus error/);
  // Not the kernel's own either, which forgets everything at a restart.
  await expect(keyStore.save('a', 'segredo')).rejects.toThrow(/DBus error/);
});

it.skipIf(!isLinux)('that never answers is given up, and its process with it', async () => {
  const path = join(data.path, 'silent-bus');
  let callers = 0;
  const silent = createServer((socket) => {
    callers += 1;
    socket.on('close', () => (callers -= 1));
    socket.on('error', () => undefined);
    socket.resume();
  });
  await new Promise<void>((resolve) => silent.listen(path, resolve));
  process.env['DBUS_SESSION_BUS_ADDRESS'] = `unix:path=${path}`;
  const startedMs = Date.now();
  await expect(createSystemKeyStore(1_500).find('a')).rejects.toThrow('o cofre do sistema não respondeu em 1.5 s');
  expect(Date.now() - startedMs).toBeLessThan(5_000);
  await expect.poll(() => callers).toBe(0);
  silent.close();
});

it('that is closed while it is asked says so at once', async () => {
  const keyStore = createSystemKeyStore();
  const asked = keyStore.find('a');
  keyStore.close();
  await expect(asked).rejects.toThrow();
  await expect(keyStore.find('a')).rejects.toThrow('a estação está sendo encerrada');
});

it('whose binary is missing is an answer, too', () => {
  const alone = join(data.path, 'key-store-worker.ts');
  copyFileSync(WORKER, alone);
  const input = JSON.stringify({ action: 'find', account: 'a' });
  const { stdout, status } = spawnSync(process.execPath, [alone], { input, encoding: 'utf8' });
  expect([status, JSON.parse(stdout)]).toEqual([
    0,
    { ok: false, reason: expect.stringContaining("Cannot find module '@napi-rs/keyring'") as string },
  ]);
});
