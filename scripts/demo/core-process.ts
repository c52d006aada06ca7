import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { MethodInput, MethodName, MethodOutput, Reply } from '../../contract/station-api.ts';
import { createStationClient } from '../../contract/station-client.ts';
import { endChild, killChild, startChild } from './child-lines.ts';

/** Why a call came to nothing: the core was killed under it. */
export class CoreGone extends Error {
  override readonly name = 'CoreGone';
}

/** A core with its database is ready in a second; a machine under load takes its time. */
const READY_TIMEOUT_MS = 30_000;
/** No command of this demo waits for a server, so that an answer later than this is a hang. */
const ANSWER_TIMEOUT_MS = 60_000;

/** Last words of a core that did not start. */
const MAX_WORDS = 1_000;

/** One run of the real core process, spoken to in lines of JSON on its standard streams. */
export type CoreRun = {
  /** Rejects with `CoreGone` when the process ends before its answer was read. */
  readonly call: <M extends MethodName>(method: M, input: MethodInput<M>) => Promise<Reply<M>>;
  /** Sends a call and never reads its answer: what came of it is not known here. */
  readonly sendBlindly: <M extends MethodName>(method: M, input: MethodInput<M>) => void;
  /** SIGKILL: every call that waits is lost. */
  readonly kill: () => Promise<void>;
  readonly end: () => Promise<void>;
};

export async function startCore({
  folder,
  callTimeoutMs,
}: {
  readonly folder: string;
  readonly callTimeoutMs: number;
}): Promise<CoreRun> {
  const entry = fileURLToPath(new URL('../../out/core/main.js', import.meta.url));
  const options = ['--data', `${folder}/station`, '--stdio', '--call-timeout-ms', String(callTimeoutMs)];
  const child = startChild([entry, ...options], `${folder}/core.log`);
  const calls = createCalls(child);
  await calls.ready(folder);
  return {
    call: createStationClient((method, input) => calls.send(method, input)).call,
    sendBlindly: (method, input) => {
      void calls.send(method, input).catch(() => undefined);
    },
    kill: async () => {
      calls.loseAll();
      await killChild(child);
    },
    end: () => endChild(child),
  };
}

/** Unwraps an answer that has to be a yes: a refusal here is a finding of the demo. */
export function expectOk<M extends MethodName>(method: M, reply: Reply<M>): MethodOutput<M> {
  if (reply.ok) return reply.output;
  throw new Error(`${method} was refused: ${JSON.stringify(reply.error)}`);
}

function createCalls(child: ChildProcess) {
  const waiting = new Map<number, { resolve: (reply: unknown) => void; reject: (error: Error) => void }>();
  const { stdout, stdin } = child;
  if (stdout === null || stdin === null) throw new Error('the core has no standard streams');
  let lastId = 0;
  let isGone = false;
  let onReady: (message: Readonly<Record<string, unknown>> | null) => void = () => undefined;

  function loseAll(): void {
    isGone = true;
    for (const { reject } of waiting.values()) reject(new CoreGone('the core is gone'));
    waiting.clear();
    onReady(null);
  }

  createInterface({ input: stdout }).on('line', (line) => {
    if (isGone) return;
    const message = JSON.parse(line) as Readonly<Record<string, unknown>>;
    if ('ready' in message) onReady(message);
    const id = message['id'];
    if (typeof id !== 'number') return;
    waiting.get(id)?.resolve(message);
    waiting.delete(id);
  });
  child.once('exit', loseAll);

  return {
    loseAll,
    send: (method: string, input: unknown): Promise<unknown> => {
      if (isGone) return Promise.reject(new CoreGone('the core is gone'));
      lastId += 1;
      const id = lastId;
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`${method} was not answered`)), ANSWER_TIMEOUT_MS);
        const settle =
          <Value>(done: (value: Value) => void) =>
          (value: Value): void => {
            clearTimeout(timer);
            done(value);
          };
        waiting.set(id, { resolve: settle(resolve), reject: settle(reject) });
        stdin.write(`${JSON.stringify({ id, method, input })}\n`);
      });
    },
    ready: (folder: string): Promise<void> =>
      new Promise((resolve, reject) => {
        const fail = (why: string): void => {
          const words = readFileSync(`${folder}/core.log`, 'utf8').slice(-MAX_WORDS);
          reject(new Error(`the core did not start (${why}): ${words}`));
        };
        const timer = setTimeout(() => fail('no answer'), READY_TIMEOUT_MS);
        onReady = (message) => {
          clearTimeout(timer);
          if (message?.['ready'] === true) resolve();
          else fail(JSON.stringify(message));
        };
      }),
  };
}
