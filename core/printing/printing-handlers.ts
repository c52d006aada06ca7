import { open, stat } from 'node:fs/promises';
import { constants } from 'node:fs';
import { isAbsolute } from 'node:path';
import { keyCard } from '../../contract/key-card.ts';
import { keyPage } from '../../contract/key-page.ts';
import type { PaperLine } from '../../contract/paper-layout.ts';
import type { PrinterSettings, PrintingView } from '../../contract/printing-api.ts';
import type { RefusalOf } from '../../contract/refusals.ts';
import { ok, refuse, type Result } from '../../contract/result.ts';
import type { Database, WriteTx } from '../../db/database-types.ts';
import { findCurrentOperator } from '../../db/operator-queries.ts';
import { findPaper, hasPrintOf } from '../../db/print-queries.ts';
import { discardPrintJobs, insertPrintJob, retryPrintJobs, savePrinter } from '../../db/print-writes.ts';
import { findEnrolment } from '../../db/setup-queries.ts';
import { appendAudit } from '../audit/audit.ts';
import type { Clock } from '../clock.ts';
import type { ActionHandler, CommandHandler, QueryHandler } from '../handlers.ts';
import { authorise, requireOperator } from '../operator/authorise.ts';
import { listPaymentTypeViews } from '../sale/tender-commands.ts';
import { readPolicies } from '../setup/read-policies.ts';
import { encodeDrawerPulse, encodePaper } from './encode-paper.ts';
import { readPrinter, toPrinterRecord, viewPrinting, viewPrintJobs } from './printing-view.ts';
import { printerName, type ReachablePrinter, type SendOutcome } from './send-bytes.ts';
import { testPage } from './test-page-rules.ts';
import { codeOf, deviceWords } from './write-to-device.ts';

export type PrintingHandlers = {
  readonly 'printer.view': QueryHandler<'printer.view'>;
  readonly 'printer.jobs': QueryHandler<'printer.jobs'>;
  readonly 'printer.configure': ActionHandler<'printer.configure'>;
  readonly 'printer.test': ActionHandler<'printer.test'>;
  readonly 'keys.printCard': ActionHandler<'keys.printCard'>;
  readonly 'printer.retry': CommandHandler<'printer.retry'>;
  readonly 'printer.discard': CommandHandler<'printer.discard'>;
  readonly 'paper.print': CommandHandler<'paper.print'>;
  readonly 'drawer.open': ActionHandler<'drawer.open'>;
};

