import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import type { ReadDb } from './database-types.ts';
import { cancellations, papers, people, saleItems, sales, saleTenders } from './schema-sale.ts';
import { operators, salespeople } from './schema-setup.ts';
import { readStatement } from './statement.ts';

/** A sale as stored, with the names of the people it points at. */
export type SaleRecord = typeof sales.$inferSelect & {
  readonly operatorName: string | null;
  readonly salespersonName: string | null;
  readonly cpf: string | null;
};
/** A line as stored; `grossCents` and what follows are null until the sale is completed. */
export type SaleItemRecord = typeof saleItems.$inferSelect & { readonly salespersonName: string | null };
/** A tender as stored. */
export type SaleTenderRecord = typeof saleTenders.$inferSelect;
/** A cancellation as stored. */
export type CancellationRecord = typeof cancellations.$inferSelect;

const saleById = readStatement((orm) =>
  orm
    .select({ sale: sales, operatorName: operators.name, salespersonName: salespeople.name, cpf: people.cpf })
    .from(sales)
    .leftJoin(operators, eq(operators.operatorCode, sales.operatorCode))
    .leftJoin(salespeople, eq(salespeople.salespersonCode, sales.salespersonCode))
    .leftJoin(people, eq(people.personId, sales.personId))
    .where(eq(sales.saleId, sql.placeholder('saleId')))
    .prepare(),
);

/** The sale with this id in any state, or null. */
export function findSale(db: ReadDb, saleId: string): SaleRecord | null {
  const row = saleById(db).get({ saleId });
  return row === undefined
    ? null
    : { ...row.sale, operatorName: row.operatorName, salespersonName: row.salespersonName, cpf: row.cpf };
}

const openSaleId = readStatement((orm) =>
  orm.select({ saleId: sales.saleId }).from(sales).where(eq(sales.state, 'open')).prepare(),
);

/** The one sale being rung, or null. A unique index allows no second. */
export function findOpenSaleId(db: ReadDb): string | null {
  return openSaleId(db).get()?.saleId ?? null;
}

const parkedIds = readStatement((orm) =>
  orm
    .select({ saleId: sales.saleId })
    .from(sales)
    .where(eq(sales.state, 'parked'))
    .orderBy(asc(sales.startedAtMs))
    .prepare(),
);

/** Parked sales, the oldest first. */
export function listParkedSaleIds(db: ReadDb): string[] {
  return parkedIds(db)
    .all()
    .map((row) => row.saleId);
}

const itemsOfSale = readStatement((orm) =>
  orm
    .select({ item: saleItems, salespersonName: salespeople.name })
    .from(saleItems)
    .leftJoin(salespeople, eq(salespeople.salespersonCode, saleItems.salespersonCode))
    .where(and(eq(saleItems.saleId, sql.placeholder('saleId')), isNull(saleItems.removedAtMs)))
    .orderBy(asc(saleItems.position))
    .prepare(),
);

/** The lines of a sale in the order of the scans, without the removed ones. */
export function listSaleItems(db: ReadDb, saleId: string): SaleItemRecord[] {
  return itemsOfSale(db)
    .all({ saleId })
    .map((row) => ({ ...row.item, salespersonName: row.salespersonName }));
}

const tendersOfSale = readStatement((orm) =>
  orm
    .select()
    .from(saleTenders)
    .where(and(eq(saleTenders.saleId, sql.placeholder('saleId')), isNull(saleTenders.removedAtMs)))
    .orderBy(asc(saleTenders.position))
    .prepare(),
);

/** The tenders of a sale in the order they were given, without the removed ones. */
export function listSaleTenders(db: ReadDb, saleId: string): SaleTenderRecord[] {
  return tendersOfSale(db).all({ saleId });
}

const lastItemPosition = readStatement((orm) =>
  orm
    .select({ last: sql<number>`coalesce(max(${saleItems.position}), 0)` })
    .from(saleItems)
    .where(eq(saleItems.saleId, sql.placeholder('saleId')))
    .prepare(),
);
const lastTenderPosition = readStatement((orm) =>
  orm
    .select({ last: sql<number>`coalesce(max(${saleTenders.position}), 0)` })
    .from(saleTenders)
    .where(eq(saleTenders.saleId, sql.placeholder('saleId')))
    .prepare(),
);

/** The position the next line gets; removed lines keep theirs. */
export function nextItemPosition(db: ReadDb, saleId: string): number {
  return (lastItemPosition(db).get({ saleId })?.last ?? 0) + 1;
}

/** The position the next tender gets; removed tenders keep theirs. */
export function nextTenderPosition(db: ReadDb, saleId: string): number {
  return (lastTenderPosition(db).get({ saleId })?.last ?? 0) + 1;
}

const cancellationOfSale = readStatement((orm) =>
  orm
    .select()
    .from(cancellations)
    .where(eq(cancellations.saleId, sql.placeholder('saleId')))
    .prepare(),
);

/** The cancellation of a sale, or null. */
export function findCancellation(db: ReadDb, saleId: string): CancellationRecord | null {
  return cancellationOfSale(db).get({ saleId }) ?? null;
}

const papersOfDocument = readStatement((orm) =>
  orm
    .select()
    .from(papers)
    .where(eq(papers.documentId, sql.placeholder('documentId')))
    .orderBy(asc(papers.createdAtMs))
    .prepare(),
);

/** The papers of a document as they were written with it. */
export function listPapers(db: ReadDb, documentId: string): (typeof papers.$inferSelect)[] {
  return papersOfDocument(db).all({ documentId });
}
