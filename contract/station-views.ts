import { z } from 'zod';
import { BusinessDay, Id, Instant, StationCode } from './ids.ts';
import { Cents, SignedCents } from './money.ts';
import { Policies, Profile } from './policies.ts';
import { DeliveryView, PaymentKind } from './sale-views.ts';

/** Whether the ERP answered lately, by what it answered; never the operating system's opinion. */
export const Reachability = z.enum(['online', 'unreachable', 'busy', 'stopped', 'not_configured']);

/**
 * The state of replication: what the badge shows.
 *
 * `stoppedReason` names why the connector waits for a person (wrong password, a method the server lacks,
 * a number collision); `nextAttemptInMs` counts on the monotonic clock.
 */
export const SyncView = z.object({
  reachability: Reachability,
  stoppedReason: z.enum(['password_wrong', 'method_missing', 'code_collision', 'number_behind']).nullable(),
  stoppedText: z.string().nullable(),
  lastError: z.object({ class: z.string(), text: z.string(), at: Instant }).nullable(),
  unreachableSince: Instant.nullable(),
  nextAttemptInMs: z.int().nullable(),
  queue: z.record(z.string(), z.int()),
  waiting: z.int(),
  waitingCents: Cents,
  oldestWaitingAt: Instant.nullable(),
  errors: z.int(),
  lastConfirmedAt: Instant.nullable(),
  lastPullAt: Instant.nullable(),
  sending: z.boolean(),
});

/** One step of the initial load, in order. */
export const LoadStepView = z.object({
  step: z.enum([
    'station',
    'branch',
    'operators',
    'salespeople',
    'payment_types',
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

export const CashSessionView = z.object({
  cashSessionId: Id,
  businessDay: BusinessDay,
  openedAt: Instant,
  openedBy: z.string(),
  floatCents: Cents,
});

/** Result of closing a cash session: cash expected by the sales against what was counted. */
export const SessionClosingView = z.object({
  cashSessionId: Id,
  expectedCashCents: Cents,
  countedCashCents: Cents,
  differenceCents: SignedCents,
  closedAt: Instant,
});

export const PaymentTypeView = z.object({
  paymentTypeId: z.int(),
  code: z.string(),
  description: z.string(),
  kind: PaymentKind,
  allowsChange: z.boolean(),
  supported: z.boolean(),
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
    })
    .nullable(),
  policies: Policies,
  load: LoadView,
  operator: OperatorView.nullable(),
  cashSession: CashSessionView.nullable(),
  today: BusinessDay,
  sync: SyncView,
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

/** Sales of one business day: what this station sold against what the ERP confirmed. */
export const SummaryView = z.object({
  businessDay: BusinessDay,
  sales: z.int(),
  piecesMilli: z.int(),
  grossCents: Cents,
  discountCents: Cents,
  netCents: Cents,
  cancelled: z.int(),
  cancelledCents: Cents,
  byPaymentKind: z.array(
    z.object({ kind: PaymentKind, description: z.string(), count: z.int(), amountCents: SignedCents }),
  ),
  byHour: z.array(z.object({ hour: z.int(), sales: z.int(), netCents: Cents })),
  confirmed: z.object({ sales: z.int(), netCents: Cents }),
  differenceCents: SignedCents,
  unconfirmed: z.array(z.object({ number: z.string(), totalCents: Cents, state: z.string() })),
});

/** One check of `station doctor`: what was looked at, how it is, what to do. */
export const DoctorCheckView = z.object({
  name: z.string(),
  state: z.enum(['ok', 'warning', 'failed']),
  detail: z.string(),
  advice: z.string().nullable(),
});

/** A document that waits for a person, with the server's own words. */
export const SyncErrorView = z.object({ number: z.string(), totalCents: Cents, delivery: DeliveryView });

/** What came of "send now": whether it ran, and if not, why. */
export const SendOutcomeView = z.object({
  ran: z.boolean(),
  reason: z.enum(['nothing_waiting', 'unreachable', 'busy', 'stopped', 'already_running', 'not_configured']).nullable(),
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
export type CashSessionView = z.infer<typeof CashSessionView>;
export type SessionClosingView = z.infer<typeof SessionClosingView>;
export type PaymentTypeView = z.infer<typeof PaymentTypeView>;
export type StationView = z.infer<typeof StationView>;
export type HealthView = z.infer<typeof HealthView>;
export type SummaryView = z.infer<typeof SummaryView>;
export type DoctorCheckView = z.infer<typeof DoctorCheckView>;
export type SyncErrorView = z.infer<typeof SyncErrorView>;
export type SendOutcomeView = z.infer<typeof SendOutcomeView>;
export type PriceCheckView = z.infer<typeof PriceCheckView>;
