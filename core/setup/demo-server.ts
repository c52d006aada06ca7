import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Log } from '../log.ts';

/** What the demo store's own server is started with. */
export type DemoServerOptions = { readonly port: number; readonly products: number; readonly seed: number };

export type DemoServerStart =
  | { readonly started: true; readonly url: string }
  | { readonly started: false; readonly reason: string };

/**
 * The ERP of the demo store: a stand-in that runs as a child process and keeps its data in `DIR/demo-server`.
 * It ends with the core, whatever ends the core.
 */
export type DemoServer = {
  readonly start: (options: DemoServerOptions) => Promise<DemoServerStart>;
  /** Returns when the process is gone: connections are refused from then on. */
  readonly stop: () => Promise<void>;
  /** It listens; one that is still starting does not. */
  readonly isRunning: () => boolean;
  /** Somebody stopped it on purpose: it is not started again at boot. */
  readonly isMeantToRun: () => boolean;
  readonly noteMeantToRun: (running: boolean) => void;
  /** Throws away a store that was made and never enrolled. */
  readonly clear: () => void;
};

/** A catalogue of 200,000 products is generated in well under this. */
const START_TIMEOUT_MS = 180_000;
/** Time to close its database before it is killed. */
const STOP_TIMEOUT_MS = 3_000;
/** Last words of a server that did not start, kept for the log. */
const MAX_WORDS = 2_000;

export function createDemoServer({
  data,
  log,
  onExit,
}: {
  readonly data: string;
  readonly log: Log;
  /** It ended without being asked to. */
  readonly onExit: () => void;
}): DemoServer {
  const folder = join(data, 'demo-server');
  const stoppedMark = join(data, 'demo-server-stopped');
  let child: ChildProcess | null = null;
  let isReady = false;

  async function start({ port, products, seed }: DemoServerOptions): Promise<DemoServerStart> {
    mkdirSync(folder, { recursive: true });
    const options = ['--port', String(port), '--data', folder, '--products', String(products), '--seed', String(seed)];
    // Its stdin is ours: when the core dies the server reads the end of it, and ends too.
    const started = spawn(process.execPath, [sandboxFile(), ...options, '--exit-with-parent'], {
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    child = started;
    let words = '';
    started.stderr.on('data', (chunk: Buffer) => (words = (words + chunk.toString('utf8')).slice(-MAX_WORDS)));
    // A broken pipe only says that the process is gone, which its exit tells too.
    started.stdin.on('error', () => undefined);
    started.once('exit', (code, signal) => {
      if (child !== started) return;
      child = null;
      isReady = false;
      log.warn('demo server ended', { code, signal, words });
      onExit();
    });
    const url = await firstUrl(started);
    isReady = url !== null && child === started;
    if (url !== null) return { started: true, url };
    await end(started);
    log.error('demo server did not start', { port, words });
    return { started: false, reason: words.trim().split('\n').at(-1) ?? '' };
  }

  async function end(process: ChildProcess): Promise<void> {
    const isOurs = child === process;
    if (isOurs) child = null;
    // Without an id it was never started, and no exit will tell.
    if (process.pid !== undefined && process.exitCode === null && process.signalCode === null) {
      const gone = once(process, 'exit');
      process.stdin?.end();
      process.kill('SIGTERM');
      const timer = setTimeout(() => process.kill('SIGKILL'), STOP_TIMEOUT_MS);
      await gone;
      clearTimeout(timer);
    }
    // Until it is gone it still answers: the switch says so only then.
    if (isOurs && child === null) isReady = false;
  }

  return {
    start,
    stop: async () => {
      if (child !== null) await end(child);
    },
    isRunning: () => isReady,
    isMeantToRun: () => !existsSync(stoppedMark),
    noteMeantToRun: (running) => {
      if (running) rmSync(stoppedMark, { force: true });
      else writeFileSync(stoppedMark, '');
    },
    clear: () => {
      rmSync(folder, { recursive: true, force: true });
      rmSync(stoppedMark, { force: true });
    },
  };
}

/** The address in the first line a server prints; null when it ends, says something else, or takes too long. */
function firstUrl(server: ChildProcess): Promise<string | null> {
  const output = server.stdout;
  if (output === null) throw new Error('the demo server has no output');
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(null), START_TIMEOUT_MS);
    const settle = (url: string | null): void => {
      clearTimeout(timer);
      resolve(url);
    };
    createInterface({ input: output }).once('line', (line) => settle(urlOf(line)));
    server.once('exit', () => settle(null));
    server.once('error', () => settle(null));
  });
}

function urlOf(line: string): string | null {
  try {
    const ready = JSON.parse(line) as { readonly ready?: unknown; readonly url?: unknown };
    return ready.ready === true && typeof ready.url === 'string' ? ready.url : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** In the source the sandbox is `sandbox/main.ts`, in the bundle `sandbox/main.js` beside the core's folder. */
function sandboxFile(): string {
  return import.meta.url.endsWith('.ts')
    ? fileURLToPath(new URL('../../sandbox/main.ts', import.meta.url))
    : fileURLToPath(new URL('../sandbox/main.js', import.meta.url));
}
