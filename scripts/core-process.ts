import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { coreArguments, coreEnvironment } from '../contract/core-process.ts';
import type { MethodInput, MethodName, MethodOutput, Reply } from '../contract/station-api.ts';
import { createStationClient } from '../contract/station-client.ts';
import { ConnectionLost, openConnection } from '../core/cli/core-connection.ts';
import { CORE } from '../test/support/programs.ts';

/** How a core ended: its code, or the signal that killed it. */
export type CoreEnd = { readonly code: number | null; readonly signal: string | null };

/** A life of the real core process, started as the window starts it and spoken to in lines on its standard streams. */
export type CoreProcess = {
  readonly child: ChildProcess;
  /** True when it takes calls, false when it ended before. Rejects when it refused to start, or hangs. */
  readonly ready: Promise<boolean>;
  /** Rejects with `ConnectionLost` when it ended, and every byte it wrote was read, without an answer. */
  readonly call: <M extends MethodName>(method: M, input: MethodInput<M>) => Promise<Reply<M>>;
  /** The output of a call that must not be refused. */
  readonly must: <M extends MethodName>(method: M, input: MethodInput<M>) => Promise<MethodOutput<M>>;
  /** SIGKILL, as when the power of its machine is cut; what it had answered by then still arrives. */
  readonly kill: () => Promise<CoreEnd>;
  /** Closes its input, upon which it ends in order. Rejects when it had to be killed. */
  readonly end: () => Promise<CoreEnd>;
  /** After its last byte. */
  readonly ended: Promise<CoreEnd>;
};

export type CoreOptions = {
  readonly data: string;
  /** After which a call to the ERP is taken as lost. */
  readonly callTimeoutMs: number;
  /** Another program than the one that ships. */
  readonly program?: string;
  readonly nodeOptions?: readonly string[];
  /** The file to which its standard error is added; this process's own without it. */
  readonly log?: string;
};

/** A core is ready in a second; a machine under load takes its time, and later than this is a hang. */
const READY_TIMEOUT_MS = 60_000;
/** No call waits for a server much longer than its own limit. */
const ANSWER_TIMEOUT_MS = 120_000;
/** It gives itself 5 s for its end. */
const END_TIMEOUT_MS = 30_000;
const MAX_WORDS = 2_000;

/** What an answer says that has to be a yes. */
export function expectOk<M extends MethodName>(method: M, reply: Reply<M>): MethodOutput<M> {
  if (reply.ok) return reply.output;
  throw new Error(`${method} was refused: ${JSON.stringify(reply.error)}`);
}

/** The command, for who starts a core under something else. */
export function coreCommand({ data, callTimeoutMs, program = CORE, nodeOptions = [] }: CoreOptions): string[] {
  const options = ['--stdio', '--call-timeout-ms', String(callTimeoutMs)];
  return [process.execPath, ...coreArguments(program, data, nodeOptions), ...options];
}

/** Starts a core and waits until it is ready. */
export async function startCore(options: CoreOptions): Promise<CoreProcess> {
  const core = launchCore(options);
  if (await core.ready) return core;
  throw new Error(`the core ended before it was ready: ${JSON.stringify(await core.ended)}`);
}

/** Starts a core that may be killed before it is ready. */
export function launchCore(options: CoreOptions): CoreProcess {
  const { log } = options;
  const errors = log === undefined ? null : openSync(log, 'a');
  const [node = process.execPath, ...args] = coreCommand(options);
  const child = spawn(node, args, { stdio: ['pipe', 'pipe', errors ?? 'inherit'], env: coreEnvironment(process.env) });
  if (errors !== null) closeSync(errors);
  const { stdin, stdout } = child;
  if (stdin === null || stdout === null) throw new Error('the core has no standard streams');
  // A core that is gone breaks its pipe: its end is what tells.
  stdin.on('error', () => undefined);
  const ended = once(child, 'close').then(([code, signal]): CoreEnd => ({ code, signal }));
  const opened = openConnection(stdout, stdin, READY_TIMEOUT_MS);

  function fail(what: string): Error {
    return new Error(log === undefined ? what : `${what}: ${readFileSync(log, 'utf8').slice(-MAX_WORDS)}`);
  }

  const isReady = async (): Promise<boolean> => {
    try {
      const { ready } = await opened;
      if (ready.ready) return true;
      throw fail(`the core refused to start: ${JSON.stringify(ready.error)}`);
    } catch (error) {
      if (!(error instanceof ConnectionLost)) throw error;
      if (stdout.closed) return false;
      child.kill('SIGKILL');
      throw fail(`the core did not start, ${error.message}`);
    }
  };

  async function ask(method: MethodName, input: unknown): Promise<unknown> {
    const connection = await opened;
    const hang = Promise.withResolvers<never>();
    const timer = setTimeout(() => hang.reject(fail(`${method} was not answered`)), ANSWER_TIMEOUT_MS);
    return Promise.race([connection.call(method, input), hang.promise]).finally(() => clearTimeout(timer));
  }

  const { call } = createStationClient(ask);
  return {
    child,
    ready: isReady(),
    call,
    must: async (method, input) => expectOk(method, await call(method, input)),
    kill: () => {
      child.kill('SIGKILL');
      return ended;
    },
    end: async () => {
      stdin.end();
      let isHanging = false;
      const killer = setTimeout(() => (isHanging = child.kill('SIGKILL')), END_TIMEOUT_MS);
      const end = await ended;
      clearTimeout(killer);
      if (isHanging) throw fail('the core did not end');
      return end;
    },
    ended,
  };
}
