import { ok } from '../../contract/result.ts';
import type { SummaryView } from '../../contract/station-views.ts';
import { findLastBusinessDay, isDayUncounted } from '../../db/cash-session-queries.ts';
import { readDay } from '../../db/summary-queries.ts';
import { businessDayOf, hourOf } from '../business-day-rules.ts';
import { systemClock } from '../clock.ts';
import type { QueryHandler } from '../handlers.ts';
import { maySeeExpected } from '../operator/authorise.ts';
import { readTimeZone } from '../setup/read-policies.ts';
import { compareWithErp, sumByPaymentType } from './summary-rules.ts';

/** The day's documents here against what the ERP confirmed of them. Runs on the reader thread. */
export const summaryQueries: { readonly 'summary.day': QueryHandler<'summary.day'> } = {
  'summary.day': (db, input) => {
    const nowMs = systemClock.nowMs();
    const timeZone = readTimeZone(db);
    // Before the first session there is no day to sum up: today's, which is empty. The reader thread has no other clock.
    const businessDay = input.businessDay ?? findLastBusinessDay(db) ?? businessDayOf(nowMs, timeZone);
    // What the drawer should hold can be read off the day's payments: it is counted blind.
    if (isDayUncounted(db, businessDay)) {
      const leave = maySeeExpected(db, input.approvalId, nowMs);
      if (!leave.ok) return leave;
    }
    const day = readDay(db, businessDay);
    const hours = new Map<number, SummaryView['byHour'][number]>();
    for (const { startMs, sales, soldCents } of day.quarters) {
      const hour = hourOf(startMs, timeZone);
      const sum = hours.get(hour) ?? { hour, sales: 0, soldCents: 0 };
      hours.set(hour, { hour, sales: sum.sales + sales, soldCents: sum.soldCents + soldCents });
    }
    return ok({
      businessDay,
      ...day.sold,
      ...day.cancelled,
      netCents: day.sold.soldCents - day.cancelled.cancelledCents,
      byPaymentKind: sumByPaymentType(day.taken, day.givenBack),
      byHour: [...hours.values()].toSorted((a, b) => a.hour - b.hour),
      ...compareWithErp(day.documents.map((row) => ({ ...row, isConfirmed: row.isConfirmed === 1 }))),
    });
  },
};
