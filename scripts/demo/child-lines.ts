import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';

/** Time for an orderly end; then the process is killed, so that the demo always ends. */
const STOP_TIMEOUT_MS = 8_000;

/** Starts a program of this project in its own Node, with its standard error appended to a file. */
export function startChild(args: readonly string[], errorFile: string): ChildProcess {
  const errors = openSync(errorFile, 'a');
  try {
    const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', errors] });
    // A killed process breaks its pipe: its exit is what tells.
    child.stdin?.on('error', () => undefined);
    return child;
  } finally {
    closeSync(errors);
  }
}

/** Resolves when the process is gone, by its own will after its input closed, or killed after a while. */
export async function endChild(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return;
  const gone = once(child, 'exit');
  child.stdin?.end();
  const killer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
  await gone;
  clearTimeout(killer);
}

/** Ends the process without warning, and returns when it is gone. */
export async function killChild(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

export function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}
