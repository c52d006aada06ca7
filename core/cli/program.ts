import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { addBackOfficeCommands } from './back-office-program.ts';
import { backUpNow, listBackups } from './backup-commands.ts';
import { callMethod } from './call-command.ts';
import type { CommandContext } from './command-context.ts';
import { addDocumentCommands } from './document-program.ts';
import { EXIT, EXIT_TEXTS, type ExitCode } from './exit-codes.ts';
import { parseDay } from './parse-day.ts';
import { addPendingCommands } from './pending-commands.ts';
import { showPix } from './pix-command.ts';
import { speakPortuguese } from './portuguese-help.ts';
import { addPrinterCommands } from './printer-program.ts';
import { showDoctor, showErrors, showStatus, showSummary } from './read-commands.ts';
import { restoreStation } from './restore-command.ts';
import { sendNow } from './send-command.ts';
import { addSetupCommands } from './setup-commands.ts';
import { addSyncCommands } from './sync-program.ts';
import { serveStation } from './serve-command.ts';

type GlobalOptions = { readonly data: string; readonly json: boolean };
type Run = (context: CommandContext) => Promise<ExitCode>;

/** Reads the arguments of `station` and runs the command they name; answers how the process shall end. */
export async function runProgram(
  args: readonly string[],
  base: Omit<CommandContext, 'data' | 'json'>,
): Promise<ExitCode> {
  let exitCode: ExitCode = EXIT.ok;
  const program = new Command('station');

  /** Gives a command its action: the context comes from the global options. */
  function runs(command: Command, run: Run): void {
    command.action(async () => {
      const { data, json } = program.opts<GlobalOptions>();
      exitCode = await run({ ...base, data, json });
    });
  }

  program
    .description('A linha de comando da estação: fala com o núcleo em execução, ou inicia um só para o comando.')
    .option('--data <pasta>', 'pasta de dados da estação (ou STATION_DATA)', base.defaultData)
    .option('--json', 'mostra a resposta como JSON', false)
    .addHelpText('after', exitCodeHelp())
    .configureOutput({
      writeOut: (text) => base.writeOut(text.trimEnd()),
      writeErr: (text) => base.writeErr(text.trimEnd()),
    })
    .exitOverride();
  speakPortuguese(program);

  runs(command(program, 'status', 'ficha de suporte: estação, integração, fila, caixa, saúde do núcleo'), showStatus);
  runs(command(program, 'errors', 'documentos em erro, com as palavras do servidor'), showErrors);
  runs(command(program, 'send', 'envia agora o que espera, sem aguardar o agendador'), sendNow);
  runs(command(program, 'doctor', 'verifica pasta, disco, banco, relógio, rede, login e fila'), showDoctor);
  runs(command(program, 'serve', 'executa o núcleo aqui, em linhas JSON na entrada e na saída'), serveStation);

  const backup = command(program, 'backup', 'faz agora uma cópia de segurança em cada lugar, e confere');
  backup.option('--second <pasta>', 'passa a usar esta pasta como segundo lugar (pen drive, outro disco, rede)');
  backup.option('--no-second', 'deixa de usar o segundo lugar');
  runs(backup, (context) => backUpNow(context, toSecondFolder(backup.opts<{ second?: string | boolean }>().second)));

  const backups = command(program, 'backups', 'lista as cópias: quando, onde, se conferem, o que há nelas');
  backups.option('--folder <pasta>', 'as desta pasta, sem precisar da estação');
  backups.option('--verify', 'lê cada uma por inteiro', false);
  runs(backups, (context) => listBackups(context, backups.opts<{ folder?: string; verify?: boolean }>()));

  const restore = command(program, 'restore', 'traz a estação de volta de uma cópia; só com o programa fechado');
  restore.argument('<arquivo>', 'a cópia, como `station backups` a mostra');
  runs(restore, (context) => restoreStation(context, String(restore.processedArgs[0])));

  const summary = command(program, 'summary', 'resumo de venda do dia, comparado com o ERP');
  summary.option('--day <AAAA-MM-DD>', 'dia de movimento; sem ele, o de hoje', parseDay);
  runs(summary, (context) => showSummary(context, summary.opts<{ day?: string }>().day ?? null));

  const pix = command(program, 'pix', 'Pix a conferir no extrato do banco, e a devolver a clientes');
  pix.option('--all', 'todos, os mais novos primeiro', false);
  runs(pix, (context) => showPix(context, pix.opts<{ all?: boolean }>().all === true ? 'all' : 'open'));

  addSetupCommands(program, runs);

  const call = command(program, 'call', 'chama um método da estação pelo nome e mostra a resposta como JSON');
  call.argument('<método>', 'por exemplo station.view').argument('[json]', 'entrada do método', parseJson, {});
  runs(call, (context) => callMethod(context, String(call.processedArgs[0]), call.processedArgs[1]));

  addPendingCommands(program, runs);
  addBackOfficeCommands(program, runs);
  addSyncCommands(program, runs);
  addDocumentCommands(program, runs);
  addPrinterCommands(program, runs);

  try {
    await program.parseAsync([...args], { from: 'user' });
    return exitCode;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // Commander ends `--help` and `--version` this way too, with code 0.
    return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  }
}

function command(program: Command, name: string, description: string): Command {
  return program.command(name).description(description);
}

function exitCodeHelp(): string {
  return ['', 'Códigos de saída:', ...EXIT_TEXTS.map(({ code, text }) => `  ${code}  ${text}`)].join('\n');
}

/** `--no-second` is false, its absence true, `--second` a folder. */
function toSecondFolder(value: string | boolean | undefined): string | null | undefined {
  if (value === false) return null;
  return typeof value === 'string' ? value : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError)
      throw new InvalidArgumentError('Não é JSON; escreva, por exemplo, \'{"limit":10}\'.');
    throw error;
  }
}
