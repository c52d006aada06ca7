import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkSecrets } from '../../../core/setup/check-secrets.ts';
import type { KeyStore } from '../../../core/setup/key-store.ts';
import { createSecretStore, ERP_PASSWORD, type SecretStore } from '../../../core/setup/secret-store.ts';
import { temporaryData } from '../../support/spawn-station.ts';
import { createFakeClock, quietLog } from '../sync/support.ts';

let data: ReturnType<typeof temporaryData>;
beforeEach(() => {
  data = temporaryData();
});
afterEach(() => data.remove());

const open = (keyStore: KeyStore | null, clock = createFakeClock()): SecretStore =>
  createSecretStore({ data: data.path, keyStore, accountOf: (name) => `station-1/${name}`, clock, log: quietLog });
const file = (): string => readFileSync(join(data.path, 'secrets.json'), 'utf8');

/** A key store that answers; `fail` says what its next calls throw, `answer` what it reads back instead. */
function createKeyStore() {
  const kept = new Map<string, string>();
  const script: { fail: string | null; answer: string | null } = { fail: null, answer: null };
  const check = (): void => {
    if (script.fail !== null) throw new Error(script.fail);
  };
  const keyStore: KeyStore = {
    find: (account) => {
      check();
      return Promise.resolve(script.answer ?? kept.get(account) ?? null);
    },
    save: (account, secret) => {
      check();
      kept.set(account, secret);
      return Promise.resolve();
    },
    close: () => undefined,
  };
  return { keyStore, kept, script };
}
const secretOf = async (store: SecretStore, name = ERP_PASSWORD): Promise<string | null> => {
  const found = await store.find(name);
  return found.state === 'kept' ? found.secret : null;
};

describe('without a key store', () => {
  it('keeps a password over a restart, in a file that only its owner reads', async () => {
    await open(null).save(ERP_PASSWORD, 'segredo ç');
    expect(await open(null).find(ERP_PASSWORD)).toEqual({ state: 'kept', secret: 'segredo ç' });
    expect(statSync(join(data.path, 'secrets.json')).mode & 0o777).toBe(0o600);
  });

  it('replaces one password and leaves the others', async () => {
    const store = open(null);
    await store.save('a', '1');
    await store.save('b', '2');
    await store.save('a', '3');
    expect([await secretOf(store, 'a'), await secretOf(store, 'b'), await store.find('c')]).toEqual([
      '3',
      '2',
      { state: 'none' },
    ]);
  });

  it('asks again for what a torn file held, instead of ending the station', async () => {
    const store = open(null);
    await store.save('a', 'x'.repeat(50));
    const path = join(data.path, 'secrets.json');
    writeFileSync(path, readFileSync(path).subarray(0, 20));
    expect(await store.find('a')).toEqual({ state: 'none' });
    await store.save('a', 'new');
    expect(await secretOf(store, 'a')).toBe('new');
  });
});

describe('switched off', () => {
  const off = 'o cofre do sistema está desligado (STATION_KEY_STORE=off)';

  it('says so, before and after a password is kept', async () => {
    const store = open(null);
    expect(await store.locate(ERP_PASSWORD)).toEqual({ place: 'none', reason: off });
    expect(await checkSecrets(store)).toMatchObject({
      state: 'warning',
      detail: expect.stringContaining('nenhuma ainda; irá para um arquivo') as string,
    });
    await store.save(ERP_PASSWORD, 'segredo');
    expect(await store.locate(ERP_PASSWORD)).toEqual({ place: 'file', reason: off });
  });

  it('does not give what an earlier run put there, nor takes it for no password', async () => {
    await open(createKeyStore().keyStore).save(ERP_PASSWORD, 'segredo');
    const store = open(null);
    expect(await store.find(ERP_PASSWORD)).toEqual({ state: 'unavailable', reason: off });
    expect(await store.locate(ERP_PASSWORD)).toEqual({ place: 'key_store_silent', reason: off });
    expect(await checkSecrets(store)).toMatchObject({ state: 'failed' });
  });
});

it('does not take a file that cannot be read for an empty one', async () => {
  mkdirSync(join(data.path, 'secrets.json'));
  await expect(open(null).find(ERP_PASSWORD)).rejects.toThrow('EISDIR');
});

