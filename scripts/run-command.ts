import { spawn } from 'node:child_process';

export type CommandResult = { code: number; stdout: string; stderr: string };
export type CommandOptions = {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  /** The command is killed after this long. */
  timeoutMs: number;
  /** Shows the output while it runs instead of collecting it. */
  inherit?: boolean;
};

/** The code of a command that was not there to be run, as a shell would say. */
export const COMMAND_NOT_FOUND = 127;
/** The code of a command that was killed because its time was over, as `timeout` says. */
export const COMMAND_TIMED_OUT = 124;
/** Enough to hold any report we parse; what is beyond it is dropped from the front. */
const MAX_OUTPUT_CHARS = 4_000_000;

/** Runs a command to its end and answers how it went; it never rejects, so that callers decide what a failure means. */
export function runCommand(command: string, args: string[], options: CommandOptions): Promise<CommandResult> {
  return new Promise((resolve) => {
    const result: CommandResult = { code: 0, stdout: '', stderr: '' };
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: options.inherit === true ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'],
    });
    const timer = setTimeout(() => {
      result.code = COMMAND_TIMED_OUT;
      child.kill('SIGKILL');
    }, options.timeoutMs);
    child.stdout?.on('data', (chunk: Buffer) => {
      result.stdout = (result.stdout + chunk.toString()).slice(-MAX_OUTPUT_CHARS);
    });
    child.stderr?.on('data', (chunk: Buffer) => {
      result.stderr = (result.stderr + chunk.toString()).slice(-MAX_OUTPUT_CHARS);
    });
    child.on('error', (error) => {
      clearTimeout(timer);
      resolve({ ...result, code: COMMAND_NOT_FOUND, stderr: String(error) });
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve({ ...result, code: result.code === COMMAND_TIMED_OUT ? COMMAND_TIMED_OUT : (code ?? 1) });
    });
  });
}
