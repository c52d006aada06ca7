import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import type { CommandContext } from './command-context.ts';

/** The first line of stdin; at a terminal it is asked for and not shown. Null when there is none. */
export async function readPassword(
  { stdin, writeErr }: CommandContext,
  question = 'Senha do ERP (não aparece ao digitar):',
): Promise<string | null> {
  const isTerminal = stdin.isTTY === true;
  if (isTerminal) writeErr(question);
  // At a terminal readline echoes what is typed to its output: this one drops it.
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: stdin, output: silent, terminal: isTerminal });
  try {
    for await (const line of lines) return line === '' ? null : line;
    return null;
  } finally {
    lines.close();
  }
}
