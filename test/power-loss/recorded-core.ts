import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MethodInput, MethodName, MethodOutput, Reply } from '../../contract/station-api.ts';
import { openConnection } from '../../core/cli/core-connection.ts';
import { CORE } from '../support/programs.ts';
import { CALL_TIMEOUT } from '../support/spawn-station.ts';
import { changeOf } from './changes.ts';
import type { Journal } from './journal.ts';
import { readTrace, TRACED_CALLS, type Operation } from './read-trace.ts';

/** Longer than any text that the core writes at once. */
const LONGEST_WRITE = '4000000';
/** Everything that changes files, of all its threads and processes, with bytes and names in full. */
const STRACE = ['-f', '--seccomp-bpf', '-y', '-xx', '-s', LONGEST_WRITE, '-e', `trace=${TRACED_CALLS}`];

/** How the core is started; the real program unless a control plants something. */
export const REAL_CORE: readonly string[] = [CORE];

/** A core under strace, whose every call goes into the journal with what its answer said. */
export type RecordedCore = {
  readonly call: <M extends MethodName>(method: M, input: MethodInput<M>) => Promise<Reply<M>>;
  readonly must: <M extends MethodName>(method: M, input: MethodInput<M>) => Promise<MethodOutput<M>>;
  readonly kill: () => Promise<void>;
  readonly stop: () => Promise<void>;
  /** What it did to its folder; once it has ended. */
  readonly operations: () => Operation[];
};

export async function recordCore(
  folder: string,
  journal: Journal,
  {
    run,
    trace,
    program = REAL_CORE,
  }: { readonly run: number; readonly trace: string; readonly program?: readonly string[] },
): Promise<RecordedCore> {
  const data = join(folder, 'data');
  const core = [process.execPath, ...program, '--data', data, '--stdio', ...CALL_TIMEOUT];
  const child = spawn('strace', [...STRACE, '-o', trace, ...core], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, STATION_KEY_STORE: 'off', UV_USE_IO_URING: '0' },
  });
  const exited = once(child, 'exit');
  const connection = await openConnection(child.stdout, child.stdin, 60_000);
  if (!connection.ready.ready) throw new Error(`the core refused to start: ${connection.ready.error.code}`);
  let id = 0;

  async function call<M extends MethodName>(method: M, input: MethodInput<M>): Promise<Reply<M>> {
    id += 1;
    const entry = journal.ask(run, id, method);
    const reply = (await connection.call(method, input)) as Reply<M>;
    entry.answer(reply.ok ? changeOf(method, input, reply.output) : []);
    return reply;
  }
  async function must<M extends MethodName>(method: M, input: MethodInput<M>): Promise<MethodOutput<M>> {
    const reply = await call(method, input);
    if (!reply.ok) throw new Error(`${method} was refused: ${JSON.stringify(reply.error)}`);
    return reply.output;
  }
  const { pid } = await must('station.health', {});
  return {
    call,
    must,
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
