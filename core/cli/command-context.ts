import type { Readable } from 'node:stream';
import { refusalText } from '../../contract/refusal-texts/refusal-text.ts';
import { refusals, type Refusal } from '../../contract/refusals.ts';
import type { MethodInput, MethodName, Reply } from '../../contract/station-api.ts';
import { createStationClient, type StationClient } from '../../contract/station-client.ts';
import { ConnectionLost } from './core-connection.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { reachCore, type ReachedCore } from './reach-core.ts';

/** What a command works with: where the station is, how to answer, and the outside world. */
export type CommandContext = {
  readonly data: string;
  readonly json: boolean;
  readonly defaultData: string;
  readonly stdin: Readable & { readonly isTTY?: boolean };
  readonly writeOut: (text: string) => void;
  readonly writeErr: (text: string) => void;
};

/** A core and a typed way to call it. */
export type Station = { readonly core: ReachedCore; readonly client: StationClient };

/**
 * Reaches the core of `context.data`, lets `work` use it and lets go of it, whatever happens. A core that cannot be
 * reached or goes away is said with its own exit code: nothing known must never look like nothing wrong.
 */
export async function withStation(
  context: CommandContext,
  work: (station: Station) => Promise<ExitCode>,
): Promise<ExitCode> {
  let core: ReachedCore | null = null;
  try {
    core = await reachCore(context.data);
    if (!core.ready.ready) return showRefusal(context, core.ready.error);
    const reached = core;
    return await work({ core, client: createStationClient((method, input) => reached.call(method, input)) });
  } catch (error) {
    if (!(error instanceof ConnectionLost)) throw error;
    context.writeErr(`Não foi possível falar com a estação em ${context.data}: ${error.message}.`);
    context.writeErr('Não se sabe se o pedido foi feito: repita o comando, ou veja com `station status`.');
    return EXIT.noCore;
  } finally {
    await core?.close();
  }
}

/** Calls a method and shows its reply: as JSON, or by `describe`; a refusal in words. `exit` judges a success. */
export async function show<M extends MethodName>(
  context: CommandContext,
  { client }: Station,
  method: M,
  input: MethodInput<M>,
  describe: (output: Extract<Reply<M>, { ok: true }>['output']) => string[],
  exit: (output: Extract<Reply<M>, { ok: true }>['output']) => ExitCode = () => EXIT.ok,
): Promise<ExitCode> {
  const reply = await client.call(method, input);
  if (!reply.ok) return showRefusal(context, reply.error);
  writeAnswer(context, { ok: true, output: reply.output }, () => describe(reply.output));
  return exit(reply.output);
}

/** Writes the reply for programs, or its description for people. */
export function writeAnswer(context: CommandContext, reply: unknown, describe: () => string[]): void {
  context.writeOut(context.json ? JSON.stringify(reply) : describe().join('\n'));
}

/** Says a refusal, and how the process ends with it. */
export function showRefusal(context: CommandContext, error: unknown): ExitCode {
  if (context.json) context.writeOut(JSON.stringify({ ok: false, error }));
  else context.writeErr(describeRefusal(error));
  return exitOfRefusal(error);
}

function describeRefusal(error: unknown): string {
  if (!isRefusal(error)) return `Recusado: ${JSON.stringify(error)}`;
  const { title, nextStep, shortCode } = refusalText(error, 'pt-BR');
  return `${title} [${shortCode}]\n${nextStep}`;
}

function exitOfRefusal(error: unknown): ExitCode {
  if (!isRefusal(error)) return EXIT.refused;
  switch (error.code) {
    case 'data_locked':
      return EXIT.dataLocked;
    case 'database_newer':
      return EXIT.databaseNewer;
    case 'database_corrupt':
    case 'data_unwritable':
    case 'disk_full':
    case 'storage_failed':
      return EXIT.storage;
    default:
      return EXIT.refused;
  }
}

function isRefusal(error: unknown): error is Refusal {
  return typeof error === 'object' && error !== null && 'code' in error && Object.hasOwn(refusals, String(error.code));
}