/** The methods of `contract/printing-api.ts`. */
export function createPrintingHandlers(ports: {
  readonly db: Database;
  readonly clock: Clock;
  readonly send: (target: ReachablePrinter, bytes: Uint8Array) => Promise<SendOutcome>;
  /** The printer is tried at once, whatever it did before. */
  readonly wakeNow: () => void;
  readonly onChange: () => void;
  readonly view: () => PrintingView;
}): PrintingHandlers {
  const { db, clock, send, view } = ports;

  /** What is no document is printed while somebody waits for it, and never later. */
  async function printNow(
    page: (target: ReachablePrinter, settings: PrinterSettings) => readonly PaperLine[],
  ): Promise<Result<Record<string, never>, RefusalOf<'printer_not_configured' | 'printer_failed'>>> {
    const settings = readPrinter(db.read);
    const { target } = settings;
    if (target.kind === 'none') return refuse({ code: 'printer_not_configured' });
    const bytes = encodePaper(page(target, settings), settings, { isCopy: false, mayBeOut: false, opensDrawer: false });
    const outcome = await send(target, bytes);
    if (!outcome.ok) return failed(target, outcome);
    ports.wakeNow();
    return ok({});
  }

  return {
    'printer.view': (read) => ok(viewPrinting(read)),
    'printer.jobs': (read) => ok(viewPrintJobs(read)),

    'printer.configure': async (settings) => {
      const { target } = settings;
      if (target.kind === 'file') {
        const reason = await whyUnusable(target.path);
        if (reason !== null) return refuse({ code: 'printer_path_unusable', path: target.path, reason });
      }
      db.write((tx) => {
        savePrinter(tx, toPrinterRecord(settings));
        // With the printer its queue goes: papers that wait for nothing would wait for ever.
        if (target.kind === 'none') discardPrintJobs(tx, null);
        appendAudit(tx, {
          atMs: clock.nowMs(),
          operatorCode: findCurrentOperator(tx)?.operatorCode ?? null,
          action: 'printer_configure',
          subjectId: null,
          detail: settings,
        });
      });
      ports.wakeNow();
      ports.onChange();
      return ok(view());
    },

    'printer.test': () => printNow((target, settings) => testPage(printerName(target), settings)),

    'keys.printCard': ({ language }) =>
      printNow(() => {
        const sections = keyPage(readPolicies(db.read).keys, listPaymentTypeViews(db.read), language);
        return keyCard(sections, findEnrolment(db.read)?.stationCode ?? '', language);
      }),

    'printer.retry': {
      decide: (tx) => {
        retryPrintJobs(tx);
        ports.wakeNow();
        return ok({});
      },
      view: (read) => viewPrinting(read),
    },

    'printer.discard': {
      decide: (tx, { jobId }, { nowMs }) => {
        const discarded = discardPrintJobs(tx, jobId);
        if (discarded === 0 && jobId !== null) return refuse({ code: 'print_job_not_found', jobId });
        auditNow(tx, nowMs, 'print_discard', null, { jobId, discarded });
        return ok({});
      },
      view: (read) => viewPrinting(read),
    },

    'paper.print': {
      decide: (tx, { paperId }, { nowMs }) => {
        const operator = requireOperator(tx);
        if (!operator.ok) return operator;
        if (readPrinter(tx).target.kind === 'none') return refuse({ code: 'printer_not_configured' });
        const paper = findPaper(tx, paperId);
        if (paper === null) return refuse({ code: 'paper_not_found', paperId });
        const isCopy = hasPrintOf(tx, paperId);
        insertPrintJob(tx, { paperId, isCopy, opensDrawer: false, createdAtMs: nowMs });
        auditNow(tx, nowMs, 'paper_print', paper.documentId, { paperId, isCopy });
        return ok({});
      },
      view: (read) => viewPrinting(read),
    },

    'drawer.open': async ({ reason, approvalId }) => {
      const settings = readPrinter(db.read);
      const { target, drawer } = settings;
      // Audited before it opens: who opens it leaves a trace even if the power fails then.
      const allowed = db.write(
        (tx) => {
          const operator = requireOperator(tx);
          if (!operator.ok) return operator;
          if (target.kind === 'none' || !drawer) return refuse({ code: 'drawer_not_configured' });
          const nowMs = clock.nowMs();
          const leave = authorise(tx, operator.value, 'open_drawer', approvalId, nowMs);
          if (!leave.ok) return leave;
          appendAudit(tx, {
            atMs: nowMs,
            operatorCode: operator.value.operatorCode,
            approvedBy: leave.value.approvedBy,
            action: 'drawer_open',
            subjectId: null,
            detail: { reason },
          });
          return ok(target);
        },
        (result) => result.ok,
      );
      if (!allowed.ok) return allowed;
      const outcome = await send(allowed.value, encodeDrawerPulse(settings));
      return outcome.ok ? ok({}) : failed(allowed.value, outcome);
    },
  };
}

function failed(target: ReachablePrinter, { trouble }: Extract<SendOutcome, { ok: false }>) {
  return refuse({ code: 'printer_failed', printer: printerName(target), trouble: trouble.code, text: trouble.text });
}

function auditNow(
  tx: WriteTx,
  atMs: number,
  action: string,
  subjectId: string | null,
  detail: Readonly<Record<string, unknown>>,
): void {
  const operatorCode = findCurrentOperator(tx)?.operatorCode ?? null;
  appendAudit(tx, { atMs, operatorCode, action, subjectId, detail });
}

/** Why nothing can be printed to a path; null when it is there and takes writing. A port of Windows is no path. */
async function whyUnusable(path: string): Promise<string | null> {
  if (/^(COM|LPT)\d+$/i.test(path)) return null;
  if (!isAbsolute(path)) return 'não é um caminho completo';
  try {
    if ((await stat(path)).isDirectory()) return deviceWords('EISDIR');
    await (await open(path, constants.O_WRONLY | constants.O_APPEND | (constants.O_NONBLOCK ?? 0))).close();
    return null;
  } catch (error) {
    return deviceWords(codeOf(error));
  }
}
