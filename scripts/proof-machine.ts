import { WrongOption } from './machine-options.ts';

/** Where a command says how it is getting on. */
export type Write = (line: string) => void;

/** How a command ends: nothing was found, something was, or it was not understood. */
const EXIT = { passed: 0, found: 1, usage: 2 } as const;
/** What a machine still holds open when its result is told must not keep it alive. */
const LINGER_MS = 500;

/**
 * Runs a machine that tries to break a promise (docs/reliability.md) as a command. The last line of standard output is its
 * result as JSON; with --json all else goes to standard error.
 */
export async function runMachine<Options extends { readonly json: boolean }>(
  { readOptions, usage }: { readonly readOptions: (args: readonly string[]) => Options; readonly usage: string },
  run: (options: Options, write: Write) => Promise<{ readonly result: object; readonly failures: number }>,
): Promise<void> {
  try {
    const options = readOptions(process.argv.slice(2));
    const { result, failures } = await run(options, writerOf(options));
    console.log(JSON.stringify(result));
    process.exitCode = failures === 0 ? EXIT.passed : EXIT.found;
  } catch (error) {
    if (!(error instanceof WrongOption)) throw error;
    console.error(`${error.message}\n${usage}`);
    process.exitCode = EXIT.usage;
  }
  setTimeout(() => process.exit(), LINGER_MS).unref();
}

/** With --json standard output is for the result alone. */
export function writerOf({ json }: { readonly json: boolean }): Write {
  return json ? (line) => console.error(line) : (line) => console.log(line);
}
