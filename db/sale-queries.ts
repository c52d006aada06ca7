import { aliasedTable, and, asc, eq, getTableColumns, isNull, sql } from 'drizzle-orm';
import type { ReadDb } from './database-types.ts';
import { cancellations, papers, people, pixCharges, saleItems, sales, saleTenders } from './schema-sale.ts';
import { operators, salespeople } from './schema-setup.ts';
import { plainRows, readStatement } from './statement.ts';

/** A sale as stored, with the names of the people it points at. */
export type SaleRecord = typeof sales.$inferSelect & {
  readonly operatorName: string | null;
  readonly salespersonName: string | null;
  /** For the receipt. */
  readonly cpf: string | null;
  /** The registered customer; both null without one, and once the person is erased. */
  readonly customerName: string | null;
  readonly customerCpf: string | null;
};
/** A tender as stored; the last three are null unless it is a Pix by the shop's own QR. */
export type SaleTenderRecord = typeof saleTenders.$inferSelect & {
  readonly pixTxid: string | null;
  readonly pixPayload: string | null;
  readonly pixState: (typeof pixCharges.$inferSelect)['state'] | null;
};
/** A cancellation as stored. */
export type CancellationRecord = typeof cancellations.$inferSelect;

const customer = aliasedTable(people, 'customer');
const SALE_FIELDS = {
  ...getTableColumns(sales),
  operatorName: operators.name,
  salespersonName: salespeople.name,
  cpf: people.cpf,
  customerName: customer.name,
  customerCpf: customer.cpf,
};

const saleById = readStatement((orm) =>
  orm
    .select(SALE_FIELDS)
    .from(sales)
    .leftJoin(operators, eq(operators.operatorCode, sales.operatorCode))
    .leftJoin(salespeople, eq(salespeople.salespersonCode, sales.salespersonCode))
    .leftJoin(people, eq(people.personId, sales.personId))
    .leftJoin(customer, eq(customer.personId, sales.customerPersonId))
    .where(eq(sales.saleId, sql.placeholder('saleId')))
    .prepare(),
);

/** The sale with this id in any state, or null. */
export function findSale(db: ReadDb, saleId: string): SaleRecord | null {
  return plainRows<SaleRecord>(SALE_FIELDS, saleById(db).values({ saleId }))[0] ?? null;
}

// The words of the partial indexes: with a parameter in their place SQLite would read every sale ever made.
const isOpen = sql.raw(`"sales"."state" = 'open'`);
const isParked = sql.raw(`"sales"."state" = 'parked'`);

const openSale = readStatement((orm) =>
  orm.select({ saleId: sales.saleId, salespersonCode: sales.salespersonCode }).from(sales).where(isOpen).prepare(),
);

/** What a scan has to know of the sale being rung, without its lines. */
export function findOpenSale(db: ReadDb): { readonly saleId: string; readonly salespersonCode: string | null } | null {
  return openSale(db).get() ?? null;
}

const openSaleId = readStatement((orm) => orm.select({ saleId: sales.saleId }).from(sales).where(isOpen).prepare());

/** The one sale being rung, or null. A unique index allows no second. */
export function findOpenSaleId(db: ReadDb): string | null {
  return openSaleId(db).get()?.saleId ?? null;
}

const parkedIds = readStatement((orm) =>
  orm.select({ saleId: sales.saleId }).from(sales).where(isParked).orderBy(asc(sales.startedAtMs)).prepare(),
);

/** Parked sales, the oldest first. */
export function listParkedSaleIds(db: ReadDb): string[] {
  return parkedIds(db)
    .all()
    .map((row) => row.saleId);
}

const TENDER_FIELDS = {
  ...getTableColumns(saleTenders),
  pixTxid: pixCharges.txid,
  pixPayload: pixCharges.payload,
  pixState: pixCharges.state,
};

const tendersOfSale = readStatement((orm) =>
  orm
    .select(TENDER_FIELDS)
    .from(saleTenders)
    .leftJoin(pixCharges, eq(pixCharges.tenderId, saleTenders.tenderId))
    .where(and(eq(saleTenders.saleId, sql.placeholder('saleId')), isNull(saleTenders.removedAtMs)))
    .orderBy(asc(saleTenders.position))
    .prepare(),
);

/** The tenders of a sale in the order they were given, without the removed ones. */
export function listSaleTenders(db: ReadDb, saleId: string): SaleTenderRecord[] {
  return plainRows<SaleTenderRecord>(TENDER_FIELDS, tendersOfSale(db).values({ saleId }));
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
