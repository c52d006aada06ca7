import { InvalidArgumentError, Option, type Command } from 'commander';
import { CodePage, PrinterTarget } from '../../contract/printing-api.ts';
import type { CommandContext } from './command-context.ts';
import type { ExitCode } from './exit-codes.ts';
import { nameHelpCommand } from './portuguese-help.ts';
import {
  discardPapers,
  printTestPage,
  retryPapers,
  setPrinter,
  showPrinter,
  showPrintQueue,
  type PrinterOptions,
} from './printer-commands.ts';

/** Adds what a person does about the printer and the papers that wait for it. */
export function addPrinterCommands(
  program: Command,
  runs: (command: Command, run: (context: CommandContext) => Promise<ExitCode>) => void,
): void {
  const printer = program
    .command('printer')
    .description('impressora: como está, o que espera por ela; `set` escolhe, `test`, `queue`, `retry`, `discard`');
  nameHelpCommand(printer);
  runs(printer, showPrinter);

  const set = printer.command('set').description('escolhe a impressora; o que não é dito fica como está');
  set.addOption(
    new Option('--network <endereço>', 'na rede, por exemplo 192.168.0.40 ou 192.168.0.40:9100')
      .argParser(parseNetwork)
      .conflicts(['device', 'none']),
  );
  set.addOption(
    new Option('--device <caminho>', 'USB, porta ou arquivo, por exemplo /dev/usb/lp0 ou COM3').conflicts('none'),
  );
  set.option('--none', 'sem impressora: os comprovantes ficam na tela, e os que esperam são descartados');
  set.option('--columns <48|32>', '48 no papel de 80 mm, 32 no de 58 mm', parseColumns);
  set.addOption(new Option('--code-page <nome>', 'página de acentos').choices(CodePage.options));
  set.option('--cut', 'corta o papel').option('--no-cut', 'não corta o papel');
  set.option('--drawer', 'a gaveta está ligada à impressora').option('--no-drawer', 'a gaveta não está ligada a ela');
  runs(set, (context) => setPrinter(context, set.opts<PrinterOptions>()));

  runs(printer.command('test').description('imprime uma página com régua e acentos, agora ou nada'), printTestPage);
  runs(printer.command('queue').description('os comprovantes que não saíram, o mais antigo primeiro'), showPrintQueue);
  runs(printer.command('retry').description('tenta agora tudo o que não saiu'), retryPapers);

  const discard = printer.command('discard').description('desiste de um comprovante da fila; o documento fica');
  discard.argument('[número]', 'como `station printer queue` mostra', parseJob);
  discard.option('--all', 'desiste de todos', false);
  runs(discard, (context) =>
    discardPapers(context, {
      jobId: (discard.processedArgs[0] as number | undefined) ?? null,
      isAll: discard.opts<{ all: boolean }>().all,
    }),
  );
}

function parseNetwork(text: string): PrinterTarget {
  const [, host, port] = /^(.*?)(?::(\d{1,5}))?$/.exec(text) ?? [];
  const target = PrinterTarget.safeParse({
    kind: 'network',
    host,
    port: port === undefined ? undefined : Number(port),
  });
  if (target.success) return target.data;
  throw new InvalidArgumentError('É um endereço, com a porta se não for 9100: 192.168.0.40:9100.');
}

function parseColumns(text: string): 48 | 32 {
  if (text === '48' || text === '32') return text === '48' ? 48 : 32;
  throw new InvalidArgumentError('É 48 ou 32.');
}

function parseJob(text: string): number {
  if (/^[1-9]\d{0,14}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('É o número da primeira coluna de `station printer queue`.');
}
