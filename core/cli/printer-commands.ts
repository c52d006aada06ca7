import { randomUUID } from 'node:crypto';
import { DEFAULT_TIME_ZONE, formatInstant } from '../../contract/format.ts';
import type { PrinterSettings, PrinterTarget, PrintingView, PrintJobView } from '../../contract/printing-api.ts';
import { countPt } from '../../contract/refusal-texts/refusal-words.ts';
import { alignColumns, labelled } from './columns.ts';
import { show, showRefusal, withStation, type CommandContext } from './command-context.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';

/** As they are typed; what is left out stays. `none` and `device` stand beside `network`, never together. */
export type PrinterOptions = {
  readonly network?: PrinterTarget;
  readonly device?: string;
  readonly none?: true;
  readonly columns?: 48 | 32;
  readonly codePage?: PrinterSettings['codePage'];
  readonly cut?: boolean;
  readonly drawer?: boolean;
};

/** `station printer`: which printer this is, and how it does. */
export function showPrinter(context: CommandContext): Promise<ExitCode> {
  return withStation(context, (station) => show(context, station, 'printer.view', {}, describePrinter, exitOf));
}

/** `station printer set`: what is not named stays as it is. */
export function setPrinter(context: CommandContext, options: PrinterOptions): Promise<ExitCode> {
  return withStation(context, async (station) => {
    const now = await station.client.call('printer.view', {});
    if (!now.ok) return showRefusal(context, now.error);
    const { settings } = now.output;
    const input: PrinterSettings = {
      target: targetOf(options) ?? settings.target,
      columns: options.columns ?? settings.columns,
      codePage: options.codePage ?? settings.codePage,
      cut: options.cut ?? settings.cut,
      drawer: options.drawer ?? settings.drawer,
    };
    return show(context, station, 'printer.configure', input, describePrinter);
  });
}

/** `station printer test`. */
export function printTestPage(context: CommandContext): Promise<ExitCode> {
  return withStation(context, (station) =>
    show(context, station, 'printer.test', {}, () => [
      'Página de teste enviada: confira a régua e os acentos no papel.',
    ]),
  );
}

/** `station printer queue`. */
export function showPrintQueue(context: CommandContext): Promise<ExitCode> {
  return withStation(context, async (station) => {
    const view = await station.client.call('station.view', {});
    if (!view.ok) return showRefusal(context, view.error);
    const timeZone = view.output.station?.timeZone ?? DEFAULT_TIME_ZONE;
    return show(
      context,
      station,
      'printer.jobs',
      {},
      (jobs) => describeJobs(jobs, timeZone),
      (jobs) => (jobs.length === 0 ? EXIT.ok : EXIT.attention),
    );
  });
}

/** `station printer retry`: does not wait for the printer, which may take its time. */
export function retryPapers(context: CommandContext): Promise<ExitCode> {
  return withStation(context, (station) =>
    show(context, station, 'printer.retry', {}, ({ waiting }) => [
      waiting === 0 ? NOTHING : `${papers(waiting)} a caminho da impressora. Veja com \`station printer queue\`.`,
    ]),
  );
}

/** `station printer discard NUMBER` or `--all`: one of the two, so that nobody gives up all by a word too few. */
export function discardPapers(
  context: CommandContext,
  { jobId, isAll }: { readonly jobId: number | null; readonly isAll: boolean },
): Promise<ExitCode> {
  if ((jobId === null) !== isAll) {
    context.writeErr('Diga o número de um comprovante (`station printer queue`), ou --all para todos.');
    return Promise.resolve(EXIT.usage);
  }
  return withStation(context, (station) =>
    show(context, station, 'printer.discard', { commandId: randomUUID(), jobId }, ({ waiting, failed }) => [
      'Descartado. O documento fica, e pode ser impresso de novo pela tela.',
      waiting + failed === 0 ? NOTHING : `Ainda na fila: ${papers(waiting + failed)}.`,
    ]),
  );
}

const NOTHING = 'Nada a imprimir.';

const CODE_PAGES: Readonly<Record<PrinterSettings['codePage'], string>> = {
  cp860: 'português (cp860)',
  cp850: 'Europa (cp850)',
  cp858: 'Europa com euro (cp858)',
  ascii: 'sem acentos (ascii)',
};

function describePrinter({ settings, waiting, failed, trouble }: PrintingView): string[] {
  const { target, columns, codePage, cut, drawer } = settings;
  const queue = waiting + failed === 0 ? 'nada a imprimir' : `${waiting} a imprimir, ${failed} à espera de uma pessoa`;
  if (target.kind === 'none')
    return ['Sem impressora: os comprovantes ficam na tela. Escolha com `station printer set`.'];
  return labelled([
    ['Impressora', target.kind === 'file' ? target.path : `${target.host}:${target.port}`],
    ['Papel', columns === 48 ? '80 mm, 48 colunas' : '58 mm, 32 colunas'],
    ['Acentos', CODE_PAGES[codePage]],
    ['Corta o papel', yesNo(cut)],
    ['Gaveta nela', yesNo(drawer)],
    ['Fila', queue],
    ...(trouble === null ? [] : ([['Última resposta', trouble.text]] as const)),
  ]);
}

const STATES: Readonly<Record<PrintJobView['state'], string>> = {
  waiting: 'espera a impressora',
  printing: 'saindo agora',
  failed: 'NÃO SAIU, espera uma pessoa',
};

function describeJobs(jobs: readonly PrintJobView[], timeZone: string): string[] {
  if (jobs.length === 0) return [NOTHING];
  const rows = jobs.map((job) => [
    String(job.jobId),
    formatInstant(job.createdAt, 'pt-BR', timeZone),
    job.isCopy ? `${job.title} (2ª via)` : job.title,
    countPt(job.attempts, 'tentativa', 'tentativas'),
    STATES[job.state],
  ]);
  return [`${papers(jobs.length)} na fila:`, ...alignColumns(rows)];
}

function targetOf({ network, device, none }: PrinterOptions): PrinterTarget | undefined {
  if (none === true) return { kind: 'none' };
  return device === undefined ? network : { kind: 'file', path: device };
}

/** Papers that only a person moves on; what waits for the printer does so by itself. */
function exitOf({ failed }: PrintingView): ExitCode {
  return failed === 0 ? EXIT.ok : EXIT.attention;
}

function papers(count: number): string {
  return countPt(count, 'comprovante', 'comprovantes');
}

function yesNo(value: boolean): string {
  return value ? 'sim' : 'não';
}
