import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Command } from 'commander';
import packageJson from '../../package.json' with { type: 'json' };
import { syncPath } from '../../db/sync-path.ts';
import { formatCents } from '../../contract/format.ts';
import { countPt } from '../../contract/refusal-texts/refusal-words.ts';
import type { Delivered, Delivery } from '../backup/deliver-pending.ts';
import type { Pending } from '../backup/pending-file.ts';
import { systemClock } from '../clock.ts';
import { maskSecrets } from '../log.ts';
import { systemRandom } from '../random.ts';
import { alignColumns } from './columns.ts';
import { showRefusal, writeAnswer, type CommandContext } from './command-context.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { orFileTrouble } from './file-trouble.ts';
import { readSecrets } from './read-password.ts';

/** A passphrase guards sales and CPFs on a stick: short ones are guessed. */
const MIN_PASSPHRASE = 12;

type Runs = (command: Command, run: (context: CommandContext) => Promise<ExitCode>) => void;

/** The commands that carry what a station cannot deliver to a machine that can. */
export function addPendingCommands(program: Command, runs: Runs): void {
  const out = program.command('export-pending');
  out.description('exporta os documentos não entregues, cifrados; a frase (12 letras ou mais) é lida da entrada');
  out.argument('<arquivo>', 'arquivo a gravar');
  out.option('--from <arquivo>', 'lê de uma cópia de segurança ou de outro banco, e não da pasta de dados');
  runs(out, (context) =>
    orFileTrouble(context, () =>
      exportPending(context, String(out.processedArgs[0]), out.opts<{ from?: string }>().from ?? null),
    ),
  );

  const deliver = program.command('deliver');
  deliver.description('entrega de outra máquina o que foi exportado; repetir não faz mal. Entrada: a frase, a senha');
  deliver.argument('<arquivo>', 'arquivo de `station export-pending`');
  deliver.requiredOption('--server <endereço>', 'endereço do servidor, por exemplo http://erp:6017');
  deliver.requiredOption('--user <usuário>', 'usuário do ERP');
  runs(deliver, (context) =>
    orFileTrouble(context, () =>
      deliverFile(context, String(deliver.processedArgs[0]), deliver.opts<{ server: string; user: string }>()),
    ),
  );
}

async function exportPending(context: CommandContext, file: string, from: string | null): Promise<ExitCode> {
  const [passphrase] = (await readSecrets(context, ['Frase para cifrar o arquivo (não aparece ao digitar):'])) ?? [];
  if (passphrase === undefined || passphrase.length < MIN_PASSPHRASE) {
    context.writeErr(`A frase se lê da entrada e tem ao menos ${MIN_PASSPHRASE} letras.`);
    return EXIT.usage;
  }
  if (existsSync(file)) return showRefusal(context, { code: 'pending_file_invalid', file, reason: 'já existe' });
  // Loaded here: every other command does without the database's own library.
  const { readPending } = await import('../backup/export-pending.ts');
  const { sealPending } = await import('../backup/pending-file.ts');
  const source = from ?? join(context.data, 'station.db');
  if (!existsSync(source)) {
    context.writeErr(`O arquivo ${source} não existe: confira a pasta de dados (--data) ou o arquivo de --from.`);
    return EXIT.usage;
  }
  const read = await readPending({ file: source, nowMs: Date.now(), newId: systemRandom.newId });
  if (!read.ok) return showRefusal(context, read.error);
  const { customers, documents, cash } = read.value;
  const count = customers.length + documents.length + cash.length;
  if (count > 0) writeFileDurably(file, sealPending(read.value, passphrase));
  writeAnswer(context, { ok: true, output: { file: count > 0 ? file : null, documents: count } }, () =>
    describeExport(read.value, file),
  );
  return EXIT.ok;
}

function describeExport({ stationCode, customers, documents, cash }: Pending, file: string): string[] {
  if (customers.length + documents.length + cash.length === 0)
    return ['Nada a exportar: tudo foi entregue. Nenhum arquivo gravado.'];
  const sales = documents.flatMap(({ document }) => (document.kind === 'sale' ? [document] : []));
  const totalCents = sales.reduce((sum, sale) => sum + sale.totalCents, 0);
  return [
    [
      `${stationCode}: ${countPt(sales.length, 'venda', 'vendas')} (${formatCents(totalCents)})`,
      countPt(documents.length - sales.length, 'cancelamento', 'cancelamentos'),
      countPt(customers.length, 'cliente', 'clientes'),
      `${countPt(cash.length, 'documento de caixa', 'documentos de caixa')} em ${file}`,
    ].join(', '),
    'Em uma máquina que alcança o servidor: station deliver ARQUIVO --server ENDEREÇO --user USUÁRIO',
    'A estação pode continuar: o que chegar por um dos caminhos, o outro encontra.',
  ];
}

