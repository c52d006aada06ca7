import { z } from 'zod';
import { BackupView } from './backup-api.ts';
import { CashSessionView } from './cash-views.ts';
import { BusinessDay, Id, Instant, StationCode } from './ids.ts';
import { Cents, CentsSum, SignedCents, SignedCentsSum } from './money.ts';
import { Policies, Profile } from './policies.ts';
import { PrintingView } from './printing-api.ts';
import { DeliveryState, DeliveryView, PaymentKind } from './sale-views.ts';
import { BreakerView, SkippedRowsView, SyncAlertView, WholeReadView } from './sync-views.ts';

/**
 * Whether the ERP answered lately, by what it answered; never the operating system's opinion. `disabled`: nobody asks.
 * `connecting`: nobody can yet, as the station starts, loads for the first time, or has its login tried with other data.
 */
export const Reachability = z.enum([
  'online',
  'unreachable',
  'busy',
  'stopped',
  'disabled',
  'connecting',
  'not_configured',
]);

/**
 * The state of replication: what the badge shows.
 *
 * `stoppedReason` names why the connector waits for a person (wrong password, a key store that keeps it and does not answer, a method the server lacks,
 * a number collision); `nextAttemptInMs` counts on the monotonic clock. `methods`: what does not work alone.
 * `alerts`: what people have to know of. `wholeReads`: registers that are being read again from their first row.
 * `skippedRows`: rows of registers that could not be read and are not here.
 */
export const SyncView = z.object({
  reachability: Reachability,
  stoppedReason: z
    .enum([
      'password_wrong',
      'password_unreadable',
      'method_missing',
      'version_too_old',
      'code_collision',
      'number_behind',
      'audit_behind',
      'installation_other',
    ])
    .nullable(),
  stoppedText: z.string().nullable(),
  lastError: z.object({ class: z.string(), text: z.string(), at: Instant }).nullable(),
  unreachableSince: Instant.nullable(),
  nextAttemptInMs: z.int().nullable(),
  queue: z.record(z.string(), z.int()),
  waiting: z.int(),
  oldestWaitingAt: Instant.nullable(),
  errors: z.int(),
  lastConfirmedAt: Instant.nullable(),
  lastPullAt: Instant.nullable(),
  sending: z.boolean(),
  methods: z.array(BreakerView),
  alerts: z.array(SyncAlertView),
  wholeReads: z.array(WholeReadView),
  skippedRows: z.array(SkippedRowsView),
});

/** One step of the initial load, in order. */
export const LoadStepView = z.object({
  step: z.enum([
    'station',
    'branch',
    'operators',
    'salespeople',
    'payment_types',
    'payment_terms',
    'financial_reasons',
    'promotions',
    'customers',
    'products',
    'prices',
    'stock',
  ]),
  state: z.enum(['waiting', 'running', 'done', 'failed']),
  rows: z.int(),
  error: z.string().nullable(),
});

/** The initial load; `state` is `done` when the station is ready to sell. */
export const LoadView = z.object({
  state: z.enum(['idle', 'running', 'done', 'failed']),
  steps: z.array(LoadStepView),
  rowsPerSecond: z.int(),
  startedAt: Instant.nullable(),
});

export const OperatorView = z.object({ code: z.string(), name: z.string(), profile: Profile });

export const PaymentTypeView = z.object({
  paymentTypeId: z.int(),
  code: z.string(),
  description: z.string(),
  kind: PaymentKind,
  allowsChange: z.boolean(),
  supported: z.boolean(),
  /** The key that chooses it, 1 to 9; null where there are more types than digits. */
  digit: z.int().min(1).max(9).nullable(),
  /** Why it is not supported here: this till never takes the kind, or the group's Pix lacks something. */
  unavailable: z.enum(['kind', 'pix_key_missing', 'pix_key_invalid', 'pix_city_missing']).nullable(),
  maximumInstallments: z.int(),
});

/** Everything a screen needs that is not a sale: who, where, on which data, and how replication is. */
export const StationView = z.object({
  version: z.string(),
  schemaVersion: z.int(),
  setup: z.enum(['empty', 'demo', 'store']),
  demoServer: z.object({ running: z.boolean(), url: z.string().nullable() }).nullable(),
  station: z
    .object({
      code: StationCode,
      description: z.string(),
      branchCode: z.string(),
      branchName: z.string(),
      company: z.string(),
      cnpj: z.string(),
      server: z.string(),
      /** In which this branch counts its days; every instant is shown in it. */
      timeZone: z.string(),
    })
    .nullable(),
  policies: Policies,
  load: LoadView,
  operator: OperatorView.nullable(),
  cashSession: CashSessionView.nullable(),
  today: BusinessDay,
  sync: SyncView,
  backup: BackupView,
  printing: PrintingView,
});

/** What support reads: the core's own health. */
export const HealthView = z.object({
  pid: z.int(),
  uptimeSeconds: z.int(),
  data: z.string(),
  eventLoopP50Ms: z.number(),
  eventLoopP99Ms: z.number(),
  databaseBytes: z.int(),
  walBytes: z.int(),
  products: z.int(),
  skus: z.int(),
  sales: z.int(),
  cursors: z.array(
    z.object({ method: z.string(), scope: z.string(), transId: z.int(), rows: z.int(), at: Instant.nullable() }),
  ),
});

