import type { Command } from 'commander';
import type { CommandContext } from './command-context.ts';
import { detachCustomer, discardDocument, recheckDocument, resendDocument } from './document-commands.ts';
import type { ExitCode } from './exit-codes.ts';

type Runs = (command: Command, run: (context: CommandContext) => Promise<ExitCode>) => void;

/** Adds what a person does about the documents that `errors` lists. */
export function addDocumentCommands(program: Command, runs: Runs): void {
  const recheck = aboutDocument(program, 'recheck', 'confere no ERP um documento em erro, sem enviar nada');
  runs(recheck, (context) => recheckDocument(context, nameOf(recheck)));

  const resend = aboutDocument(program, 'resend', 'envia de novo um documento em erro; antes, procura-o no ERP');
  runs(resend, (context) => resendDocument(context, nameOf(resend)));

  const discard = aboutDocument(
    program,
    'discard',
    'desiste de um documento em erro, para sempre; com uma venda, anula também o cancelamento dela',
  );
  discard.requiredOption('--reason <motivo>', 'por que não será enviado; fica na auditoria');
  discard.option('--operator <código>', 'quem libera, se o operador no caixa não pode; o PIN é a 1ª linha da entrada');
  runs(discard, (context) => {
    const { reason, operator } = discard.opts<{ reason: string; operator?: string }>();
    return discardDocument(context, nameOf(discard), { reason, operator: operator ?? null });
  });

  const detach = program.command('detach');
  detach.description('envia uma venda sem o cliente que o ERP recusa ou perdeu, para sempre');
  detach.argument('<número>', 'o da venda, como `station errors` mostra');
  detach.requiredOption('--reason <motivo>', 'fica na auditoria');
  runs(detach, (context) =>
    detachCustomer(context, String(detach.processedArgs[0]), detach.opts<{ reason: string }>().reason),
  );
}

function aboutDocument(program: Command, name: string, description: string): Command {
  return program
    .command(name)
    .description(description)
    .argument('<número>', 'como `station errors` mostra')
    .option('--cancellation', 'o cancelamento da venda com esse número, e não ela', false);
}

function nameOf(command: Command): { readonly number: string; readonly isCancellation: boolean } {
  const { cancellation } = command.opts<{ cancellation: boolean }>();
  return { number: String(command.processedArgs[0]), isCancellation: cancellation };
}
