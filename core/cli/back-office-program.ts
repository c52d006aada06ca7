import { InvalidArgumentError, Option, type Command } from 'commander';
import { MAX_BACK_OFFICE_BATCH } from '../../contract/back-office.ts';
import { pushCatalogFile, type CatalogPushOptions } from './catalog-command.ts';
import type { CommandContext } from './command-context.ts';
import type { ExitCode } from './exit-codes.ts';
import { listInvoices, type InvoiceOptions } from './invoices-command.ts';
import { parseDay } from './parse-day.ts';
import { nameHelpCommand } from './portuguese-help.ts';

/** Records in one call when nothing else is said, as the vendor suggests. */
const DEFAULT_BATCH = 50;
const DEFAULT_PAGE = 200;
/** A restarted service is back by then. */
const DEFAULT_WAIT_S = 30;

/** Adds what a back office does and no till: the catalogue into the ERP, invoices out of it. */
export function addBackOfficeCommands(
  program: Command,
  runs: (command: Command, run: (context: CommandContext) => Promise<ExitCode>) => void,
): void {
  const catalog = program.command('catalog').description('retaguarda: cadastro de produtos no ERP');
  nameHelpCommand(catalog);
  const push = catalog.command('push');
  push.description('envia produtos, preços e estoque de um CSV ao ERP; repetir não faz mal: o ERP inclui ou altera');
  push.argument('<arquivo>', 'CSV com ; ou , e o nome dos campos do ERP na primeira linha');
  push.option('--skip-bad', 'deixa de fora as linhas ruins; sem ela nada é enviado enquanto houver uma', false);
  push.option('--batch <N>', `registros por chamada, até ${MAX_BACK_OFFICE_BATCH}`, parseBatch, DEFAULT_BATCH);
  push.option('--report <arquivo>', 'grava um CSV com o que houve com cada registro');
  push.option('--ignore-column <nome>', 'coluna do arquivo que não é do ERP; pode repetir', collect, []);
  push.option('--progress <arquivo>', 'onde guardar o andamento; sem ela, ao lado do CSV');
  push.option('--branch <código>', 'filial do saldo nas linhas sem cod_filial');
  addServerOptions(push).option('--price-table <N>', 'tabela de preços; sem ela, a da estação', parseNumber);
  runs(push, (context) => pushCatalogFile(context, String(push.processedArgs[0]), push.opts<CatalogPushOptions>()));

  const invoices = program.command('invoices').description('retaguarda: lê os faturamentos do ERP para um arquivo');
  invoices.option('--since <AAAA-MM-DD>', 'desde este dia de emissão', parseDay);
  invoices.option('--until <AAAA-MM-DD>', 'até este dia de emissão, inclusive', parseDay);
  invoices.option('--trans-id <N>', 'os que mudaram depois deste trans_id', parseNumber);
  invoices.option('--resume', 'o que mudou desde a última leitura', false);
  invoices.addOption(new Option('--format <formato>', 'formato do arquivo').choices(['csv', 'json']).default('csv'));
  invoices.option('--out <arquivo>', 'arquivo a gravar; sem ele, a saída padrão');
  invoices.option('--page <N>', 'faturamentos por página', parsePage, DEFAULT_PAGE);
  addServerOptions(invoices);
  runs(invoices, (context) => listInvoices(context, invoices.opts<InvoiceOptions>()));
}

function addServerOptions(command: Command): Command {
  command.option('--server <endereço>', 'outro servidor que não o da estação; a senha é lida da entrada');
  command.option(
    '--wait <segundos>',
    'quanto esperar um servidor que não responde, ou a estação que ainda carrega',
    parseNumber,
    DEFAULT_WAIT_S,
  );
  command.option('--user <usuário>', 'usuário do ERP, com --server');
  return command.option('--showcase <N>', 'vitrine; sem ela, a da estação', parseNumber);
}

function collect(value: string, earlier: readonly string[]): string[] {
  return [...earlier, value];
}

function parseNumber(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('É um número inteiro.');
}

function parseBatch(text: string): number {
  return parseUpTo(text, MAX_BACK_OFFICE_BATCH);
}

function parsePage(text: string): number {
  return parseUpTo(text, 1000);
}

function parseUpTo(text: string, maximum: number): number {
  const number = parseNumber(text);
  if (number >= 1 && number <= maximum) return number;
  throw new InvalidArgumentError(`É um número de 1 a ${maximum}.`);
}
