import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import type { CommandContext } from './command-context.ts';

/** The first line of stdin; at a terminal it is asked for and not shown. Null when there is none. */
export async function readPassword(
  context: CommandContext,
  question = 'Senha do ERP (não aparece ao digitar):',
): Promise<string | null> {
  return (await readSecrets(context, [question]))?.[0] ?? null;
}

/** A line of stdin for each of `questions`; at a terminal each is asked and the answer not shown. Null when one is missing. */
export async function readSecrets(
  { stdin, writeErr }: CommandContext,
  questions: readonly string[],
): Promise<readonly string[] | null> {
  const isTerminal = stdin.isTTY === true;
  const ask = (question: string | undefined): void => {
    if (isTerminal && question !== undefined) writeErr(question);
  };
  // At a terminal readline echoes what is typed to its output: this one drops it.
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: stdin, output: silent, terminal: isTerminal });
  const secrets: string[] = [];
  try {
    ask(questions[0]);
    for await (const line of lines) {
      if (line === '') return null;
      secrets.push(line);
      if (secrets.length === questions.length) return secrets;
      ask(questions[secrets.length]);
    }
    return null;
  } finally {
    lines.close();
  }
}
