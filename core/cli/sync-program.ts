import { InvalidArgumentError, type Command } from 'commander';
import { LoadStepView } from '../../contract/station-views.ts';
import type { CommandContext } from './command-context.ts';
import type { ExitCode } from './exit-codes.ts';
import { parseDay } from './parse-day.ts';
import { reconcileDay, reloadRegister } from './sync-commands.ts';

const REGISTERS = LoadStepView.shape.step.options;

/** Adds what a person does about the data between station and ERP. */
export function addSyncCommands(
  program: Command,
  runs: (command: Command, run: (context: CommandContext) => Promise<ExitCode>) => void,
): void {
  const reload = program.command('reload');
  reload.description('relê um cadastro por inteiro; o que o ERP não traz mais sai de venda no fim da leitura');
  reload.argument('<cadastro>', REGISTERS.join(', '), parseRegister);
  runs(reload, (context) => reloadRegister(context, parseRegister(String(reload.processedArgs[0]))));

  const reconcile = program
    .command('reconcile')
    .description('confere um dia com a lista de pedidos do ERP, venda a venda');
  reconcile.option('--day <AAAA-MM-DD>', 'dia de movimento; sem ele, o último', parseDay);
  runs(reconcile, (context) => reconcileDay(context, reconcile.opts<{ day?: string }>().day ?? null));
}

function parseRegister(text: string): LoadStepView['step'] {
  const register = LoadStepView.shape.step.safeParse(text);
  if (register.success) return register.data;
  throw new InvalidArgumentError(`É um destes: ${REGISTERS.join(', ')}.`);
}
