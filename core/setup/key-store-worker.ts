import { createRequire } from 'node:module';
import { text } from 'node:stream/consumers';
import type { KeyStoreAnswer, KeyStoreQuestion } from './key-store.ts';

/*
 * One question to the key store of the system, read from standard input and answered on standard output; then this
 * process ends. On Linux only the Secret Service will do: the library's other place forgets everything at a restart.
 */

/** What people see in their key store's own window. */
const SERVICE = 'Station';
const OPTIONS = { linux: { store: 'secret-service' } } as const;

type Library = {
  readonly Entry: new (
    service: string,
    account: string,
    options: typeof OPTIONS,
  ) => { readonly getPassword: () => string | null; readonly setPassword: (secret: string) => void };
};

const question = JSON.parse(await text(process.stdin)) as KeyStoreQuestion;
process.stdout.write(JSON.stringify(answer(question)));

function answer(asked: KeyStoreQuestion): KeyStoreAnswer {
  try {
    // Here and not above: where the binary of this platform is missing the reason is an answer, too.
    const library = createRequire(import.meta.url)('@napi-rs/keyring') as Library;
    const entry = new library.Entry(SERVICE, asked.account, OPTIONS);
    if (asked.action === 'find') return { ok: true, secret: entry.getPassword() };
    entry.setPassword(asked.secret);
    return { ok: true, secret: null };
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? error.message : String(error) };
  }
}
