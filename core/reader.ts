import { Worker } from 'node:worker_threads';
import type { MethodOutput, MethodRefusal } from '../contract/station-api.ts';
import type { Result } from '../contract/result.ts';
import type { ReaderMethod } from './reader-handlers.ts';
import { siblingFile } from './sibling-file.ts';

export type ReaderRequest = { readonly id: number; readonly method: ReaderMethod; readonly input: unknown };
export type ReaderReply =
  | { readonly isAwake: true }
  | { readonly id: number; readonly result: unknown }
  | { readonly id: number; readonly thrown: string };

/** A thread for long reads. It starts with its first call and again after a crash, and costs 26 MB from then on. */
export type Reader = {
  /** Whether it has started: a call before that waits a quarter of a second for it. */
  readonly isAwake: () => boolean;
  /** Starts it in a moment: not while what was asked for is being painted, which it would slow down. */
  readonly wakeSoon: () => void;
  readonly call: <M extends ReaderMethod>(
    method: M,
    input: unknown,
  ) => Promise<Result<MethodOutput<M>, MethodRefusal<M>>>;
  readonly stop: () => Promise<void>;
};

const WAKE_AFTER_MS = 300;

/** Reads `file` on a thread of its own. */
export function createReader(file: string): Reader {
  const waiting = new Map<
    number,
    { readonly resolve: (result: unknown) => void; readonly reject: (error: Error) => void }
  >();
  let worker: Worker | null = null;
  let isAwake = false;
  let waking: NodeJS.Timeout | undefined;
  let lastId = 0;

  function start(): Worker {
    const started = new Worker(siblingFile(import.meta.url, './reader-thread'), { workerData: { file } });
    started.unref();
    started.on('message', (reply: ReaderReply) => {
      if ('isAwake' in reply) {
        isAwake = true;
        return;
      }
      const call = waiting.get(reply.id);
      waiting.delete(reply.id);
      if ('thrown' in reply) call?.reject(new Error(reply.thrown));
      else call?.resolve(reply.result);
    });
    started.on('error', failAll);
    started.on('exit', () => {
      if (worker === started) {
        worker = null;
        isAwake = false;
        waking = undefined;
      }
      failAll(new Error('the reader thread ended'));
    });
    return started;
  }

  function failAll(error: Error): void {
    for (const call of waiting.values()) call.reject(error);
    waiting.clear();
  }

  return {
    isAwake: () => isAwake,
    wakeSoon: () => {
      waking ??= setTimeout(() => (worker ??= start()), WAKE_AFTER_MS).unref();
    },
    call: (method, input) =>
      new Promise((resolve, reject) => {
        lastId += 1;
        waiting.set(lastId, { resolve: resolve as (result: unknown) => void, reject });
        worker ??= start();
        worker.postMessage({ id: lastId, method, input } satisfies ReaderRequest);
      }),
    stop: async () => {
      clearTimeout(waking);
      await worker?.terminate();
    },
  };
}
