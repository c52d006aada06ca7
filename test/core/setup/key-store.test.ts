import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, copyFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createSystemKeyStore } from '../../../core/setup/key-store.ts';
import { temporaryData } from '../../support/spawn-station.ts';

/* The real library in its real process, where no key store answers: each way must end with a reason, and in time. */

const WORKER = new URL('../../../core/setup/key-store-worker.ts', import.meta.url);
const KEY_STORE = new URL('../../../core/setup/key-store.ts', import.meta.url).href;
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

/** A bus that takes callers and never says a word. */
async function openSilentBus(): Promise<{ readonly callers: () => number; readonly close: () => void }> {
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
  return { callers: () => callers, close: () => silent.close() };
}
const soon = { timeout: 15_000 };

it.skipIf(!isLinux)('that never answers is given up, and its process with it', async () => {
  const bus = await openSilentBus();
  const startedMs = Date.now();
  await expect(createSystemKeyStore(1_500).find('a')).rejects.toThrow('o cofre do sistema não respondeu em 1.5 s');
  expect(Date.now() - startedMs).toBeLessThan(5_000);
  await expect.poll(bus.callers).toBe(0);
  bus.close();
});

it.skipIf(!isLinux)('that is closed while it is asked says so at once, and its process ends', async () => {
  const bus = await openSilentBus();
  const keyStore = createSystemKeyStore(60_000);
  const asked = keyStore.find('a').catch(String);
  await expect.poll(bus.callers, soon).toBe(1);
  keyStore.close();
  expect(await asked).toContain('o cofre do sistema não pôde ser perguntado');
  await expect.poll(bus.callers, soon).toBe(0);
  await expect(keyStore.find('a')).rejects.toThrow('a estação está sendo encerrada');
  bus.close();
});

it.skipIf(!isLinux)(
  'is let go of by a process that ends while it asks',
  async () => {
    const bus = await openSilentBus();
    const script = `import { createSystemKeyStore } from ${JSON.stringify(KEY_STORE)};
    createSystemKeyStore(60_000).find('a').catch(() => undefined);
    process.stdin.once('data', () => process.exit(0));`;
    const asking = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['pipe', 'ignore', 'inherit'],
    });
    const gone = once(asking, 'exit');
    await expect.poll(bus.callers, soon).toBe(1);
    asking.stdin.write('end\n');
    await gone;
    await expect.poll(bus.callers, soon).toBe(0);
    bus.close();
  },
  60_000,
);

it('whose process cannot be started is an answer, too, however long the question', async () => {
  const node = process.execPath;
  try {
    process.execPath = join(data.path, 'no-node');
    await expect(createSystemKeyStore().find('a')).rejects.toThrow('ENOENT');
    // One that ends without reading: the rest of the question meets a broken pipe.
    process.execPath = '/bin/true';
    const long = 'x'.repeat(4_000_000);
    await expect(createSystemKeyStore().save('a', long)).rejects.toThrow('o cofre do sistema não pôde ser perguntado');
  } finally {
    process.execPath = node;
  }
});

it('whose reason is long or has many lines is told in one', async () => {
  const node = process.execPath;
  const program = join(data.path, 'answers');
  const reason = `uma\n  falha ${'e '.repeat(300)}`;
  writeFileSync(program, `#!/bin/sh\ncat >/dev/null\ncat <<'END'\n${JSON.stringify({ ok: false, reason })}\nEND\n`);
  chmodSync(program, 0o755);
  try {
    process.execPath = program;
    const told = await createSystemKeyStore()
      .find('a')
      .catch((error: unknown) => String(error));
    expect(told).toMatch(/^Error: uma falha e e /);
    expect(told?.length).toBe('Error: '.length + 200);
  } finally {
    process.execPath = node;
  }
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