async function deliverFile(
  context: CommandContext,
  file: string,
  options: { readonly server: string; readonly user: string },
): Promise<ExitCode> {
  const text = readFileSync(file, 'utf8');
  const { normalizeServerUrl } = await import('../setup/enrolment-rules.ts');
  const server = normalizeServerUrl(options.server);
  if (server === null) return showRefusal(context, { code: 'server_url_invalid', server: options.server });
  const secrets = await readSecrets(context, [
    'Frase do arquivo (não aparece ao digitar):',
    'Senha do ERP (não aparece ao digitar):',
  ]);
  const [passphrase, password] = secrets ?? [];
  if (passphrase === undefined || password === undefined) {
    context.writeErr('A entrada tem duas linhas: a frase do arquivo e a senha do ERP.');
    return EXIT.usage;
  }
  const { openPending } = await import('../backup/pending-file.ts');
  const pending = openPending(text, passphrase, file);
  if (!pending.ok) return showRefusal(context, pending.error);
  const delivery = await deliver(context, pending.value, { server, user: options.user, password });
  writeAnswer(context, { ok: true, output: delivery }, () => describeDelivery(delivery));
  return delivery.documents.every(({ result }) => result === 'confirmed') ? EXIT.ok : EXIT.attention;
}

async function deliver(
  { writeErr, data }: CommandContext,
  pending: Pending,
  { server, user, password }: { readonly server: string; readonly user: string; readonly password: string },
): Promise<Delivery> {
  const { createMillenniumConnector } = await import('../connectors/millennium/millennium-connector.ts');
  const { readMethodNamesFile } = await import('../connectors/method-names-file.ts');
  const { deliverPending } = await import('../backup/deliver-pending.ts');
  const silent = (): void => undefined;
  const connector = createMillenniumConnector({
    serverUrl: server,
    user,
    password,
    clock: systemClock,
    random: systemRandom,
    log: {
      info: silent,
      warn: (event, facts) => writeErr(`  ${event} ${JSON.stringify(facts ?? {}, maskSecrets)}`),
      error: silent,
      close: silent,
    },
    nameOf: readMethodNamesFile(data).names,
    identity: { version: packageJson.version },
  });
  try {
    return await deliverPending({ pending, connector, clock: systemClock });
  } finally {
    await connector.close();
  }
}

const KINDS: Readonly<Record<Delivered['kind'], string>> = {
  sale: 'venda',
  cancellation: 'cancelamento',
  customer: 'cliente',
  cash: 'caixa',
};
const RESULTS: Readonly<Record<Delivered['result'], string>> = {
  confirmed: 'entregue e conferido',
  sent: 'entregue, falta conferir',
  waiting: 'espera outro documento',
  rejected: 'RECUSADO',
  diverged: 'DIFERENTE NO ERP',
  collision: 'NÚMERO DE OUTRO DOCUMENTO NO ERP',
  unknown: 'sem resposta: repita o comando',
  untried: 'não enviado: repita o comando',
};

function describeDelivery({ documents, failure }: Delivery): string[] {
  const rows = documents.map(({ kind, number, amountCents, result, text }) => [
    number,
    KINDS[kind],
    formatCents(amountCents),
    RESULTS[result],
    text ?? '',
  ]);
  const done = documents.filter(({ result }) => result === 'confirmed').length;
  const said =
    failure === null
      ? []
      : [
          `O servidor recusou ou parou de atender: ${failure.text}. Resolva isso e repita o comando: repetir não faz mal.`,
        ];
  return [...alignColumns(rows), `${done} de ${documents.length} entregues e conferidos.`, ...said];
}

/** The whole file or none of it, for this user alone. */
function writeFileDurably(file: string, text: string): void {
  const draft = `${file}.part`;
  const descriptor = openSync(draft, 'w', 0o600);
  try {
    writeFileSync(descriptor, text);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(draft, file);
  syncPath(dirname(file));
}
