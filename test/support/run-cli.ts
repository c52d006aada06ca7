import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { CLI } from './programs.ts';

export type CliRun = { readonly code: number | null; readonly out: string; readonly err: string };

/** Runs the real command line to its end; what it was given on stdin ends there. */
export async function runCli(args: readonly string[], input = ''): Promise<CliRun> {
  const child = spawn(process.execPath, [CLI, ...args], { stdio: 'pipe' });
  child.stdin.end(input);
  const exited = once(child, 'exit') as Promise<[number | null]>;
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const [code] = await exited;
  return { code, out, err };
}

/** The same with `--json`, parsed. */
export async function runCliJson(args: readonly string[], input = ''): Promise<{ code: number | null; reply: Reply }> {
  const { code, out } = await runCli([...args, '--json'], input);
  return { code, reply: JSON.parse(out) as Reply };
}

type Reply = {
  readonly ok: boolean;
  readonly output?: Readonly<Record<string, unknown>>;
  readonly error?: Readonly<Record<string, unknown>>;
};
