import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { coreEnvironment } from '../../contract/core-process.ts';
import type { MethodInput, MethodName, Reply } from '../../contract/station-api.ts';
import { openConnection } from '../../core/cli/core-connection.ts';
import { coreCommand, type CoreOptions } from '../../scripts/core-process.ts';
import { CALL_TIMEOUT_MS } from '../support/spawn-station.ts';
import { changeOf } from './changes.ts';
import type { Journal } from './journal.ts';
import { readTrace, TRACED_CALLS, type Operation } from './read-trace.ts';

/** Longer than any text that the core writes at once. */
const LONGEST_WRITE = '4000000';
/** Everything that changes files, of all its threads and processes, with bytes and names in full. */
const STRACE = ['-f', '--seccomp-bpf', '-y', '-xx', '-s', LONGEST_WRITE, '-e', `trace=${TRACED_CALLS}`];

/** In the place of a reply that never came, or counts for nothing. */
export const GONE = Symbol('gone');

/** A core under strace, whose every call goes into the journal with what its answer said. */
export type RecordedCore = {
  /** `GONE`: its disk failed, and it has ended. */
  readonly call: <M extends MethodName>(method: M, input: MethodInput<M>) => Promise<Reply<M> | typeof GONE>;
  readonly kill: () => Promise<void>;
  readonly stop: () => Promise<void>;
  /** What it did to its folder; once it has ended. */
  readonly operations: () => Operation[];
};

export type RecordOptions = {
  readonly run: number;
  readonly trace: string;
  readonly program: Pick<CoreOptions, 'program' | 'nodeOptions'>;
  /** The sync that fails, counted from the start of the core; null: none. */
  readonly failingSync: number | null;
};

export async function recordCore(
  folder: string,
  journal: Journal,
  { run, trace, program, failingSync }: RecordOptions,
): Promise<RecordedCore> {
  const data = join(folder, 'data');
  const core = coreCommand({ ...program, data, callTimeoutMs: CALL_TIMEOUT_MS });
  const inject = failingSync === null ? [] : ['-e', `inject=fsync,fdatasync:error=EIO:when=${failingSync}`];
  const child = spawn('strace', [...STRACE, ...inject, '-o', trace, ...core], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...coreEnvironment(process.env), STATION_KEY_STORE: 'off', UV_USE_IO_URING: '0' },
  });
  const exited = once(child, 'exit');
  const connection = await openConnection(child.stdout, child.stdin, 60_000);
  if (!connection.ready.ready) throw new Error(`the core refused to start: ${connection.ready.error.code}`);
  let id = 0;

  async function call<M extends MethodName>(method: M, input: MethodInput<M>): Promise<Reply<M> | typeof GONE> {
    id += 1;
    const entry = journal.ask(run, id, method);
    const reply = (await connection.call(method, input).catch(() => null)) as Reply<M> | null;
    if (reply === null || (!reply.ok && reply.error.code === 'storage_failed')) {
      entry.fail();
      await exited;
      return GONE;
    }
    entry.answer(reply.ok ? changeOf(method, input, reply.output) : []);
    return reply;
  }
  id += 1;
  journal.ignore(run, id);
  const health = (await connection.call('station.health', {})) as Reply<'station.health'>;
  if (!health.ok) throw new Error('the core does not say who it is');
  const { pid } = health.output;
  return {
    call,
    kill: async () => {
      process.kill(pid, 'SIGKILL');
      await exited;
    },
    stop: async () => {
      child.stdin.end();
      await exited;
    },
    operations: () => readTrace(readFileSync(trace, 'latin1'), folder, run),
  };
}
