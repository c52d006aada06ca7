import { z } from 'zod';
import { BusinessDay, Instant } from './ids.ts';
import { Cents, CentsSum } from './money.ts';

/**
 * One thing that is asked of the ERP and does not work while the rest does: it is left alone and asked again later.
 *
 * `open`: keeps failing; `half_open`: the next call tries it; `missing`: the server lacks the method. `task` is the
 * register or `push`, `heartbeat`; `method` is the ERP's own name.
 */
export const BreakerView = z.object({
  task: z.string(),
  method: z.string(),
  state: z.enum(['open', 'half_open', 'missing']),
  failures: z.int(),
  text: z.string(),
  since: Instant,
  nextAttemptInMs: z.int(),
});

/** A register with a cursor that is being read whole; rows are kept as they come and what is gone leaves at the end. */
export const WholeReadView = z.object({ register: z.enum(['products', 'prices', 'stock']), rows: z.int() });

/**
 * Rows that one method of the ERP brought and that could not be read, so that they are not here: how many (up to 100),
 * and what the ERP calls the first of them, with the field that is wrong.
 */
export const SkippedRowsView = z.object({
  method: z.string(),
  count: z.int(),
  since: Instant,
  first: z.array(z.object({ row: z.string(), text: z.string() })),
});

/**
 * Something that happened to the data between station and ERP and that people have to know of; stays until a person
 * resumed (`sync.resume`).
 *
 * `erp_restored`: the ERP went back in time, what it lost is delivered again. `day_differs`: a day of the ERP is not
 * ours. `day_confirmed_lost`: the ERP lacks what it had confirmed, and it is delivered again. `customers_differ`: a restored
 * ERP has customers with other data than this till told it; the ERP's stay.
 */
export const SyncAlertView = z.object({
  kind: z.enum(['erp_restored', 'day_differs', 'day_confirmed_lost', 'customers_differ']),
  text: z.string(),
  at: Instant,
});

/**
 * One business day of this station here and at the ERP, by the ERP's own list of orders.
 *
 * Both sides count the sales of the day that stand (not cancelled) and their sum. `differences`: each document that is
 * not the same on both sides. `missing_there`: the ERP lacks it; `isKnown` when it is still on its way and nothing is
 * wrong. `missing_here`: an order under this station's code that this station never made. `different`: other figures.
 * `not_queued`: sold or cancelled here and without a document for the ERP, which a damaged file alone can bring about.
 *
 * Units: integer cents.
 */
export const ReconciliationView = z.object({
  businessDay: BusinessDay,
  readAt: Instant,
  isEqual: z.boolean(),
  here: z.object({ sales: z.int(), cents: CentsSum }),
  there: z.object({ sales: z.int(), cents: CentsSum }),
  differences: z.array(
    z.object({
      number: z.string(),
      kind: z.enum([
        'missing_there',
        'missing_here',
        'different',
        'not_cancelled_there',
        'cancelled_there',
        'not_queued',
      ]),
      hereCents: Cents.nullable(),
      thereCents: Cents.nullable(),
      isKnown: z.boolean(),
      text: z.string(),
    }),
  ),
  /** Confirmed documents that the ERP lacks: they were put back to be sent. */
  requeued: z.int(),
});

export type BreakerView = z.infer<typeof BreakerView>;
export type WholeReadView = z.infer<typeof WholeReadView>;
export type SyncAlertView = z.infer<typeof SyncAlertView>;
export type ReconciliationView = z.infer<typeof ReconciliationView>;
