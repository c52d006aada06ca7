import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DoctorCheckView } from '../../contract/station-views.ts';
import { createSystemKeyStore } from '../../core/setup/key-store.ts';
import { ensureProgram } from '../../scripts/os-libraries.ts';
import { startSandbox, temporaryFolder, type Sandbox } from '../sandbox/support.ts';
import { BARCODES, sell, spawnStation, temporaryData, until, type SpawnedStation } from '../support/spawn-station.ts';

/*
 * The ERP's password in the key store of the system: the real core process, the real library, and GNOME's key store on a
 * bus of the test's own. Tests go on where the one before stopped.
 */

const ownBus = process.env['DBUS_SESSION_BUS_ADDRESS'];
const PASSWORD = 'demo-e01';
const data = temporaryData();
const erpData = temporaryFolder();
const home = temporaryData();
let erp: Sandbox;
let bus: ChildProcess | undefined;
let keyStore: ChildProcess | null = null;
let station: SpawnedStation;

/** A fresh machine fetches the packages of a key store first. */
const INSTALL_TIMEOUT_MS = 300_000;

beforeAll(async () => {
  // oxlint-disable-next-line no-console -- says what it installs
  const log = (line: string): void => console.log(line);
  await ensureProgram('dbus-daemon', 'dbus-daemon', log);
  await ensureProgram('gnome-keyring-daemon', 'gnome-keyring', log);
  erp = await startSandbox(join(erpData.path, 'erp'));
  process.env['STATION_KEY_STORE'] = 'on';
  process.env['DBUS_SESSION_BUS_ADDRESS'] = `unix:path=${join(data.path, 'no-bus')}`;
}, INSTALL_TIMEOUT_MS);
afterAll(async () => {
  process.env['STATION_KEY_STORE'] = 'off';
  if (ownBus === undefined) delete process.env['DBUS_SESSION_BUS_ADDRESS'];
  else process.env['DBUS_SESSION_BUS_ADDRESS'] = ownBus;
  await station.stop();
  await stopKeyStore();
  bus?.kill();
  await erp.end('SIGTERM');
  for (const folder of [data, erpData, home]) folder.remove();
});

const secrets = (): string => readFileSync(join(data.path, 'secrets.json'), 'utf8');
async function doctor(): Promise<DoctorCheckView | undefined> {
  return (await station.must('station.doctor', {})).find(({ name }) => name === 'Guarda de senhas');
}
async function restart(): Promise<void> {
  await station.stop();
  station = await spawnStation(data.path);
}
async function restartWithoutPassword(): Promise<void> {
  await restart();
  await until(
    () => station.must('sync.view', {}),
    (view) => view.stoppedReason === 'password_unreadable',
  );
}
const reachability = async (): Promise<string> => (await station.must('sync.view', {})).reachability;

