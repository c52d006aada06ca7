import { ok } from '../../contract/result.ts';
import { findLastBusinessDay } from '../../db/cash-session-queries.ts';
import { readDayTotals } from '../../db/summary-queries.ts';
import { businessDayOf, hourOf } from '../business-day-rules.ts';
import { systemClock } from '../clock.ts';
import type { QueryHandler } from '../handlers.ts';
import { readTimeZone } from '../setup/read-policies.ts';

/** The day's sales here against what the ERP confirmed, down to the document. Runs on the reader thread. */
export const summaryQueries: { readonly 'summary.day': QueryHandler<'summary.day'> } = {
  'summary.day': (db, input) => {
    const timeZone = readTimeZone(db);
    // Before the first session there is no day to sum up: today's, which is empty. The reader thread has no other clock.
    const businessDay = input.businessDay ?? findLastBusinessDay(db) ?? businessDayOf(systemClock.nowMs(), timeZone);
    const day = readDayTotals(db, businessDay);
    const hours = new Map<number, { hour: number; sales: number; netCents: number }>();
    for (const { completedAtMs, totalCents } of day.completions) {
      const hour = hourOf(completedAtMs ?? 0, timeZone);
      const sum = hours.get(hour) ?? { hour, sales: 0, netCents: 0 };
      hours.set(hour, { hour, sales: sum.sales + 1, netCents: sum.netCents + (totalCents ?? 0) });
    }
    return ok({
      businessDay,
      ...day.totals,
      cancelled: day.cancelled.count,
      cancelledCents: day.cancelled.cents,
      byPaymentKind: withoutChange(day.byPayment, day.changeCents),
      byHour: [...hours.values()].toSorted((a, b) => a.hour - b.hour),
      confirmed: day.confirmed,
      differenceCents: day.totals.netCents - day.confirmed.netCents,
      unconfirmed: day.unconfirmed,
    });
  },
};

/** Cash as it stays in the drawer, so that the kinds add up to the net sales. */
function withoutChange<Row extends { readonly kind: string; readonly amountCents: number }>(
  rows: readonly Row[],
  changeCents: number,
): Row[] {
  let left = changeCents;
  return rows.map((row) => {
    const given = row.kind === 'cash' ? Math.min(left, row.amountCents) : 0;
    left -= given;
    return { ...row, amountCents: row.amountCents - given };
  });
}
