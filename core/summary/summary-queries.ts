import { ok } from '../../contract/result.ts';
import { findLastBusinessDay } from '../../db/cash-session-queries.ts';
import { readDayTotals } from '../../db/summary-queries.ts';
import { hourOf } from '../business-day-rules.ts';
import type { QueryHandler } from '../handlers.ts';
import { readTimeZone } from '../setup/read-policies.ts';

/** The day's sales here against what the ERP confirmed, down to the document. Runs on the reader thread. */
export const summaryQueries: { readonly 'summary.day': QueryHandler<'summary.day'> } = {
  'summary.day': (db, input) => {
    const businessDay = input.businessDay ?? findLastBusinessDay(db) ?? '1970-01-01';
    const day = readDayTotals(db, businessDay);
    const timeZone = readTimeZone(db);
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
      byPaymentKind: day.byPayment.map((row) => ({
        kind: row.kind,
        description: row.description,
        count: row.count,
        // Cash as it stays in the drawer, so that the kinds add up to the net sales.
        amountCents: row.kind === 'cash' ? row.amountCents - day.changeCents : row.amountCents,
      })),
      byHour: [...hours.values()].toSorted((a, b) => a.hour - b.hour),
      confirmed: day.confirmed,
      differenceCents: day.totals.netCents - day.confirmed.netCents,
      unconfirmed: day.unconfirmed,
    });
  },
};
