import { findInvoiceCursor, saveInvoiceCursor, type InvoiceCursor } from '../back-office/invoice-cursor.ts';
import { toInvoiceText } from '../back-office/invoice-file-rules.ts';
import { readInvoices, type InvoiceRun } from '../back-office/read-invoices.ts';
import { writeFileWhole } from '../back-office/write-file.ts';
import {
  patience,
  withBackOffice,
  type BackOfficeConnection,
  type BackOfficeOptions,
} from './back-office-connection.ts';
import { showRefusal, type CommandContext } from './command-context.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { orFileTrouble } from './file-trouble.ts';

/** As they are typed. */
export type InvoiceOptions = BackOfficeOptions & {
  readonly since?: string;
  readonly until?: string;
  readonly transId?: number;
  readonly resume: boolean;
  readonly format: 'csv' | 'json';
  readonly out?: string;
  readonly page: number;
};

/**
 * `station invoices`: reads the ERP's invoices into a file.
 *
 * The file is in its place before the cursor moves: a kill between the two gives the same rows once more to the next
 * run, and loses none.
 */
export function listInvoices(context: CommandContext, options: InvoiceOptions): Promise<ExitCode> {
  const { since, transId, resume } = options;
  if (since === undefined && transId === undefined && !resume) {
    context.writeErr('Diga de onde ler: --since AAAA-MM-DD, --trans-id N ou --resume.');
    return Promise.resolve(EXIT.usage);
  }
  return orFileTrouble(context, () =>
    withBackOffice(context, options, (connection) => list(context, connection, options)),
  );
}

async function list(
  context: CommandContext,
  { link, target }: BackOfficeConnection,
  options: InvoiceOptions,
): Promise<ExitCode> {
  const start = startOf(options, options.resume ? findInvoiceCursor(context.data, target) : null);
  if (start === null) {
    context.writeErr('Nenhuma leitura anterior para continuar: comece com --since ou --trans-id.');
    return EXIT.usage;
  }
  const run = await readInvoices(start, {
    link,
    showcaseId: target.showcaseId,
    pageSize: options.page,
    ...patience(context, options),
    onPage: () => undefined,
  });
  // Nothing came: the file of an earlier run is left as it is.
  if (run.stopped !== null && run.rows.length === 0) return showRefusal(context, run.stopped);
  const text = toInvoiceText(run.rows, options.format);
  if (options.out === undefined) context.writeOut(text.trimEnd());
  else writeFileWhole(options.out, text);
  saveInvoiceCursor(context.data, target, run.cursor);
  tell(context, run, options);
  return run.stopped === null ? EXIT.ok : EXIT.attention;
}

function startOf({ since, until, transId, resume }: InvoiceOptions, kept: InvoiceCursor | null): InvoiceCursor | null {
  if (resume && kept === null && since === undefined && transId === undefined) return null;
  if (resume && kept !== null) return { ...kept, since: since ?? kept.since, until: until ?? kept.until };
  return { transId: transId ?? 0, floor: transId ?? 0, since: since ?? null, until: until ?? null, recent: [] };
}

function tell(context: CommandContext, { rows, cursor, stopped }: InvoiceRun, { out }: InvoiceOptions): void {
  const count = rows.length;
  if (context.json && out !== undefined) {
    context.writeOut(JSON.stringify({ rows: count, transId: cursor.transId, complete: stopped === null, out }));
    return;
  }
  const where = out === undefined ? '' : ` em ${out}`;
  const whole = stopped === null ? '' : ' Incompleto: continue com --resume.';
  const text = `${count} ${count === 1 ? 'faturamento' : 'faturamentos'}${where}, até o trans_id ${cursor.transId}.${whole}`;
  // Standard output is the file itself when no other is named.
  if (out === undefined) context.writeErr(text);
  else context.writeOut(text);
}
