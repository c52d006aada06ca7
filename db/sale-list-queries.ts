import { and, desc, eq, isNull, lt, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import type { ReadDb } from './database-types.ts';
import { cancellations, sales, saleTenders } from './schema-sale.ts';
import { operators } from './schema-setup.ts';
import { outbox } from './schema-sync.ts';
import { readStatement } from './statement.ts';

const saleOutbox = alias(outbox, 'sale_outbox');
const cancelOutbox = alias(outbox, 'cancel_outbox');

/** What a list shows of a document's way to the ERP. */
export type DeliveryRecord = Pick<
  typeof outbox.$inferSelect,
  'documentId' | 'kind' | 'state' | 'attempts' | 'errorClass' | 'errorText' | 'errorAtMs' | 'confirmedAtMs'
>;

function deliveryColumns<Table extends typeof saleOutbox | typeof cancelOutbox>(
  table: Table,
): Pick<
  Table,
  'documentId' | 'kind' | 'state' | 'attempts' | 'errorClass' | 'errorText' | 'errorAtMs' | 'confirmedAtMs'
> {
  return {
    documentId: table.documentId,
    kind: table.kind,
    state: table.state,
    attempts: table.attempts,
    errorClass: table.errorClass,
    errorText: table.errorText,
    errorAtMs: table.errorAtMs,
    confirmedAtMs: table.confirmedAtMs,
  };
}

const rowColumns = {
  saleId: sales.saleId,
  number: sales.number,
  businessDay: sales.businessDay,
  completedAtMs: sales.completedAtMs,
  operatorCode: sales.operatorCode,
  operatorName: operators.name,
  piecesMilli: sales.piecesMilli,
  totalCents: sales.totalCents,
  cancellationId: cancellations.cancellationId,
  cancelledAtMs: cancellations.cancelledAtMs,
  cancelReason: cancellations.reason,
  cancelledBy: cancellations.operatorCode,
  delivery: deliveryColumns(saleOutbox),
  cancelDelivery: deliveryColumns(cancelOutbox),
};

const rows = readStatement((orm) =>
  orm
    .select(rowColumns)
    .from(sales)
    .innerJoin(saleOutbox, eq(saleOutbox.documentId, sales.saleId))
    .leftJoin(operators, eq(operators.operatorCode, sales.operatorCode))
    .leftJoin(cancellations, eq(cancellations.saleId, sales.saleId))
    .leftJoin(cancelOutbox, eq(cancelOutbox.documentId, cancellations.cancellationId))
    .where(
      and(
        eq(sales.state, 'completed'),
        lt(sales.sequence, sql.placeholder('beforeSequence')),
        sql`(${sql.placeholder('day')} IS NULL OR ${sales.businessDay} = ${sql.placeholder('sameDay')})`,
      ),
    )
    .orderBy(desc(sales.sequence))
    .limit(sql.placeholder('limit'))
    .prepare(),
);

/** A completed sale as the list needs it. */
export type SaleListRecord = ReturnType<ReturnType<typeof rows>['all']>[number];

/** Completed sales, the newest first, below `beforeSequence`, of one day or of all. */
export function listCompletedSales(
  db: ReadDb,
  filter: { readonly day: string | null; readonly beforeSequence: number | null; readonly limit: number },
): SaleListRecord[] {
  return rows(db).all({
    day: filter.day,
    sameDay: filter.day,
    beforeSequence: filter.beforeSequence ?? Number.MAX_SAFE_INTEGER,
    limit: filter.limit,
  });
}

const oneRow = readStatement((orm) =>
  orm
    .select(rowColumns)
    .from(sales)
    .innerJoin(saleOutbox, eq(saleOutbox.documentId, sales.saleId))
    .leftJoin(operators, eq(operators.operatorCode, sales.operatorCode))
    .leftJoin(cancellations, eq(cancellations.saleId, sales.saleId))
    .leftJoin(cancelOutbox, eq(cancelOutbox.documentId, cancellations.cancellationId))
    .where(and(eq(sales.saleId, sql.placeholder('saleId')), eq(sales.state, 'completed')))
    .prepare(),
);

/** One completed sale as the list shows it, or null. */
export function findCompletedSale(db: ReadDb, saleId: string): SaleListRecord | null {
  return oneRow(db).get({ saleId }) ?? null;
}

const tenders = readStatement((orm) =>
  orm
    .select({ description: saleTenders.description, kind: saleTenders.kind, amountCents: saleTenders.amountCents })
    .from(saleTenders)
    .where(and(eq(saleTenders.saleId, sql.placeholder('saleId')), isNull(saleTenders.removedAtMs)))
    .orderBy(saleTenders.position)
    .prepare(),
);

/** What a sale was paid with, short. */
export function listTenderSummaries(
  db: ReadDb,
  saleId: string,
): { description: string; kind: string; amountCents: number }[] {
  return tenders(db).all({ saleId });
}

const sequenceOf = readStatement((orm) =>
  orm
    .select({ sequence: sales.sequence })
    .from(sales)
    .where(eq(sales.number, sql.placeholder('number')))
    .prepare(),
);

/** The sequence of a sale number, or null when there is no such sale. */
export function findSequence(db: ReadDb, number: string): number | null {
  return sequenceOf(db).get({ number })?.sequence ?? null;
}
