import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { coreArguments, coreEnvironment } from '../../contract/core-process.ts';
import type { MethodInput, MethodName, MethodOutput, Reply } from '../../contract/station-api.ts';
import { expectOk } from '../../scripts/core-process.ts';
import { CORE } from './programs.ts';
import { CALL_TIMEOUT_MS } from './spawn-station.ts';

/** A core asked as the window asks it: over the channel of the process that forked it. */
export type ForkedWindow = {
  readonly call: <M extends MethodName>(method: M, input: MethodInput<M>) => Promise<Reply<M>>;
  /** The output of a call that must not be refused. */
  readonly must: <M extends MethodName>(method: M, input: MethodInput<M>) => Promise<MethodOutput<M>>;
  /** `ok`, or the code of the refusal. */
  readonly codeOf: <M extends MethodName>(method: M, input: MethodInput<M>) => Promise<string>;
  readonly kill: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

/** Forks a core on `data` and waits until it is ready. */
export async function forkWindow(data: string): Promise<ForkedWindow> {
  const args = [...coreArguments(CORE, data), '--call-timeout-ms', String(CALL_TIMEOUT_MS)];
  const core = spawn(process.execPath, args, {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: coreEnvironment(process.env),
  });
  const gone = once(core, 'exit');
  await once(core, 'message');
  let calls = 0;
  const call = <M extends MethodName>(method: M, input: MethodInput<M>): Promise<Reply<M>> => {
    const id = (calls += 1);
    core.send({ id, method, input });
    return new Promise((resolve) => {
      core.on('message', function answer(message: { readonly id?: number }) {
        if (message.id !== id) return;
        core.off('message', answer);
        resolve(message as unknown as Reply<M>);
      });
    });
  };
  return {
    call,
    must: async (method, input) => expectOk(method, await call(method, input)),
    codeOf: async (method, input) => {
      const reply = await call(method, input);
      return reply.ok ? 'ok' : reply.error.code;
    },
    kill: async () => {
      core.kill('SIGKILL');
      await gone;
    },
    stop: async () => {
      core.disconnect();
      await gone;
    },
  };
}
