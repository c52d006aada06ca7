import { layOutPaper, type PaperLine } from '../../contract/paper-layout.ts';
import {
  CodePage,
  PrinterSettings,
  type PrintingView,
  type PrintJobView,
  type PrinterTrouble,
} from '../../contract/printing-api.ts';
import type { ReadDb } from '../../db/database-types.ts';
import {
  countPrintJobs,
  findPrinter,
  listUnfinishedPrintJobs,
  type PrinterRecord,
  type PrintJobRecord,
} from '../../db/print-queries.ts';

/** The printer of this station; `none` with the usual paper before anybody chose one. */
export function readPrinter(db: ReadDb): PrinterSettings {
  const row = findPrinter(db);
  if (row === null) return PrinterSettings.parse({ target: { kind: 'none' } });
  return {
    target:
      row.kind === 'none'
        ? { kind: 'none' }
        : row.kind === 'file'
          ? { kind: 'file', path: row.address }
          : { kind: 'network', host: row.address, port: row.port ?? 9100 },
    columns: row.columns === 32 ? 32 : 48,
    codePage: CodePage.parse(row.codePage),
    cut: row.cuts,
    drawer: row.hasDrawer,
  };
}

/** The settings as they are stored. */
export function toPrinterRecord({ target, columns, codePage, cut, drawer }: PrinterSettings): PrinterRecord {
  return {
    kind: target.kind,
    address: target.kind === 'none' ? '' : target.kind === 'file' ? target.path : target.host,
    port: target.kind === 'network' ? target.port : null,
    columns,
    codePage,
    cuts: cut,
    hasDrawer: drawer,
  };
}

/** How printing stands, in one line of the window. */
export function viewPrinting(db: ReadDb): PrintingView {
  const settings = readPrinter(db);
  const counts = countPrintJobs(db);
  // Nothing waits: whatever the printer said before is over.
  const stuck = counts.waiting + counts.failed === 0 ? undefined : listUnfinishedPrintJobs(db)[0];
  const trouble =
    stuck?.troubleCode == null
      ? null
      : { code: stuck.troubleCode as PrinterTrouble['code'], text: stuck.troubleText ?? '' };
  return { settings, ...counts, trouble };
}

/** The jobs that are not done. */
export function viewPrintJobs(db: ReadDb): PrintJobView[] {
  return listUnfinishedPrintJobs(db).map((job) => ({
    jobId: job.jobId,
    paperId: job.paperId,
    kind: job.kind,
    title: titleOf(job),
    state: job.state === 'failed' || job.state === 'printing' ? job.state : 'waiting',
    isCopy: job.isCopy,
    mayBeOut: job.mayBeOut,
    attempts: job.attempts,
    createdAt: new Date(job.createdAtMs).toISOString(),
  }));
}

/** The first line in bold names the document on each paper. */
function titleOf({ lines, kind }: PrintJobRecord): string {
  const bold = (JSON.parse(lines) as PaperLine[]).find(({ style }) => style === 'bold');
  return bold === undefined ? kind : (layOutPaper([{ text: bold.text, style: 'bold' }], 48)[0]?.text ?? kind);
}
