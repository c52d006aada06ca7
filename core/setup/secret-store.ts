import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { syncPath } from '../../db/sync-path.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { KeyStore } from './key-store.ts';

/** What stayed in the file is offered to the key store again after so long: one that starts with the machine is late. */
const RETRY_AFTER_MS = [5_000, 10_000, 20_000];
/** The system asked the person for it, in a window over the till: not again before somebody asks for it. */
const PERSON_WAS_ASKED = /prompt|não respondeu/;

/** The name the ERP's password is kept under. */
export const ERP_PASSWORD = 'erp_password';

/** `unavailable`: it is in a place that does not answer now; asking again later may help. */
export type FoundSecret =
  | { readonly state: 'kept'; readonly secret: string }
  | { readonly state: 'none' }
  | { readonly state: 'unavailable'; readonly reason: string };

/** Where a secret is, and for `doctor` why it is not in a better place. `none`: nothing is kept yet. */
export type SecretPlace =
  | { readonly place: 'key_store' }
  | { readonly place: 'key_store_silent' | 'file' | 'none'; readonly reason: string | null }
  | { readonly place: 'public_file' };

/** Keeps the passwords of the station's servers; nothing of it may ever stop the station. */
export type SecretStore = {
  readonly find: (name: string) => Promise<FoundSecret>;
  /** Kept for good when this resolves. `isPublic`: everybody knows it, and no key store is bothered with it. */
  readonly save: (name: string, secret: string, isPublic?: boolean) => Promise<void>;
  /** Asks the key store now; what waits in the file moves there if it answers. */
  readonly locate: (name: string) => Promise<SecretPlace>;
  /** Offers nothing to the key store by itself any more. */
  readonly stop: () => void;
};

/** The ERP's password for whoever shows the server's own words when it is wrong; empty where it cannot be had. */
export async function readPassword(secrets: Pick<SecretStore, 'find'>): Promise<string> {
  const found = await secrets.find(ERP_PASSWORD);
  return found.state === 'kept' ? found.secret : '';
}

/** What the file says of one secret: the secret, or that the key store has it. */
type Entry = { readonly place: 'file' | 'public_file'; readonly secret: string } | { readonly place: 'key_store' };

/**
 * Secrets in the key store of the system, where one answers, else in a file in the data folder that only its owner may
 * read. The file also says what is in the key store, so that a locked one is not taken for an empty one.
 *
 *   save --> key store --read back, equal--> the file says "there"      killed before: as if it had not been saved
 *              '--no answer, refused, other--> into the file
 *   find --> in the file: that one, which then moves to the key store   killed on the way: in both, and moves again
 *              '--it is not there: three times more, in the first minute
 *            "there": asked of the key store; its silence is told, never taken for "no password"
 */