/** A bus that nothing is started on by itself, so that a key store that ended stays ended. */
async function startBus(): Promise<void> {
  const config = join(home.path, 'bus.conf');
  writeFileSync(
    config,
    `<busconfig><type>session</type><listen>unix:dir=${home.path}</listen><auth>EXTERNAL</auth>
     <policy context="default"><allow send_destination="*"/><allow eavesdrop="false"/><allow own="*"/></policy></busconfig>`,
  );
  bus = spawn('dbus-daemon', ['--nofork', '--print-address', `--config-file=${config}`], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [address] = (await once(bus.stdout ?? bus, 'data')) as [Buffer];
  process.env['DBUS_SESSION_BUS_ADDRESS'] = address.toString().trim();
}
function spawnKeyStore(args: readonly string[]): ChildProcess {
  return spawn('gnome-keyring-daemon', ['--foreground', '--components=secrets', ...args], {
    stdio: ['pipe', 'ignore', 'ignore'],
    env: { ...process.env, HOME: home.path, XDG_DATA_HOME: home.path, XDG_RUNTIME_DIR: home.path },
  });
}
/** As after a login without a password: it answers, and gives nothing before somebody unlocks it in its own window. */
async function startLockedKeyStore(): Promise<void> {
  keyStore = spawnKeyStore([]);
  const library = createSystemKeyStore();
  const refusal = (): Promise<unknown> => library.find('probe').catch(String);
  await until(refusal, (text) => String(text).includes('dismissed'));
}
async function startKeyStore(): Promise<void> {
  keyStore = spawnKeyStore(['--unlock']);
  keyStore.stdin?.end('senha do sistema');
  const library = createSystemKeyStore();
  const answers = async (): Promise<boolean> => {
    try {
      await library.save('probe', 'probe');
      return true;
    } catch {
      return false;
    }
  };
  await until(answers, (isThere) => isThere);
}
async function stopKeyStore(): Promise<void> {
  if (keyStore === null || keyStore.exitCode !== null || keyStore.signalCode !== null) return;
  const gone = once(keyStore, 'exit');
  keyStore.kill('SIGTERM');
  // One that a failed test left stopped.
  keyStore.kill('SIGCONT');
  await gone;
}

it.skipIf(process.platform !== 'linux')('is a file where no key store answers, and doctor says why', async () => {
  station = await spawnStation(data.path);
  await station.must('setup.enrol', { server: erp.url, user: 'e01', password: PASSWORD, stationCode: 'E01' });
  expect(secrets()).toContain(PASSWORD);
  expect(await doctor()).toMatchObject({
    state: 'warning',
    detail: expect.stringMatching(/^em um arquivo que só o usuário da estação lê \(.*DBus error/) as string,
  });
});

describe.skipIf(process.platform !== 'linux')('a key store that answers', () => {
  it('takes the password over at the next start, and the file forgets it', async () => {
    await startBus();
    await startKeyStore();
    await restart();
    await until(
      () => Promise.resolve(secrets()),
      (text) => !text.includes(PASSWORD),
    );
    expect(existsSync(join(data.path, 'secrets.json.new'))).toBe(false);
    expect(await doctor()).toMatchObject({ state: 'ok', detail: 'no cofre do sistema' });
    await restart();
    await until(reachability, (state) => state === 'online');
  });

  it('that ends never stops the sales: the station says so and waits, and a person may type the password again', async () => {
    await stopKeyStore();
    await restartWithoutPassword();
    expect(await doctor()).toMatchObject({
      state: 'failed',
      detail: expect.stringContaining('que não a entrega') as string,
    });
    await station.must('operator.login', { code: '1', pin: '1111' });
    await station.must('cashSession.open', { commandId: randomUUID(), floatCents: 10_000 });
    const { number } = await sell(station, [BARCODES.tShirt]);
    expect(number).toBe('E01000000001');
    // Without an answer of the key store nothing was asked of the ERP: no wrong password was tried there.
    expect((await station.must('sync.resume', {})).stoppedReason).toBe('password_unreadable');
    expect(await station.call('catalog.reload', { register: 'prices' })).toMatchObject({
      ok: false,
      error: { code: 'connection_not_ready' },
    });
    expect((await station.must('sync.resume', { password: PASSWORD })).stoppedReason).toBeNull();
    await until(
      () => station.must('sync.view', {}),
      (view) => view.waiting === 0 && view.reachability === 'online',
    );
    expect(secrets()).toContain(PASSWORD);
  });

  it('is used again when it is back', async () => {
    await startKeyStore();
    expect(await doctor()).toMatchObject({ state: 'ok', detail: 'no cofre do sistema' });
    expect(secrets()).not.toContain(PASSWORD);
    await restart();
    await until(reachability, (state) => state === 'online');
  });

  it('that is locked is not taken for an empty one, and gives the password when it is unlocked', async () => {
    await stopKeyStore();
    await startLockedKeyStore();
    await restartWithoutPassword();
    expect(await doctor()).toMatchObject({
      state: 'failed',
      detail: expect.stringContaining('dismissed') as string,
      advice: expect.stringContaining('Desbloqueie o cofre') as string,
    });
    expect(secrets()).not.toContain(PASSWORD);
    await stopKeyStore();
    await startKeyStore();
    await station.must('sync.resume', {});
    await until(reachability, (state) => state === 'online');
  });

  it('that dies while it is asked is told, before any time is over', async () => {
    keyStore?.kill('SIGSTOP');
    const startedMs = Date.now();
    const asked = doctor();
    await until(
      () => Promise.resolve(childrenOf(station.child.pid ?? 0)),
      (children) => children.some((command) => command.includes('key-store-worker')),
    );
    const gone = once(keyStore ?? station.child, 'exit');
    keyStore?.kill('SIGKILL');
    await gone;
    expect(await asked).toMatchObject({
      state: 'failed',
      detail: expect.stringContaining('que não a entrega') as string,
    });
    // The time that a person has to unlock it is 20 s.
    expect(Date.now() - startedMs).toBeLessThan(20_000);
    await startKeyStore();
    expect(await doctor()).toMatchObject({ state: 'ok' });
  });
});

function childrenOf(pid: number): string[] {
  return spawnSync('ps', ['--ppid', String(pid), '-o', 'args='], { encoding: 'utf8' }).stdout.split('\n');
}
