import { Argument, type Command } from 'commander';
import type { CommandContext } from './command-context.ts';
import { enrolStation, previewEnrolment, type EnrolOptions } from './enrol-command.ts';
import type { ExitCode } from './exit-codes.ts';
import { showPaymentTypes } from './payment-types-command.ts';
import { replaceStation, type ReplaceOptions } from './replace-command.ts';
import { setIntegration, setServer, type ServerOptions } from './server-commands.ts';
import {
  parsePaymentKinds,
  parsePriceColumn,
  parseStationCode,
  parseTimeZone,
  type PaymentKinds,
} from './setup-options.ts';

type Runs = (command: Command, run: (context: CommandContext) => Promise<ExitCode>) => void;

/** The commands that bind a station to its server and look after that bond. */
export function addSetupCommands(program: Command, runs: Runs): void {
  const enrol = program
    .command('enrol')
    .description('liga esta estação a um servidor; a senha é lida da entrada, nunca dos argumentos')
    .requiredOption('--station <código>', 'código da estação no ERP, três letras ou números', parseStationCode)
    .option('--preview', 'mostra cinco produtos com os dois preços e os tipos de pagamento, e não grava nada');
  addEnrolOptions(enrol);
  runs(enrol, (context) => {
    const options = enrol.opts<EnrolOptions & { preview?: true }>();
    return options.preview === true ? previewEnrolment(context, options) : enrolStation(context, options);
  });

  const replace = program
    .command('replace')
    .description(
      'põe esta máquina no lugar de uma que parou, com um código novo; três linhas na entrada: as senhas da estação e do suporte, e o PIN',
    )
    .requiredOption('--code <código>', 'código novo no ERP, que nenhuma estação usou', parseStationCode)
    .requiredOption('--replaces <código>', 'código da máquina que parou', parseStationCode)
    .requiredOption('--support-user <usuário>', 'usuário do ERP de quem dá suporte')
    .requiredOption('--operator <código>', 'gerente que autoriza, pelo código de operador')
    .requiredOption('--reason <texto>', 'por que a máquina é substituída');
  addEnrolOptions(replace);
  runs(replace, (context) => replaceStation(context, replace.opts<ReplaceOptions>()));

  const server = program
    .command('set-server')
    .description('segue o servidor para outro endereço, usuário ou senha (na entrada), sem novo cadastro; testa antes')
    .option('--server <endereço>', 'endereço novo; sem ele, o de agora')
    .option('--user <usuário>', 'usuário novo do ERP; sem ele, o de agora');
  runs(server, (context) => setServer(context, server.opts<ServerOptions>()));

  const integration = program
    .command('integration')
    .description('liga ou desliga a integração desta estação: desligada, vende e guarda, e nada envia nem lê')
    .addArgument(new Argument('<estado>', 'on ou off').choices(['on', 'off']));
  runs(integration, (context) => setIntegration(context, integration.processedArgs[0] === 'on'));

  const types = program
    .command('payment-types')
    .description('mostra o que a estação entende de cada tipo de pagamento do ERP, e muda com --map')
    .option('--map <de=para>', 'por exemplo 8=credit_card,9=other', parsePaymentKinds);
  runs(types, (context) => showPaymentTypes(context, types.opts<{ map?: PaymentKinds }>().map ?? []));
}

/** What binding a station to a server asks for, and what a person may choose. */
function addEnrolOptions(command: Command): void {
  command
    .requiredOption('--server <endereço>', 'endereço do servidor, por exemplo http://erp:6017')
    .requiredOption('--user <usuário>', 'usuário do ERP só desta estação')
    .option('--customer <código>', 'código do cliente das vendas sem nome; sem ele, o CONSUMIDOR (FINAL) do ERP')
    .option('--salesperson <código>', 'vendedor das vendas sem vendedor, onde a política não o exige')
    .option('--sale-event <código>', 'evento de venda; sem ele, o da estação no ERP')
    .option('--return-event <código>', 'evento de devolução; sem ele, o da estação no ERP')
    .option('--time-zone <fuso>', 'fuso da filial, por exemplo America/Manaus; sem ele, o da sua UF', parseTimeZone)
    .option('--price-column <1|2>', 'coluna da tabela de preços: preco1 ou preco2 (padrão: 1)', parsePriceColumn)
    .option('--map <de=para>', 'tipos de pagamento do ERP, por exemplo 8=credit_card,9=other', parsePaymentKinds);
}