export function createSecretStore({
  data,
  keyStore,
  accountOf,
  clock,
  log,
}: {
  readonly data: string;
  /** Null: switched off for this process. */
  readonly keyStore: KeyStore | null;
  /** The name in the key store, which all stations of this user share. */
  readonly accountOf: (name: string) => string;
  readonly clock: Pick<Clock, 'sleep'>;
  readonly log: Log;
}): SecretStore {
  const file = join(data, 'secrets.json');
  const stopping = new AbortController();
  const moving = new Set<string>();
  let toldReason: string | null = null;
  let turn: Promise<unknown> = Promise.resolve();

  /** One at a time: a move that began before a newer password must not come after it. */
  function inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
    const mine = turn.then(work);
    turn = mine.catch(() => undefined);
    return mine;
  }

  /** Null when the key store has it; else why not. */
  async function putIntoKeyStore(name: string, secret: string): Promise<string | null> {
    if (keyStore === null) return SWITCHED_OFF;
    try {
      await keyStore.save(accountOf(name), secret);
      if ((await keyStore.find(accountOf(name))) !== secret) return 'o cofre devolveu outra coisa';
      writeEntry(file, name, { place: 'key_store' });
      return null;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  async function move(name: string): Promise<string | null> {
    const entry = readEntries(file)[name];
    if (entry?.place !== 'file') return null;
    const reason = await putIntoKeyStore(name, entry.secret);
    if (reason === null) log.info('password moved to the key store', { name });
    else if (reason !== toldReason) log.warn('password stays in the file', { name, reason });
    toldReason = reason;
    return reason;
  }

  /** At most one at a time for each secret. */
  async function moveUntilMoved(name: string): Promise<void> {
    if (moving.has(name)) return;
    moving.add(name);
    try {
      for (const waitMs of [...RETRY_AFTER_MS, null]) {
        const reason = await inTurn(() => move(name));
        if (reason === null || waitMs === null || keyStore === null || PERSON_WAS_ASKED.test(reason)) break;
        await clock.sleep(waitMs, stopping.signal);
        if (stopping.signal.aborted) break;
      }
    } catch (error) {
      // The file cannot be read just now; whoever needs the password is told.
      log.warn('password not moved', { name, error: String(error) });
    }
    moving.delete(name);
  }

  async function askKeyStore(name: string): Promise<FoundSecret> {
    if (keyStore === null) return { state: 'unavailable', reason: SWITCHED_OFF };
    try {
      const secret = await keyStore.find(accountOf(name));
      return secret === null
        ? { state: 'unavailable', reason: 'o cofre não tem mais a senha' }
        : { state: 'kept', secret };
    } catch (error) {
      return { state: 'unavailable', reason: error instanceof Error ? error.message : String(error) };
    }
  }

  return {
    find: async (name) => {
      const entry = readEntries(file)[name];
      if (entry === undefined) return { state: 'none' };
      if (entry.place === 'key_store') return askKeyStore(name);
      // Nobody waits for the key store where the file has the answer.
      if (entry.place === 'file') void moveUntilMoved(name);
      return { state: 'kept', secret: entry.secret };
    },
    save: (name, secret, isPublic = false) =>
      inTurn(async () => {
        const reason = isPublic ? null : await putIntoKeyStore(name, secret);
        if (isPublic) writeEntry(file, name, { place: 'public_file', secret });
        else if (reason !== null) {
          writeEntry(file, name, { place: 'file', secret });
          log.warn('password kept in the file', { name, reason });
        }
      }),
    locate: (name) =>
      inTurn(async () => {
        const entry = readEntries(file)[name];
        if (entry?.place === 'public_file') return { place: 'public_file' };
        if (entry?.place === 'file') {
          const reason = await move(name);
          return reason === null ? { place: 'key_store' } : { place: 'file', reason };
        }
        const found = entry === undefined ? await probe() : await askKeyStore(name);
        if (entry === undefined) return { place: 'none', reason: found.state === 'unavailable' ? found.reason : null };
        return found.state === 'unavailable'
          ? { place: 'key_store_silent', reason: found.reason }
          : { place: 'key_store' };
      }),
    stop: () => stopping.abort(),
  };

  /** Whether the key store would answer; there is nothing of ours under that name. */
  async function probe(): Promise<FoundSecret> {
    if (keyStore === null) return { state: 'unavailable', reason: SWITCHED_OFF };
    try {
      await keyStore.find(accountOf('probe'));
      return { state: 'none' };
    } catch (error) {
      return { state: 'unavailable', reason: error instanceof Error ? error.message : String(error) };
    }
  }
}

const SWITCHED_OFF = 'o cofre do sistema está desligado (STATION_KEY_STORE=off)';

function readEntries(file: string): Readonly<Record<string, Entry>> {
  if (!existsSync(file)) return {};
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Record<string, Entry>;
  } catch (error) {
    // A torn or edited file holds no secret any more; the server then asks for the password again.
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}

/** Replaces the file as a whole, so that a power cut leaves the old one or the new one. */
function writeEntry(file: string, name: string, entry: Entry): void {
  const draft = `${file}.new`;
  const descriptor = openSync(draft, 'w', 0o600);
  try {
    writeSync(descriptor, JSON.stringify({ ...readEntries(file), [name]: entry }));
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(draft, file);
  syncPath(dirname(file));
}
