import { z } from 'zod';
import { Id, Instant } from './ids.ts';
import { Cents } from './money.ts';

/**
 * Where a Pix of a fixed QR is. The station never knows by itself: a person looks, first in the bank's app at the till,
 * later in the statement.
 *
 * waiting -> to_check (the till saw the credit) | given_up (nobody paid, or so it seemed)
 * to_check -> checked | missing, by the statement; to_return -> returned where the credit has no sale any more.
 */
export const PixState = z.enum(['waiting', 'given_up', 'to_check', 'checked', 'missing', 'to_return', 'returned']);

/** What the statement said: the credit is there, it is not, or it went back to the customer. */
export const PixOutcome = z.enum(['found', 'not_found', 'returned']);

/** The QR of a tender: `payload` is also what is pasted into a bank's app; `txid` stands in the statement. */
export const PixTenderView = z.object({ txid: z.string(), payload: z.string(), state: PixState });

/** One Pix that was asked for. `saleNumber` is null as long as its sale is open, and for ever when it was given up. */
export const PixChargeView = z.object({
  txid: z.string(),
  saleId: Id,
  saleNumber: z.string().nullable(),
  amountCents: Cents,
  state: PixState,
  shownAt: Instant,
  shownBy: z.string(),
  answeredAt: Instant.nullable(),
  answeredBy: z.string().nullable(),
  checkedAt: Instant.nullable(),
  checkedBy: z.string().nullable(),
  note: z.string().nullable(),
});

const PixSum = z.object({ count: z.int(), cents: Cents });

/** What a person still has to look at: `count` and `cents` are both kinds together; `oldestAt` when the first was shown. */
export const PixPendingView = PixSum.extend({ toCheck: PixSum, toReturn: PixSum, oldestAt: Instant.nullable() });

export const PixListView = z.object({ pending: PixPendingView, rows: z.array(PixChargeView) });

export type PixState = z.infer<typeof PixState>;
export type PixOutcome = z.infer<typeof PixOutcome>;
export type PixChargeView = z.infer<typeof PixChargeView>;
export type PixPendingView = z.infer<typeof PixPendingView>;
export type PixListView = z.infer<typeof PixListView>;
