import { z } from 'zod';
import { CommandId, Id, Instant } from './ids.ts';
import { action, command, query } from './method.ts';

const none = z.object({});

/**
 * Where papers go. `network`: a printer's own port, usually 9100. `file`: a device or a file that is there already, e.g.
 * `/dev/usb/lp0`, a Windows share (`\\caixa1\termica`) or `COM3`.
 */
export const PrinterTarget = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('none') }),
  z.object({
    kind: z.literal('network'),
    host: z
      .string()
      .trim()
      .regex(/^[0-9A-Za-z]([0-9A-Za-z.:-]*[0-9A-Za-z])?$/)
      .max(253),
    port: z.int().min(1).max(65_535).default(9100),
  }),
  z.object({ kind: z.literal('file'), path: z.string().trim().min(1).max(500) }),
]);

/** `ascii`: for a printer whose code pages hold no Portuguese; accents are left out. */
export const CodePage = z.enum(['cp860', 'cp850', 'cp858', 'ascii']);

/**
 * The printer of this station. `columns`: characters of a line, 48 on 80 mm, 32 on 58 mm. `drawer`: the drawer hangs on
 * the printer, and opens by itself when cash is taken or given back.
 */
export const PrinterSettings = z.object({
  target: PrinterTarget,
  columns: z.union([z.literal(48), z.literal(32)]).default(48),
  codePage: CodePage.default('cp860'),
  cut: z.boolean().default(true),
  drawer: z.boolean().default(false),
});

/** Why a printer took nothing, as far as it can be known. */
export const PrinterTrouble = z.object({
  code: z.enum([
    'unreachable',
    'paper_out',
    'cover_open',
    'printer_error',
    'interrupted',
    'not_confirmed',
    'no_device',
  ]),
  /** The machine's own words, e.g. `conexão recusada`. */
  text: z.string(),
});

/**
 * One paper on its way to the printer.
 *
 * waiting -> printing -> printed, or failed: tried for long, a person decides. discarded: a person did.
 * `isCopy`: marked `2ª VIA`. `mayBeOut`: a try was cut short, so that the next one is marked.
 */
export const PrintJobView = z.object({
  jobId: z.int(),
  paperId: Id,
  kind: z.string(),
  /** First words of the paper that name its document, e.g. `Venda E01000000012`. */
  title: z.string(),
  state: z.enum(['waiting', 'printing', 'failed']),
  isCopy: z.boolean(),
  mayBeOut: z.boolean(),
  attempts: z.int(),
  createdAt: Instant,
});

/** How printing stands. `trouble`: what the printer said last, null once it printed. */
export const PrintingView = z.object({
  settings: PrinterSettings,
  waiting: z.int(),
  failed: z.int(),
  trouble: PrinterTrouble.nullable(),
});

/** Methods of the printer, its jobs and the drawer. No sale ever waits for one of them. */
export const printingApi = {
  'printer.view': query(none, PrintingView, []),
  /** Jobs that are not done, the oldest first. */
  'printer.jobs': query(none, z.array(PrintJobView), []),
  /** Chooses the printer; `none` leaves papers on the screen alone. */
  'printer.configure': action(PrinterSettings, PrintingView, ['printer_path_unusable']),
  /** Prints a page with every accent and both edges of the paper, now or not at all. */
  'printer.test': action(none, none, ['printer_not_configured', 'printer_failed']),
  /** Prints the keys of this station on one strip, now or not at all; it belongs to no document. */
  'keys.printCard': action(z.object({ language: z.enum(['pt-BR', 'en']) }), none, [
    'printer_not_configured',
    'printer_failed',
  ]),
  /** What failed waits again, and the printer is tried at once. */
  'printer.retry': command(none, PrintingView, []),
  /** Gives up one paper, or all that are not done. The documents stay; a paper can be printed again any time. */
  'printer.discard': command(z.object({ commandId: CommandId, jobId: z.int().min(1).nullable() }), PrintingView, [
    'print_job_not_found',
    'command_reused',
  ]),
  /** Prints a paper again, marked `2ª VIA` unless it was never printed. */
  'paper.print': command(z.object({ commandId: CommandId, paperId: Id }), PrintingView, [
    'login_required',
    'printer_not_configured',
    'paper_not_found',
    'command_reused',
  ]),
  /** Opens the drawer without a sale. */
  'drawer.open': action(
    z.object({ reason: z.string().trim().min(3).max(200), approvalId: Id.nullable().default(null) }),
    none,
    [
      'login_required',
      'drawer_not_configured',
      'printer_failed',
      'permission_required',
      'permission_denied',
      'approval_invalid',
    ],
  ),
} as const;

export type PrinterSettings = z.infer<typeof PrinterSettings>;
export type PrinterTarget = z.infer<typeof PrinterTarget>;
export type PrinterTrouble = z.infer<typeof PrinterTrouble>;
export type PrintingView = z.infer<typeof PrintingView>;
export type PrintJobView = z.infer<typeof PrintJobView>;
