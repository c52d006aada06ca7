import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { runProgram } from '../../core/cli/program.ts';
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

/**
 * The same program in this process: what it says and how it ends, without a third of a second to start it. For what is
 * asked of a core that runs, where the process itself is shown by another call.
 */
export async function runCliHere(args: readonly string[], input = ''): Promise<CliRun> {
  let [out, err] = ['', ''];
  const code = await runProgram(args, {
    defaultData: '/nowhere',
    stdin: Readable.from([input]),
    writeOut: (line) => void (out += `${line}\n`),
    writeErr: (line) => void (err += `${line}\n`),
  });
  return { code, out, err };
}

/** The same with `--json`, parsed. */
export const runCliJson = asJson(runCli);
export const runCliJsonHere = asJson(runCliHere);

type JsonRun = { readonly code: number | null; readonly reply: Reply };
type Reply = {
  readonly ok: boolean;
  readonly output?: Readonly<Record<string, unknown>>;
  readonly error?: Readonly<Record<string, unknown>>;
};

function asJson(run: typeof runCli): (args: readonly string[], input?: string) => Promise<JsonRun> {
  return async (args, input) => {
    const { code, out } = await run([...args, '--json'], input);
    return { code, reply: JSON.parse(out) as Reply };
  };
}
