import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { CoreGone } from '../../scripts/demo/core-process.ts';

/** How a core ended: by SIGKILL, or by itself, which none of these cores has a reason for. */
export type CoreEnd = { readonly signal: string | null; readonly code: number | null };

/** One life of the real core process. */
export type CoreRun = {
  /** Resolves with true when it is ready for calls, with false when it was killed before. */
  readonly ready: Promise<boolean>;
  /** Rejects with `CoreGone` when the process is dead and every byte it wrote was read. */
  readonly call: (method: string, input: unknown) => Promise<unknown>;
  /** SIGKILL; what it had answered by then still arrives. */
  readonly kill: () => void;
  /** Closes its input, upon which it ends in order. */
  readonly end: () => void;
  /** After its last byte. */
  readonly ended: Promise<CoreEnd>;
};

/** A busy machine takes its time; later than this is a hang. */
const READY_TIMEOUT_MS = 60_000;
const ANSWER_TIMEOUT_MS = 60_000;
const MAX_WORDS = 2_000;

/** Starts a core on `data`, with `nodeOptions` before its own; its standard error is appended to `log`. */
export function runCore({
  entry,
  data,
  log,
  nodeOptions,
  callTimeoutMs,
}: {
  readonly entry: string;
  readonly data: string;
  readonly log: string;
  readonly nodeOptions: readonly string[];
  readonly callTimeoutMs: number;
}): CoreRun {
  const errors = openSync(log, 'a');
  const options = ['--data', data, '--stdio', '--call-timeout-ms', String(callTimeoutMs)];
  const child = spawn(process.execPath, [...nodeOptions, entry, ...options], { stdio: ['pipe', 'pipe', errors] });
  closeSync(errors);
  const { stdin, stdout } = child;
  if (stdin === null || stdout === null) throw new Error('the core has no standard streams');
  const waiting = new Map<number, { resolve: (reply: unknown) => void; reject: (error: Error) => void }>();
  let isGone = false;
  let lastId = 0;
  const { promise: ready, resolve: tellReady, reject: failReady } = Promise.withResolvers<boolean>();
  const startTimer = setTimeout(() => failReady(new Error(`the core did not start: ${lastWords()}`)), READY_TIMEOUT_MS);
  // A core that is killed breaks its pipe: its end is what tells.
  stdin.on('error', () => undefined);

  const lastWords = (): string => readFileSync(log, 'utf8').slice(-MAX_WORDS);
  createInterface({ input: stdout }).on('line', (line) => {
    const message = parse(line);
    if (message === null) return;
    if (message['ready'] === true) tellReady(true);
    if (message['ready'] === false) failReady(new Error(`the core refused to start: ${line}`));
    const { id } = message;
    if (typeof id !== 'number') return;
    waiting.get(id)?.resolve(message);
    waiting.delete(id);
  });

  const ended = once(child, 'close').then(([code, signal]): CoreEnd => {
    isGone = true;
    clearTimeout(startTimer);
    tellReady(false);
    for (const { reject } of waiting.values()) reject(new CoreGone('the core is gone'));
    waiting.clear();
    return { code: code as number | null, signal: signal as string | null };
  });

  return {
    ready: ready.finally(() => clearTimeout(startTimer)),
    ended,
    kill: () => void child.kill('SIGKILL'),
    end: () => void stdin.end(),
    call: (method, input) => {
      if (isGone) return Promise.reject(new CoreGone('the core is gone'));
      lastId += 1;
      const id = lastId;
      return new Promise((resolve, reject) => {
        const timer = setTimeout(
          () => reject(new Error(`${method} was not answered: ${lastWords()}`)),
          ANSWER_TIMEOUT_MS,
        );
        waiting.set(id, {
          resolve: (reply) => {
            clearTimeout(timer);
            resolve(reply);
          },
          reject: (error) => {
            clearTimeout(timer);
            reject(error);
          },
        });
        stdin.write(`${JSON.stringify({ id, method, input })}\n`);
      });
    },
  };
}

/** A kill may cut a line short: nobody was told what it says. */
function parse(line: string): Readonly<Record<string, unknown>> | null {
  try {
    return JSON.parse(line) as Readonly<Record<string, unknown>>;
  } catch {
    return null;
  }
}
