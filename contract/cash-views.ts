import { z } from 'zod';
import { BusinessDay, Id, Instant } from './ids.ts';
import { Cents, CentsSum, SignedCentsSum } from './money.ts';
import { PaymentKind, PaperView } from './sale-views.ts';

/** Notes and coins of the real, the largest first. Units: cents. */
export const DENOMINATIONS_CENTS = [20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50, 25, 10, 5, 1] as const;

/** Largest number of one note or coin in a drawer: above it a typing error is certain. */
const MAX_QUANTITY = 99_999;

/** How many of one note or coin were counted. */
export const DenominationCount = z.object({
  valueCents: z.literal(DENOMINATIONS_CENTS),
  quantity: z.int().min(0).max(MAX_QUANTITY),
});

/**
 * The open or just closed cash session.
 *
 * `isCounted`: its drawer was counted, so that nothing is sold in it any more. `isLeftOver`: it is of a day that is
 * over and nobody let it go on; nothing is sold before that is decided.
 */
export const CashSessionView = z.object({
  cashSessionId: Id,
  businessDay: BusinessDay,
  openedAt: Instant,
  openedBy: z.string(),
  floatCents: Cents,
  isCounted: z.boolean(),
  isLeftOver: z.boolean(),
});

/** Cash put into the drawer (`supply`) or taken out (`withdrawal`) for a reason of the ERP's register. */
export const CashMovementView = z.object({
  movementId: Id,
  number: z.string(),
  kind: z.enum(['supply', 'withdrawal']),
  reason: z.string(),
  amountCents: Cents,
  note: z.string(),
  operator: z.string(),
  approvedBy: z.string().nullable(),
  movedAt: Instant,
  paper: PaperView,
});

/** A financial reason that may be chosen; `in` fits a supply, `out` a withdrawal. */
export const FinancialReasonView = z.object({
  financialReasonId: z.int(),
  code: z.string(),
  description: z.string(),
  direction: z.enum(['in', 'out']),
});

/** One thing to count: cash (by its notes), or a payment type, of cards one for each acquirer. */
const CountPlace = z.object({
  paymentTypeId: z.int(),
  acquirerId: z.int().nullable(),
  description: z.string(),
  kind: PaymentKind,
});

/** What was expected and counted of one thing. `differenceCents` above 0: more was counted. */
export const CountLineView = CountPlace.extend({
  expectedCents: SignedCentsSum,
  countedCents: CentsSum,
  differenceCents: SignedCentsSum,
});

/** A confirmed count. Only from here on anybody at the till learns what was expected. */
export const CashCountView = z.object({
  countId: Id,
  attempt: z.int(),
  countedAt: Instant,
  countedBy: z.string(),
  denominations: z.array(DenominationCount),
  lines: z.array(CountLineView),
  cashCountedCents: CentsSum,
  differenceCents: SignedCentsSum,
});

/**
 * What stands before the count of the open session, and the counts that were confirmed. Nothing in it tells what is
 * expected before the first one was.
 *
 * `open`, `parked`: sales that have to be finished first. `pendingCancellations`: of this session, not confirmed by the ERP
 * yet; `pendingPix`: that a person still has to find in the statement or give back; `refused`: documents that wait for a
 * person; `cardsWithoutNsu`: card payments of this session without the number of the terminal, with the sales that have
 * them (the first 20). These hold nothing up.
 */
export const CashClosingView = z.object({
  session: CashSessionView,
  open: z.int(),
  parked: z.int(),
  pendingCancellations: z.int(),
  pendingPix: z.int(),
  refused: z.int(),
  cardsWithoutNsu: z.object({ count: z.int(), sales: z.array(z.string()) }),
  places: z.array(CountPlace),
  counts: z.array(CashCountView),
  canRecount: z.boolean(),
  suggestedFloatCents: Cents,
});

/** A closed cash session: its last count, both counts, what stays in the drawer, and its papers. */
export const SessionClosingView = z.object({
  cashSessionId: Id,
  expectedCashCents: SignedCentsSum,
  countedCashCents: CentsSum,
  differenceCents: SignedCentsSum,
  floatLeftCents: Cents,
  closedAt: Instant,
  counts: z.array(CashCountView),
  papers: z.array(PaperView),
});

/** A paper of the drawer, and when it was written. */
export const CashPaperView = z.object({ createdAt: Instant, paper: PaperView });

export type CashPaperView = z.infer<typeof CashPaperView>;
export type CashSessionView = z.infer<typeof CashSessionView>;
export type CashMovementView = z.infer<typeof CashMovementView>;
export type FinancialReasonView = z.infer<typeof FinancialReasonView>;
export type DenominationCount = z.infer<typeof DenominationCount>;
export type CountPlace = z.infer<typeof CountPlace>;
export type CountLineView = z.infer<typeof CountLineView>;
export type CashCountView = z.infer<typeof CashCountView>;
export type CashClosingView = z.infer<typeof CashClosingView>;
export type SessionClosingView = z.infer<typeof SessionClosingView>;
