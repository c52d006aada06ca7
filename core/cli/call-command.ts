import { showRefusal, withStation, type CommandContext } from './command-context.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';

/** `station call METHOD JSON`: any method by its name; the reply is printed as JSON, refusals too. */
export function callMethod(context: CommandContext, method: string, input: unknown): Promise<ExitCode> {
  return withStation({ ...context, json: true }, async ({ core }) => {
    const reply = await core.call(method, input);
    if (!reply.ok) return showRefusal({ ...context, json: true }, reply.error);
    context.writeOut(JSON.stringify({ ok: true, output: reply.output }));
    return EXIT.ok;
  });
}
