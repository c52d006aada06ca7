import { aliasedTable, and, asc, eq, isNull, sql } from 'drizzle-orm';
import type { ReadDb } from './database-types.ts';
import { cancellations, sales, saleTenders } from './schema-sale.ts';
import { outbox } from './schema-sync.ts';
import { readStatement } from './statement.ts';

/** A tender of a sale of the day, or of a sale that was cancelled on it, with the change of its sale. */
export type DayTender = Pick<
  typeof saleTenders.$inferSelect,
  'saleId' | 'paymentTypeId' | 'kind' | 'description' | 'amountCents'
> & { readonly changeCents: number };

const connection = readStatement((orm) => orm);
// Written out: SQLite takes the partial index of completed sales only when the query says the same.
const soldOnDay = and(sql.raw(`"sales"."state" = 'completed'`), eq(sales.businessDay, sql.placeholder('day')));
const cancelledOnDay = eq(cancellations.businessDay, sql.placeholder('day'));
const ofOtherDay = sql`${sales.businessDay} <> ${cancellations.businessDay}`;

const allSold = readStatement((orm) =>
  orm
    .select({ sales: sql<number>`count(*)` })
    .from(sales)
    .where(sql.raw(`"sales"."state" = 'completed'`))
    .prepare(),
);

/** How many sales were completed at this station; numbers that a restoration left out are none. */
export function countSales(db: ReadDb): number {
  return allSold(db).get()?.sales ?? 0;
}

const sold = readStatement((orm) =>
  orm
    .select({
      sales: sql<number>`count(*)`,
      piecesMilli: sql<number>`coalesce(sum(${sales.piecesMilli}), 0)`,
      grossCents: sql<number>`coalesce(sum(${sales.grossCents}), 0)`,
      discountCents: sql<number>`coalesce(sum(${sales.itemDiscountCents} + ${sales.saleDiscountCents}), 0)`,
      soldCents: sql<number>`coalesce(sum(${sales.totalCents}), 0)`,
    })
    .from(sales)
    .where(soldOnDay)
    .prepare(),
);

const cancelled = readStatement((orm) =>
  orm
    .select({
      cancelled: sql<number>`count(*)`,
      cancelledCents: sql<number>`coalesce(sum(${cancellations.totalCents}), 0)`,
      cancelledOtherDays: sql<number>`coalesce(sum(${ofOtherDay}), 0)`,
      cancelledOtherDaysCents: sql<number>`coalesce(sum(iif(${ofOtherDay}, ${cancellations.totalCents}, 0)), 0)`,
    })
    .from(cancellations)
    .innerJoin(sales, eq(sales.saleId, cancellations.saleId))
    .where(cancelledOnDay)
    .prepare(),
);

// Every zone is a whole number of quarters away from UTC: an hour of any of them is four of these.
const quarter = sql<number>`${sales.completedAtMs} / 900000`;
const quarters = readStatement((orm) =>
  orm
    .select({
      startMs: sql<number>`${quarter} * 900000`,
      sales: sql<number>`count(*)`,
      soldCents: sql<number>`sum(${sales.totalCents})`,
    })
    .from(sales)
    .where(soldOnDay)
    .groupBy(quarter)
    .prepare(),
);

const TENDER_FIELDS = {
  saleId: saleTenders.saleId,
  paymentTypeId: saleTenders.paymentTypeId,
  kind: saleTenders.kind,
  description: saleTenders.description,
  amountCents: saleTenders.amountCents,
  changeCents: sql<number>`${sales.changeCents}`,
};
const taken = readStatement((orm) =>
  orm
    .select(TENDER_FIELDS)
    .from(sales)
    .innerJoin(saleTenders, eq(saleTenders.saleId, sales.saleId))
    .where(and(soldOnDay, isNull(saleTenders.removedAtMs)))
    .orderBy(asc(sales.sequence), asc(saleTenders.position))
    .prepare(),
);
const givenBack = readStatement((orm) =>
  orm
    .select(TENDER_FIELDS)
    .from(cancellations)
    .innerJoin(sales, eq(sales.saleId, cancellations.saleId))
    .innerJoin(saleTenders, eq(saleTenders.saleId, sales.saleId))
    .where(and(cancelledOnDay, isNull(saleTenders.removedAtMs)))
    .orderBy(asc(sales.sequence), asc(saleTenders.position))
    .prepare(),
);

const DOCUMENT_FIELDS = {
  // No customer is a sale or a cancellation: the joins below are by their ids.
  kind: sql<'sale' | 'cancellation'>`${outbox.kind}`,
  number: outbox.naturalKey,
  amountCents: outbox.amountCents,
  state: outbox.state,
  tick: outbox.tick,
};
const soldDocuments = readStatement((orm) => {
  const undoing = aliasedTable(outbox, 'undoing');
  // Who cancels a sale at the ERP reads it back first: where that is confirmed, the sale had arrived.
  const hasArrived = sql<number>`${outbox.state} = 'confirmed' OR coalesce(${undoing.state} = 'confirmed', 0)`;
  return orm
    .select({ ...DOCUMENT_FIELDS, isConfirmed: hasArrived })
    .from(sales)
    .innerJoin(outbox, eq(outbox.documentId, sales.saleId))
    .leftJoin(undoing, and(eq(undoing.naturalKey, outbox.naturalKey), eq(undoing.kind, 'cancellation')))
    .where(soldOnDay)
    .prepare();
});
const cancellationDocuments = readStatement((orm) =>
  orm
    .select({ ...DOCUMENT_FIELDS, isConfirmed: sql<number>`${outbox.state} = 'confirmed'` })
    .from(cancellations)
    .innerJoin(outbox, eq(outbox.documentId, cancellations.cancellationId))
    .where(cancelledOnDay)
    .prepare(),
);

/**
 * What a business day is summed up from: the sales completed on it, cancelled since or not, and the cancellations made
 * on it, whatever day their sales are of. One moment: no sale is completed between two of the sums.
 *
 * Shape: `taken` are the tenders of the sales, `givenBack` those of the sales that were cancelled, as handed over and
 * in their order, sale by sale; `documents` is every sale and cancellation of the day in causal order. `quarters` are
 * quarters of an hour of the wall clock. Units: cents (a cancellation's are positive too), thousandths.
 */
export function readDay(db: ReadDb, day: string) {
  return connection(db).transaction(() => ({
    sold: sold(db).get({ day }) ?? { sales: 0, piecesMilli: 0, grossCents: 0, discountCents: 0, soldCents: 0 },
    cancelled: cancelled(db).get({ day }) ?? {
      cancelled: 0,
      cancelledCents: 0,
      cancelledOtherDays: 0,
      cancelledOtherDaysCents: 0,
    },
    quarters: quarters(db).all({ day }),
    taken: taken(db).all({ day }) satisfies DayTender[],
    givenBack: givenBack(db).all({ day }) satisfies DayTender[],
    documents: [...soldDocuments(db).all({ day }), ...cancellationDocuments(db).all({ day })].toSorted(
      (a, b) => a.tick - b.tick,
    ),
  }));
}
