import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { CORE_ENVIRONMENT, CORE_NODE_OPTIONS } from '../../contract/core-process.ts';
import { openConnection } from '../../core/cli/core-connection.ts';
import { socketPath } from '../../core/socket-path.ts';
import { startForked } from '../measure/forked.ts';
import { readProcessorMs } from '../measure/processor-time.ts';

const CORE = fileURLToPath(new URL('../../core/main.ts', import.meta.url));
/** A load of a million SKUs is one call. */
const ANSWER_TIMEOUT_MS = 600_000;

/** The real core in a process of its own, over its IPC channel as Electron main has it. */
export type BenchCore = {
  /** The output of a call that must not be refused, with the time from handing it over to having it. */
  readonly call: (method: string, input: object) => Promise<{ readonly ms: number; readonly output: unknown }>;
  /** Milliseconds of processor it took so far. */
  readonly processorMs: () => number;
  readonly stop: () => Promise<void>;
};

/** Another caller of a core that runs already. */
export type BenchClient = Omit<BenchCore, 'processorMs'>;

export async function startBenchCore(data: string, profile: string | null): Promise<BenchCore> {
  const profiling = profile === null ? [] : ['--cpu-prof', '--cpu-prof-interval=250', `--cpu-prof-dir=${profile}`];
  const core = await startForked(CORE, ['--data', data], {
    execArgv: [...CORE_NODE_OPTIONS, ...profiling],
    env: CORE_ENVIRONMENT,
    isReadyFirst: true,
    answerTimeoutMs: ANSWER_TIMEOUT_MS,
  });
  let lastId = 0;
  return {
    call: async (method, input) => {
      lastId += 1;
      const { ms, answer } = await core.ask(lastId, { id: lastId, method, input });
      return { ms, output: outputOf(method, answer) };
    },
    processorMs: () => readProcessorMs(core.child.pid ?? 0),
    stop: core.stop,
  };
}

/** A second caller of the same core, by the socket that the command line uses. */
export async function openSecondClient(data: string): Promise<BenchClient> {
  const socket: Socket = connect(socketPath(data));
  const connection = await openConnection(socket, socket, ANSWER_TIMEOUT_MS);
  return {
    call: async (method, input) => {
      const startedAt = performance.now();
      const answer = await connection.call(method, input);
      return { ms: performance.now() - startedAt, output: outputOf(method, answer) };
    },
    stop: async () => {
      const closed = once(socket, 'close');
      socket.destroy();
      await closed;
    },
  };
}

function outputOf(method: string, answer: object): unknown {
  if ('ok' in answer && answer.ok === true && 'output' in answer) return answer.output;
  throw new Error(`${method}: ${JSON.stringify(answer)}`);
}
