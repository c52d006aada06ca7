import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { coreEnvironment } from '../../../contract/core-process.ts';
import type { Refusal } from '../../../contract/refusals.ts';
import type { MethodName } from '../../../contract/station-api.ts';
import { openConnection, type WireReply } from '../../../core/cli/core-connection.ts';
import { coreCommand } from '../../../scripts/core-process.ts';
import { CALL_TIMEOUT_MS } from '../../support/spawn-station.ts';

/** One fault of the disk: the `nth` such call of a thread fails with `error`; only once, or all from then on. */
export type Fault = {
  readonly call: 'pwrite64' | 'fsync' | 'ftruncate' | 'openat' | 'unlink';
  readonly error: 'ENOSPC' | 'EIO' | 'EROFS';
  readonly nth: number;
  readonly isSticky: boolean;
  /** Only calls on this file; null: on all that SQLite keeps. `station.db` alone is written by checkpoints. */
  readonly file: (typeof FILES)[number] | null;
};

/** Files whose calls fail: the database with all that SQLite puts beside it. */
const FILES = ['station.db', 'station.db-wal', 'station.db-journal', 'station.db-shm'] as const;

/** A core on a disk that fails. Its process is this one's own child, strace only looks on. */
export type FaultyCore = {
  /** Why it did not start; null when it did. */
  readonly refusal: Refusal | null;
  /** Null: the core went away before it answered. */
  readonly call: (method: MethodName, input: unknown) => Promise<WireReply | null>;
  /** The code it ends with by itself, or null when it is still there after a while. */
  readonly ending: (withinMs: number) => Promise<number | null>;
  /** Ends the fault, as when somebody made room; what runs goes on. */
  readonly mend: () => void;
  /** Closes it in order; the code it ended with, or null when it had to be killed. */
  readonly stop: () => Promise<number | null>;
  /** How often the fault struck, and how many such calls the thread made that made the most. */
  readonly struck: () => { readonly faults: number; readonly calls: number };
};

export async function startFaultyCore(data: string, trace: string, fault: Fault | null): Promise<FaultyCore> {
  const core = coreCommand({ data, callTimeoutMs: CALL_TIMEOUT_MS });
  const [command = '', ...args] = fault === null ? core : [...straceOf(fault, data, trace), ...core];
  const child = spawn(command, args, {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...coreEnvironment(process.env), STATION_KEY_STORE: 'off', UV_USE_IO_URING: '0' },
  });
  const exited = (once(child, 'exit') as Promise<[number | null]>).then(([code]) => code);
  // A core that is gone reads nothing.
  child.stdin.on('error', () => undefined);
  const connection = await openConnection(child.stdout, child.stdin, 60_000).catch((error: unknown) => {
    child.kill('SIGKILL');
    throw error;
  });
  const ending = async (withinMs: number): Promise<number | null> => {
    const timeout = new AbortController();
    const late = new Promise<null>((resolve) => {
      const timer = setTimeout(() => resolve(null), withinMs);
      timeout.signal.addEventListener('abort', () => clearTimeout(timer));
    });
    const code = await Promise.race([exited, late]);
    timeout.abort();
    return code;
  };
  return {
    refusal: connection.ready.ready ? null : connection.ready.error,
    call: (method, input) => connection.call(method, input).catch(() => null),
    ending,
    mend: () => {
      const tracer = Number(/TracerPid:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]);
      if (tracer > 0) process.kill(tracer, 'SIGTERM');
    },
    stop: async () => {
      child.stdin.end();
      const code = await ending(10_000);
      if (code === null) child.kill('SIGKILL');
      await exited;
      return code;
    },
    struck: () => {
      const lines = fault === null ? [] : readFileSync(trace, 'latin1').split('\n');
      const ofFault = lines.filter((line) => line.includes(` ${fault?.call}(`));
      const ofThreads = Object.values(Object.groupBy(ofFault, (line) => line.slice(0, line.indexOf(' '))));
      return {
        faults: ofFault.filter((line) => line.includes('(INJECTED)')).length,
        calls: Math.max(0, ...ofThreads.map((calls) => calls?.length ?? 0)),
      };
    },
  };
}

function straceOf({ call, error, nth, isSticky, file }: Fault, data: string, trace: string): string[] {
  const inject = `inject=${call}:error=${error}:when=${nth}${isSticky ? '+' : ''}`;
  const paths = FILES.flatMap((name) => (file === null || file === name ? ['-P', join(data, name)] : []));
  // A filter that outlives its tracer refuses every call: a fault that is mended while the core runs goes without.
  const speed = isSticky ? [] : ['--seccomp-bpf'];
  return [
    'strace',
    '-D',
    '-I',
    '2',
    '-f',
    ...speed,
    '-s',
    '0',
    '-o',
    trace,
    ...paths,
    '-e',
    `trace=${call}`,
    '-e',
    inject,
  ];
}
