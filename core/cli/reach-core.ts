import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { coreArguments, coreEnvironment } from '../../contract/core-process.ts';
import { socketPath } from '../socket-path.ts';
import { ConnectionLost, openConnection, type CoreConnection } from './core-connection.ts';

/** A core to talk to: one that ran before, or one that was started for this command alone. */
export type ReachedCore = CoreConnection & {
  readonly startedHere: boolean;
  /** Lets go of it; a core that was started here is ended in order. */
  readonly close: () => Promise<void>;
};

/** A core that listens answers at once; one that hangs must not hang the command too. */
const ATTACH_TIMEOUT_MS = 5_000;
/** A migration of a large database with its copy fits; nothing sane takes longer. */
const START_TIMEOUT_MS = 300_000;
/** The core closes its database in much less; then it is killed, which loses nothing that was acknowledged. */
const STOP_TIMEOUT_MS = 10_000;
/** Another core may hold the data and not listen yet: it is tried this often before the command gives up. */
const ATTACH_TRIES_WHEN_LOCKED = 10;
const ATTACH_PAUSE_MS = 200;
const LATE_ATTACH_TIMEOUT_MS = 500;

/**
 * Attaches to the core that runs on `data`, else starts one.
 *
 *   socket answers -> attached
 *   nobody listens -> start a core -> ready -> started here
 *                                  -> data in use: it may be just starting -> the socket again, some times
 */
export async function reachCore(data: string): Promise<ReachedCore> {
  const attached = await attach(data, ATTACH_TIMEOUT_MS);
  if (attached !== null) return attached;
  const started = await startCore(data);
  if (started.ready.ready || started.ready.error.code !== 'data_locked') return started;
  for (let tries = 0; tries < ATTACH_TRIES_WHEN_LOCKED; tries += 1) {
    await sleep(ATTACH_PAUSE_MS);
    const late = await attach(data, LATE_ATTACH_TIMEOUT_MS);
    if (late !== null) return late;
  }
  return started;
}

/** Starts a core on `data` under this Node, speaking on its standard streams. */
export function spawnCore(data: string, input: 'pipe' | 'inherit'): ChildProcess {
  const entry = import.meta.url.endsWith('.ts') ? '../main.ts' : './main.js';
  const program = fileURLToPath(new URL(entry, import.meta.url));
  return spawn(process.execPath, [...coreArguments(program, data), '--stdio'], {
    stdio: [input, input, 'inherit'],
    env: coreEnvironment(process.env),
  });
}

/** The core that runs on `data`, or null; none is started. */
export function attachToCore(data: string): Promise<ReachedCore | null> {
  return attach(data, ATTACH_TIMEOUT_MS);
}

async function attach(data: string, timeoutMs: number): Promise<ReachedCore | null> {
  const socket = connect(socketPath(data));
  try {
    await once(socket, 'connect', { signal: AbortSignal.timeout(timeoutMs) });
    const connection = await openConnection(socket, socket, timeoutMs);
    return { ...connection, startedHere: false, close: async () => void socket.destroy() };
  } catch (error) {
    socket.destroy();
    // Nobody listens, or what listened was about to end: either way a core has to be started.
    if (error instanceof ConnectionLost || isNobodyThere(error)) return null;
    throw error;
  }
}

function isNobodyThere(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return (
    code === 'ENOENT' || code === 'ENOTDIR' || code === 'ECONNREFUSED' || code === 'ECONNRESET' || code === 'ABORT_ERR'
  );
}

async function startCore(data: string): Promise<ReachedCore> {
  const core = spawnCore(data, 'pipe');
  try {
    if (core.stdout === null || core.stdin === null) throw new Error('the core has no standard streams');
    const connection = await openConnection(core.stdout, core.stdin, START_TIMEOUT_MS);
    return { ...connection, startedHere: true, close: () => endCore(core) };
  } catch (error) {
    await endCore(core);
    throw error;
  }
}

async function endCore(core: ChildProcess): Promise<void> {
  if (core.exitCode !== null || core.signalCode !== null || core.pid === undefined) return;
  const gone = once(core, 'exit');
  core.stdin?.end();
  const killer = setTimeout(() => core.kill('SIGKILL'), STOP_TIMEOUT_MS);
  await gone;
  clearTimeout(killer);
}
