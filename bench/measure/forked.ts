import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** A process on the other end of an IPC channel of JSON, as Electron main keeps its core. */
export type Forked = {
  readonly child: ChildProcess;
  /** The answer to a message with this id, and the milliseconds from handing it over to having it. */
  readonly ask: (id: number, message: object) => Promise<{ readonly ms: number; readonly answer: object }>;
  readonly stop: () => Promise<void>;
};

/** An answer that takes longer is a hang, not a figure. */
const ANSWER_TIMEOUT_MS = 30_000;

/** Starts `entry` under this Node; with `isReadyFirst` its first message is awaited. */
export async function startForked(
  entry: string,
  args: readonly string[],
  options: {
    readonly execArgv?: readonly string[];
    /** Beside this process's own variables. */
    readonly env?: Readonly<Record<string, string>>;
    readonly isReadyFirst?: boolean;
    readonly answerTimeoutMs?: number;
  } = {},
): Promise<Forked> {
  const env = { ...process.env, ...options.env };
  const child = fork(entry, args, { serialization: 'json', execArgv: [...(options.execArgv ?? [])], env });
  const gone = once(child, 'exit');
  if (options.isReadyFirst === true) await once(child, 'message');
  let waiting: { readonly id: number; readonly resolve: (answer: object) => void } | null = null;
  child.on('message', (message) => {
    if (waiting === null || typeof message !== 'object' || message === null) return;
    // Events of the core have no id: they were not asked for.
    if (!('id' in message) || message.id !== waiting.id) return;
    const { resolve } = waiting;
    waiting = null;
    resolve(message);
  });
  return {
    child,
    ask: async (id, message) => {
      const timer = setTimeout(() => child.kill('SIGKILL'), options.answerTimeoutMs ?? ANSWER_TIMEOUT_MS);
      const startedAt = performance.now();
      const answered = new Promise<object>((resolve) => {
        waiting = { id, resolve };
      });
      child.send(message);
      const answer = await Promise.race([answered, gone]);
      const ms = performance.now() - startedAt;
      clearTimeout(timer);
      if (Array.isArray(answer)) throw new Error(`the process ended in the middle of a call (${String(answer)})`);
      return { ms, answer };
    },
    stop: async () => {
      child.disconnect();
      await gone;
    },
  };
}