describe('before anything is kept', () => {
  it('is known whether the key store would take it', async () => {
    const { keyStore, kept, script } = createKeyStore();
    expect(await checkSecrets(open(keyStore))).toMatchObject({
      state: 'ok',
      detail: 'nenhuma ainda; irá para o cofre do sistema',
    });
    script.fail = 'locked';
    expect(await open(keyStore).locate(ERP_PASSWORD)).toEqual({ place: 'none', reason: 'locked' });
    expect(kept.size).toBe(0);
  });
});

describe('with a key store that answers', () => {
  it('keeps the password there alone', async () => {
    const { keyStore, kept } = createKeyStore();
    await open(keyStore).save(ERP_PASSWORD, 'segredo');
    expect([...kept]).toEqual([['station-1/erp_password', 'segredo']]);
    expect(file()).not.toContain('segredo');
    expect(await secretOf(open(keyStore))).toBe('segredo');
    expect(await checkSecrets(open(keyStore))).toMatchObject({ state: 'ok', detail: 'no cofre do sistema' });
    // A newer one takes its place there.
    await open(keyStore).save(ERP_PASSWORD, 'outra');
    expect([await secretOf(open(keyStore)), [...kept.values()]]).toEqual(['outra', ['outra']]);
  });

  it('takes over what the file has, and the file forgets it', async () => {
    await open(null).save(ERP_PASSWORD, 'segredo');
    const { keyStore, kept } = createKeyStore();
    const store = open(keyStore);
    expect(await secretOf(store)).toBe('segredo');
    expect(await store.locate(ERP_PASSWORD)).toEqual({ place: 'key_store' });
    expect([...kept.values()]).toEqual(['segredo']);
    expect(file()).not.toContain('segredo');
    expect(await secretOf(open(keyStore))).toBe('segredo');
  });

  it('leaves the password in the file until it was read back', async () => {
    await open(null).save(ERP_PASSWORD, 'segredo');
    const { keyStore, script } = createKeyStore();
    script.answer = 'another';
    const store = open(keyStore);
    expect(await store.locate(ERP_PASSWORD)).toEqual({ place: 'file', reason: 'o cofre devolveu outra coisa' });
    expect(file()).toContain('segredo');
    expect(await secretOf(store)).toBe('segredo');
  });

  it('moves by itself what the file has, once it is asked for', async () => {
    await open(null).save(ERP_PASSWORD, 'segredo');
    const { keyStore } = createKeyStore();
    expect(await secretOf(open(keyStore))).toBe('segredo');
    await expect.poll(file).not.toContain('segredo');
  });

  it('keeps a new password in the file that was not read back as it was', async () => {
    const { keyStore, script } = createKeyStore();
    script.answer = 'another';
    await open(keyStore).save(ERP_PASSWORD, 'segredo');
    expect(file()).toContain('segredo');
    expect(await secretOf(open(keyStore))).toBe('segredo');
  });

  it('keeps what everybody knows out of it', async () => {
    const { keyStore, kept } = createKeyStore();
    const store = open(keyStore);
    await store.save(ERP_PASSWORD, 'demo', true);
    expect([await secretOf(store), (await store.locate(ERP_PASSWORD)).place, kept.size]).toEqual([
      'demo',
      'public_file',
      0,
    ]);
  });

  it('never brings an older password back: a move that was on its way comes before the newer one', async () => {
    await open(null).save(ERP_PASSWORD, 'old');
    const { keyStore, kept } = createKeyStore();
    const store = open(keyStore);
    await store.find(ERP_PASSWORD);
    await store.save(ERP_PASSWORD, 'new');
    expect([await secretOf(store), [...kept.values()]]).toEqual(['new', ['new']]);
  });
});

