import { and, eq, isNull, sql } from 'drizzle-orm';
import type { ReadDb } from './database-types.ts';
import { cancellations, sales, saleTenders } from './schema-sale.ts';
import { outbox } from './schema-sync.ts';
import { readStatement } from './statement.ts';

const ofDay = and(eq(sales.state, 'completed'), eq(sales.businessDay, sql.placeholder('day')));
const notCancelled = sql`NOT EXISTS (SELECT 1 FROM ${cancellations} WHERE ${cancellations.saleId} = ${sales.saleId})`;

const totals = readStatement((orm) =>
  orm
    .select({
      sales: sql<number>`count(*)`,
      piecesMilli: sql<number>`coalesce(sum(${sales.piecesMilli}), 0)`,
      grossCents: sql<number>`coalesce(sum(${sales.grossCents}), 0)`,
      discountCents: sql<number>`coalesce(sum(${sales.itemDiscountCents} + ${sales.saleDiscountCents}), 0)`,
      netCents: sql<number>`coalesce(sum(${sales.totalCents}), 0)`,
    })
    .from(sales)
    .where(and(ofDay, notCancelled))
    .prepare(),
);

const cancelled = readStatement((orm) =>
  orm
    .select({ count: sql<number>`count(*)`, cents: sql<number>`coalesce(sum(${sales.totalCents}), 0)` })
    .from(sales)
    .innerJoin(cancellations, eq(cancellations.saleId, sales.saleId))
    .where(ofDay)
    .prepare(),
);

const byPayment = readStatement((orm) =>
  orm
    .select({
      kind: saleTenders.kind,
      description: saleTenders.description,
      count: sql<number>`count(*)`,
      amountCents: sql<number>`sum(${saleTenders.amountCents})`,
    })
    .from(sales)
    .innerJoin(saleTenders, eq(saleTenders.saleId, sales.saleId))
    .where(and(ofDay, notCancelled, isNull(saleTenders.removedAtMs)))
    .groupBy(saleTenders.kind, saleTenders.description)
    .orderBy(saleTenders.kind)
    .prepare(),
);

const change = readStatement((orm) =>
  orm
    .select({ cents: sql<number>`coalesce(sum(${sales.changeCents}), 0)` })
    .from(sales)
    .where(and(ofDay, notCancelled))
    .prepare(),
);

const completions = readStatement((orm) =>
  orm
    .select({ completedAtMs: sales.completedAtMs, totalCents: sales.totalCents })
    .from(sales)
    .where(and(ofDay, notCancelled))
    .prepare(),
);

const confirmed = readStatement((orm) =>
  orm
    .select({ sales: sql<number>`count(*)`, netCents: sql<number>`coalesce(sum(${sales.totalCents}), 0)` })
    .from(sales)
    .innerJoin(outbox, and(eq(outbox.documentId, sales.saleId), eq(outbox.state, 'confirmed')))
    .where(and(ofDay, notCancelled))
    .prepare(),
);

const unconfirmed = readStatement((orm) =>
  orm
    .select({ number: outbox.naturalKey, totalCents: outbox.amountCents, state: outbox.state })
    .from(sales)
    .innerJoin(outbox, eq(outbox.documentId, sales.saleId))
    .where(and(ofDay, notCancelled, sql`${outbox.state} <> 'confirmed'`))
    .orderBy(outbox.tick)
    .limit(200)
    .prepare(),
);

/**
 * Sums of the sales of a business day that were not cancelled. Units: cents, thousandths. `byPayment` holds what was
 * handed over; `changeCents` went back in cash.
 */
export function readDayTotals(db: ReadDb, day: string) {
  return {
    totals: totals(db).get({ day }) ?? { sales: 0, piecesMilli: 0, grossCents: 0, discountCents: 0, netCents: 0 },
    cancelled: cancelled(db).get({ day }) ?? { count: 0, cents: 0 },
    byPayment: byPayment(db).all({ day }),
    changeCents: change(db).get({ day })?.cents ?? 0,
    completions: completions(db).all({ day }),
    confirmed: confirmed(db).get({ day }) ?? { sales: 0, netCents: 0 },
    unconfirmed: unconfirmed(db).all({ day }),
  };
}
