import { spawn, type ChildProcess } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { siblingFile } from '../sibling-file.ts';

/** The key store of the operating system. Every call may be rejected, with a reason for people and no secret in it. */
export type KeyStore = {
  /** Null when it answers that it has none. */
  readonly find: (account: string) => Promise<string | null>;
  readonly save: (account: string, secret: string) => Promise<void>;
  /** Ends what is being asked: whoever waits for it is told. */
  readonly close: () => void;
};

/** What the process that speaks with the key store is asked, and what it answers, as JSON on its standard streams. */
export type KeyStoreQuestion =
  | { readonly action: 'find'; readonly account: string }
  | { readonly action: 'save'; readonly account: string; readonly secret: string };
export type KeyStoreAnswer =
  | { readonly ok: true; readonly secret: string | null }
  | { readonly ok: false; readonly reason: string };

/** A person may have to unlock it in a window of the system's own. */
const ANSWER_TIMEOUT_MS = 20_000;
const MAX_REASON = 200;

/**
 * Each question is a process of its own: the library is native code that blocks its thread while the system asks a
 * person, is missing on some machines, and must never be able to take the core with it.
 */
export function createSystemKeyStore(timeoutMs = ANSWER_TIMEOUT_MS): KeyStore {
  const running = new Set<ChildProcess>();
  let isClosed = false;
  process.once('exit', close);

  function close(): void {
    isClosed = true;
    for (const child of running) child.kill('SIGKILL');
  }

  async function ask(question: KeyStoreQuestion): Promise<string | null> {
    if (isClosed) throw new Error('a estação está sendo encerrada');
    const child = spawn(process.execPath, [siblingFile(import.meta.url, './key-store-worker')], {
      stdio: ['pipe', 'pipe', 'ignore'],
      windowsHide: true,
    });
    running.add(child);
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      child.kill('SIGKILL');
    }, timeoutMs);
    try {
      const failed = new Promise<never>((_, reject) => child.once('error', reject));
      // A broken pipe only says that the process is gone, which the end of its output tells too.
      child.stdin.on('error', () => undefined);
      child.stdin.end(JSON.stringify(question));
      const output = await Promise.race([text(child.stdout), failed]);
      if (isLate) throw new Error(`o cofre do sistema não respondeu em ${timeoutMs / 1000} s`);
      return read(output);
    } finally {
      clearTimeout(timer);
      running.delete(child);
    }
  }

  return {
    find: (account) => ask({ action: 'find', account }),
    save: async (account, secret) => {
      await ask({ action: 'save', account, secret });
    },
    close,
  };
}

function read(output: string): string | null {
  // The process is our own; one that died says nothing.
  if (output === '') throw new Error('o cofre do sistema não pôde ser perguntado');
  const answer = JSON.parse(output) as KeyStoreAnswer;
  if (!answer.ok) throw new Error(answer.reason.replaceAll(/\s+/g, ' ').slice(0, MAX_REASON));
  return answer.secret;
}
