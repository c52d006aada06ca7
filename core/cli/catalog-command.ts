import { basename } from 'node:path';
import { planCatalog, type CatalogPlan } from '../back-office/catalog-plan-rules.ts';
import type { CatalogIssue } from '../back-office/catalog-line-rules.ts';
import { toCsvText } from '../back-office/csv-text-rules.ts';
import { pushCatalog } from '../back-office/push-catalog.ts';
import { openPushJournal, type Noted } from '../back-office/push-journal.ts';
import { reportRows, summarizePush } from '../back-office/push-report-rules.ts';
import { readCatalogFile, type CatalogFile } from '../back-office/read-catalog-file.ts';
import { writeFileWhole } from '../back-office/write-file.ts';
import {
  patience,
  withBackOffice,
  type BackOfficeConnection,
  type BackOfficeOptions,
} from './back-office-connection.ts';
import { createProgress, describeIssues, describePush } from './catalog-texts.ts';
import { showRefusal, type CommandContext } from './command-context.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { orFileTrouble } from './file-trouble.ts';

/** As they are typed. */
export type CatalogPushOptions = BackOfficeOptions & {
  readonly skipBad: boolean;
  readonly batch: number;
  readonly ignoreColumn: readonly string[];
  readonly report?: string;
  readonly progress?: string;
};

/**
 * `station catalog push`: sends products, prices and stock of a CSV file to the ERP.
 *
 *   file -> every line is checked -- bad, no --skip-bad --> said, nothing is sent
 *              '- all good, or the bad ones left out --> batches, each answer on disk --> summary
 */
export function pushCatalogFile(context: CommandContext, file: string, options: CatalogPushOptions): Promise<ExitCode> {
  return orFileTrouble(context, async () => {
    const catalog = readCatalogFile(file, options.ignoreColumn);
    // Before any server is asked, with a branch for lines that name none: the station's own is known only later.
    const draft = planCatalog(catalog.lines, { ...catalog, branchCode: options.branch ?? '?' });
    const issues = inOrder([...catalog.issues, ...draft.issues]);
    if (isRefused(catalog, issues, options)) return refuseFile(context, draft.plan, issues, options);
    return withBackOffice(context, options, (connection) => push(context, file, catalog, connection, options));
  });
}

async function push(
  context: CommandContext,
  file: string,
  catalog: CatalogFile,
  { link, target, client }: BackOfficeConnection,
  options: CatalogPushOptions,
): Promise<ExitCode> {
  const { plan, issues: planIssues } = planCatalog(catalog.lines, { ...catalog, branchCode: target.branchCode });
  const issues = inOrder([...catalog.issues, ...planIssues]);
  if (isRefused(catalog, issues, options)) return refuseFile(context, plan, issues, options);

  const records = plan.products.length + plan.prices.length + plan.stock.length;
  const begun = await client?.call('backOffice.begin', {
    file: basename(file).slice(0, 200),
    sha256: catalog.sha256,
    records,
  });
  if (begun?.ok === false) return showRefusal(context, begun.error);
  const { server, showcaseId, priceTableId } = target;
  const identity = { sha256: catalog.sha256, server, showcaseId, priceTableId };
  const journal = openPushJournal(options.progress ?? `${file}.progress`, identity);
  if (journal.earlier.size > 0 && !context.json) {
    context.writeErr(`Continuando: ${journal.earlier.size} de ${records} registros têm resposta de antes.`);
  }
  try {
    const ports = { link, journal, showcaseId, priceTableId, batchSize: options.batch, ...patience(context, options) };
    const { noted, stopped } = await pushCatalog(plan, { ...ports, onProgress: createProgress(context) });
    const summary = summarizePush(plan, noted, issues);
    if (summary.pending === 0 && summary.errors.length === issues.length) journal.remove();
    writeReport(options, plan, noted, issues);
    if (context.json) context.writeOut(JSON.stringify(stopped === null ? summary : { ...summary, stopped }));
    else context.writeOut(describePush(summary).join('\n'));
    if (stopped !== null && !context.json) showRefusal(context, stopped);
    return summary.pending > 0 || summary.errors.length > 0 ? EXIT.attention : EXIT.ok;
  } finally {
    journal.close();
  }
}

function isRefused(
  { isUnusable }: CatalogFile,
  issues: readonly CatalogIssue[],
  { skipBad }: CatalogPushOptions,
): boolean {
  return isUnusable || (issues.length > 0 && !skipBad);
}

/** Nothing was sent: what is wrong, by line. */
function refuseFile(
  context: CommandContext,
  plan: CatalogPlan,
  issues: readonly CatalogIssue[],
  options: CatalogPushOptions,
): ExitCode {
  writeReport(options, plan, new Map(), issues);
  if (context.json) {
    const nothing: CatalogPlan = { products: [], prices: [], stock: [] };
    context.writeOut(JSON.stringify(summarizePush(nothing, new Map(), issues)));
  } else context.writeErr(describeIssues(issues).join('\n'));
  return EXIT.usage;
}

function writeReport(
  { report }: CatalogPushOptions,
  plan: CatalogPlan,
  noted: ReadonlyMap<string, Noted>,
  issues: readonly CatalogIssue[],
): void {
  if (report !== undefined) writeFileWhole(report, toCsvText(reportRows(plan, noted, issues)));
}

function inOrder(issues: readonly CatalogIssue[]): CatalogIssue[] {
  return issues.toSorted((a, b) => a.line - b.line);
}
