import { z } from 'zod';
import { BusinessDay, Id, Instant } from './ids.ts';
import { SignedCents } from './money.ts';
import { DeliveryState, DeliveryView, PaperView } from './sale-views.ts';
import { SyncErrorView } from './station-views.ts';

/** What one movement is: everything this station records and tells the ERP. */
export const MovementKind = z.enum(['sale', 'cancellation', 'opening', 'supply', 'withdrawal', 'closing', 'customer']);

/**
 * Which movements are asked for; every part that is given must fit.
 *
 * `text`: a whole number or its beginning (`E01000000123`, `E010000`), the number of a sale without its zeros (`123`),
 * or an amount (`189,90`). `state` waiting: on its way; rejected: waits for a person (refused or different there);
 * cancelled: a sale that was cancelled; given_up: discarded by a person, or ended with what was.
 */
export const MovementFilter = z.object({
  text: z.string().trim().max(40).default(''),
  state: z.enum(['waiting', 'confirmed', 'rejected', 'cancelled', 'given_up']).nullable().default(null),
  kind: z.enum(['sale', 'cancellation', 'cash', 'customer']).nullable().default(null),
  businessDay: BusinessDay.nullable().default(null),
});

/**
 * One row of the list. `amountCents`: what it brought into the store, negative when it went out (a cancellation, a
 * withdrawal); null where there is none (a closing, a customer). `saleId`: of a sale, or the sale a cancellation undoes.
 *
 * Units: integer cents, thousandths of a piece.
 */
export const MovementRowView = z.object({
  kind: MovementKind,
  number: z.string(),
  businessDay: BusinessDay,
  at: Instant,
  operator: z.string().nullable(),
  amountCents: SignedCents.nullable(),
  piecesMilli: z.int().nullable(),
  saleId: Id.nullable(),
  isCancelled: z.boolean(),
  delivery: DeliveryView,
});

/**
 * One thing that became of a document, as far as it is kept: of the attempts their number and the last trouble.
 *
 * `confirmed`: read back from the ERP and equal; `number` is the ERP's own. `compared`: the day's list of the ERP had
 * it (`isEqual`) or not. `annulled`: ended with the sale that was given up, there is nothing to cancel at the ERP.
 */
export const MovementStepView = z.object({
  of: MovementKind,
  kind: z.enum([
    'recorded',
    'attempted',
    'detached',
    'resent',
    'rechecked',
    'state',
    'confirmed',
    'compared',
    'discarded',
    'annulled',
  ]),
  /** Null where only the fact is kept. */
  at: Instant.nullable(),
  by: z.string().nullable(),
  approvedBy: z.string().nullable(),
  /** The reason a person gave, or the words of the ERP. */
  text: z.string().nullable(),
  state: DeliveryState.nullable(),
  attempts: z.int().nullable(),
  number: z.string().nullable(),
  isEqual: z.boolean().nullable(),
});

/** A movement with all that happened to it; of a sale and its cancellation both are told. `error`: it waits for a person. */
export const MovementView = z.object({
  row: MovementRowView,
  steps: z.array(MovementStepView),
  papers: z.array(PaperView),
  error: SyncErrorView.nullable(),
});

export type MovementKind = z.infer<typeof MovementKind>;
export type MovementFilter = z.infer<typeof MovementFilter>;
export type MovementRowView = z.infer<typeof MovementRowView>;
export type MovementStepView = z.infer<typeof MovementStepView>;
export type MovementView = z.infer<typeof MovementView>;