describe('with a key store that takes its time', () => {
  /** Its first call ends when `release` says so. */
  function createSlowKeyStore() {
    const { keyStore, kept } = createKeyStore();
    let release = (): void => undefined;
    let first: Promise<void> | null = new Promise((resolve) => (release = resolve));
    const slow: KeyStore = {
      ...keyStore,
      save: async (account, secret) => {
        const wait = first;
        first = null;
        await wait;
        await keyStore.save(account, secret);
      },
    };
    return { slow, kept, release: () => release() };
  }

  it('keeps the newer of two passwords, however late the older one gets there', async () => {
    const { slow, kept, release } = createSlowKeyStore();
    const store = open(slow);
    const both = [store.save(ERP_PASSWORD, 'old'), store.save(ERP_PASSWORD, 'new')];
    await new Promise((resolve) => setImmediate(resolve));
    release();
    await Promise.all(both);
    expect([...kept.values()]).toEqual(['new']);
    expect(await secretOf(store)).toBe('new');
  });

  it('moves nothing that became public while the move waited its turn', async () => {
    await open(null).save(ERP_PASSWORD, 'segredo');
    const { slow, kept, release } = createSlowKeyStore();
    const store = open(slow);
    const other = store.save('other', 'x');
    const demo = store.save(ERP_PASSWORD, 'demo', true);
    expect(await secretOf(store)).toBe('segredo');
    release();
    await Promise.all([other, demo]);
    expect((await store.locate(ERP_PASSWORD)).place).toBe('public_file');
    expect([...kept.values()]).toEqual(['x']);
  });
});

describe('with a key store that fails', () => {
  it('keeps the password in the file, says why, and moves it when the key store is back', async () => {
    const { keyStore, kept, script } = createKeyStore();
    script.fail = 'locked';
    const store = open(keyStore);
    await store.save(ERP_PASSWORD, 'segredo');
    expect(await secretOf(store)).toBe('segredo');
    expect(await checkSecrets(store)).toMatchObject({
      state: 'warning',
      detail: expect.stringContaining('(locked)') as string,
    });
    script.fail = null;
    expect(await checkSecrets(store)).toMatchObject({ state: 'ok' });
    expect([...kept.values()]).toEqual(['segredo']);
    expect(file()).not.toContain('segredo');
  });

  it('does not take its silence for no password', async () => {
    const { keyStore, script } = createKeyStore();
    await open(keyStore).save(ERP_PASSWORD, 'segredo');
    script.fail = 'locked';
    const store = open(keyStore);
    expect(await store.find(ERP_PASSWORD)).toEqual({ state: 'unavailable', reason: 'locked' });
    expect(await checkSecrets(store)).toMatchObject({
      state: 'failed',
      detail: expect.stringContaining('(locked)') as string,
    });
    // A person types it again: from now on it is here.
    await store.save(ERP_PASSWORD, 'digitada');
    expect(await secretOf(open(keyStore))).toBe('digitada');
  });

  it('is told apart from one that somebody emptied', async () => {
    const { keyStore, kept } = createKeyStore();
    await open(keyStore).save(ERP_PASSWORD, 'segredo');
    kept.clear();
    expect(await open(keyStore).find(ERP_PASSWORD)).toEqual({
      state: 'unavailable',
      reason: 'o cofre não tem mais a senha',
    });
  });
});

describe('a password that waits in the file', () => {
  it('is offered to the key store again in the first minute, until it is taken', async () => {
    const clock = createFakeClock();
    const { keyStore, kept, script } = createKeyStore();
    script.fail = 'no bus';
    const store = open(keyStore, clock);
    await store.save(ERP_PASSWORD, 'segredo');
    expect(await secretOf(store)).toBe('segredo');
    await clock.advance(14_000);
    script.fail = null;
    await clock.advance(500);
    expect(file()).toContain('segredo');
    await clock.advance(600);
    expect(file()).not.toContain('segredo');
    expect([...kept.values()]).toEqual(['segredo']);
  });

  it('is not offered again where a person was asked and said no', async () => {
    const clock = createFakeClock();
    const { keyStore, script } = createKeyStore();
    script.fail = 'Secret Service: unlock prompt was dismissed';
    const store = open(keyStore, clock);
    await store.save(ERP_PASSWORD, 'segredo');
    await secretOf(store);
    await clock.advance(100);
    script.fail = null;
    await clock.advance(60_000);
    expect(file()).toContain('segredo');
  });

  it('is offered to nobody once the station stops', async () => {
    const clock = createFakeClock();
    const { keyStore, script } = createKeyStore();
    script.fail = 'locked';
    const store = open(keyStore, clock);
    await store.save(ERP_PASSWORD, 'segredo');
    await secretOf(store);
    await clock.advance(100);
    store.stop();
    script.fail = null;
    await clock.advance(60_000);
    expect(file()).toContain('segredo');
  });
});