/**
 * One business day of this station: the documents that carry it, and what the ERP confirmed of them.
 *
 * Day D has the sales completed on D, all of them, also those cancelled since; and the cancellations made on D,
 * whatever day their sales are of. Its sums never change once its last cash session is closed: a later cancellation
 * belongs to the day on which it was made. Only the comparison with the ERP goes on, as documents arrive there.
 *
 * `sales` to `soldCents`: the sales of D (`soldCents = grossCents - discountCents`). `cancelled`, `cancelledCents`: the
 * cancellations of D; `cancelledOtherDays`, `cancelledOtherDaysCents`: how much of that undoes sales of another day.
 * `netCents = soldCents - cancelledCents`, negative on a day that gives back more than it sells.
 *
 * `byPaymentKind`: one row per payment type, taken less given back; adds up to `netCents`. Cash is what stays in the
 * drawer: without the change, and less what cancellations of D returned, so that float + cash is what a cash session
 * must hold. `count`: tenders taken; 0 where the day only gave back.
 * `byHour`: the sales of D by the hour on the clock of the branch, cancelled or not; adds up to `soldCents`.
 *
 * `confirmed`: sales and cancellations of D that the ERP confirmed, and their net. A cancelled sale counts there until
 * its cancellation is confirmed. `unconfirmed`: every other document of D, in causal order, a cancellation with the
 * number of its sale and a negative amount. `differenceCents = netCents - confirmed.netCents` is the sum of exactly
 * these; below 0 the ERP holds more than the till. It may be 0 with documents listed: a sale and its cancellation.
 *
 * Units: integer cents, thousandths of a piece. Source: docs/decisions/0006.
 */
export const SummaryView = z.object({
  businessDay: BusinessDay,
  sales: z.int(),
  piecesMilli: z.int(),
  grossCents: CentsSum,
  discountCents: CentsSum,
  soldCents: CentsSum,
  cancelled: z.int(),
  cancelledCents: CentsSum,
  cancelledOtherDays: z.int(),
  cancelledOtherDaysCents: CentsSum,
  netCents: SignedCentsSum,
  byPaymentKind: z.array(
    z.object({
      paymentTypeId: z.int(),
      kind: PaymentKind,
      description: z.string(),
      count: z.int(),
      amountCents: SignedCentsSum,
    }),
  ),
  byHour: z.array(z.object({ hour: z.int(), sales: z.int(), soldCents: CentsSum })),
  confirmed: z.object({ sales: z.int(), cancellations: z.int(), netCents: SignedCentsSum }),
  differenceCents: SignedCentsSum,
  unconfirmed: z.array(
    z.object({
      kind: z.enum(['sale', 'cancellation']),
      number: z.string(),
      amountCents: SignedCents,
      state: DeliveryState,
    }),
  ),
});

/** One check of `station doctor`: what was looked at, how it is, what to do. */
export const DoctorCheckView = z.object({
  name: z.string(),
  state: z.enum(['ok', 'warning', 'failed']),
  detail: z.string(),
  advice: z.string().nullable(),
});

/** A document that waits for a person, with the server's own words, or that waits for such a document. */
export const SyncErrorView = z.object({
  number: z.string(),
  totalCents: Cents,
  delivery: DeliveryView,
  /** The customer it tells of. */
  personId: Id.nullable(),
  /** Number of the document that was refused and that this one waits for; null when this one was refused itself. */
  waitsFor: z.string().nullable(),
  /** A sale that could go on without its customer (`customer.detach`). */
  isDetachable: z.boolean(),
});

/** What came of "send now": whether it ran, and if not, why. */
export const SendOutcomeView = z.object({
  ran: z.boolean(),
  reason: z
    .enum([
      'nothing_waiting',
      'unreachable',
      'busy',
      'stopped',
      'already_running',
      'disabled',
      'connecting',
      'not_configured',
    ])
    .nullable(),
  sent: z.int(),
  confirmed: z.int(),
  left: z.int(),
});

/** A product found by barcode, for the price check. */
export const PriceCheckView = z.object({
  sku: z.string(),
  barcode: z.string(),
  description: z.string(),
  reference: z.string(),
  color: z.string(),
  print: z.string(),
  size: z.string(),
  priceCents: Cents.nullable(),
  stockMilli: z.int().nullable(),
  stockAt: Instant.nullable(),
});

export type SyncView = z.infer<typeof SyncView>;
export type Reachability = z.infer<typeof Reachability>;
export type LoadView = z.infer<typeof LoadView>;
export type LoadStepView = z.infer<typeof LoadStepView>;
export type OperatorView = z.infer<typeof OperatorView>;
export type PaymentTypeView = z.infer<typeof PaymentTypeView>;
export type StationView = z.infer<typeof StationView>;
export type HealthView = z.infer<typeof HealthView>;
export type SummaryView = z.infer<typeof SummaryView>;
export type DoctorCheckView = z.infer<typeof DoctorCheckView>;
export type SyncErrorView = z.infer<typeof SyncErrorView>;
export type SendOutcomeView = z.infer<typeof SendOutcomeView>;
export type PriceCheckView = z.infer<typeof PriceCheckView>;
