import { spawn, type ChildProcess } from 'node:child_process';
import { coreArguments, coreEnvironment } from '../contract/core-process.ts';

export type CoreEnd = {
  readonly exitCode: number | null;
  readonly signal: string | null;
  /** The last lines it wrote about its own end. */
  readonly lastLines: string;
};

const MAX_STDERR_LINES = 30;
/** The last words of a core may still be in its pipes when it is gone. */
const DRAIN_MS = 30;

/** Starts a core process with its channel; `onMessage` gets what it sends, `onEnd` comes once, however it ended. */
export function spawnCore(
  program: { readonly node: string; readonly entry: string; readonly data: string },
  listeners: { readonly onMessage: (message: object) => void; readonly onEnd: (end: CoreEnd) => void },
): ChildProcess {
  const core = spawn(program.node, coreArguments(program.entry, program.data), {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    serialization: 'json',
    env: coreEnvironment(process.env),
    windowsHide: true,
  });
  let lastLines: string[] = [];
  // Nobody reads it, and a full pipe would stop the core.
  core.stdout?.resume();
  core.stderr?.on('data', (chunk: Buffer) => {
    process.stderr.write(chunk);
    lastLines = [...lastLines, ...chunk.toString().split('\n').filter(Boolean)].slice(-MAX_STDERR_LINES);
  });
  core.on('message', (message: unknown) => {
    if (typeof message === 'object' && message !== null) listeners.onMessage(message);
  });

  let hasEnded = false;
  const end = (exitCode: number | null, signal: string | null): void => {
    if (hasEnded) return;
    hasEnded = true;
    setTimeout(() => listeners.onEnd({ exitCode, signal, lastLines: lastLines.join('\n') }), DRAIN_MS);
  };
  core.on('error', (error) => {
    lastLines.push(String(error));
    if (core.pid === undefined) end(null, null);
  });
  // Not 'close': it never comes when we end the channel ourselves, nor while a process that the core started holds a pipe.
  core.once('exit', end);
  return core;
}
