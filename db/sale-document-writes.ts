import { and, eq, sql } from 'drizzle-orm';
import type { WriteTx } from './database-types.ts';
import { insertPrintJob } from './print-writes.ts';
import { cancellations, papers, saleItems, sales, sequences } from './schema-sale.ts';
import { bulkStatement, writeStatement } from './statement.ts';

const value = (name: string) => sql`${sql.placeholder(name)}`;

const nextInSequence = writeStatement((orm) =>
  orm
    .insert(sequences)
    .values({ kind: sql.placeholder('kind'), last: 1 })
    .onConflictDoUpdate({ target: sequences.kind, set: { last: sql`${sequences.last} + 1` } })
    .returning({ last: sequences.last })
    .prepare(),
);

/** Takes the next number of a gapless sequence; a rolled back transaction gives it back. */
export function takeNumber(tx: WriteTx, kind: string): number {
  const row = nextInSequence(tx).get({ kind });
  if (row === undefined) throw new Error(`sequence ${kind} gave no number`);
  return row.last;
}

const fixItem = bulkStatement((orm) =>
  orm
    .update(saleItems)
    .set({
      grossCents: value('grossCents'),
      itemDiscountCents: value('itemDiscountCents'),
      saleDiscountCents: value('saleDiscountCents'),
      netCents: value('netCents'),
    })
    .where(eq(saleItems.lineId, sql.placeholder('lineId'))),
);
const completeRow = bulkStatement((orm) =>
  orm
    .update(sales)
    .set({
      state: sql`'completed'`,
      number: value('number'),
      sequence: value('sequence'),
      completedAtMs: value('completedAtMs'),
      businessDay: value('businessDay'),
      policiesVersion: value('policiesVersion'),
      grossCents: value('grossCents'),
      itemDiscountCents: value('itemDiscountCents'),
      saleDiscountCents: value('saleDiscountCents'),
      totalCents: value('totalCents'),
      changeCents: value('changeCents'),
      piecesMilli: value('piecesMilli'),
      tick: value('tick'),
    })
    .where(and(eq(sales.saleId, sql.placeholder('saleId')), eq(sales.state, 'open'))),
);

/** The sums of one line, fixed at completion. */
export type FixedLine = {
  readonly lineId: string;
  readonly grossCents: number;
  readonly itemDiscountCents: number;
  readonly saleDiscountCents: number;
  readonly netCents: number;
};

/** Fixes the sums of an open sale and its lines: from here on the sale is a fact. */
export function completeSaleRow(
  tx: WriteTx,
  sale: {
    readonly saleId: string;
    readonly number: string;
    readonly sequence: number;
    readonly completedAtMs: number;
    readonly businessDay: string;
    readonly policiesVersion: number;
    readonly grossCents: number;
    readonly itemDiscountCents: number;
    readonly saleDiscountCents: number;
    readonly totalCents: number;
    readonly changeCents: number;
    readonly piecesMilli: number;
    readonly tick: number;
  },
  lines: readonly FixedLine[],
): void {
  for (const line of lines) fixItem(tx)(line);
  if (completeRow(tx)(sale) !== 1) throw new Error(`sale ${sale.saleId} was not open when it was completed`);
}

const insertCancellationRow = writeStatement((orm) =>
  orm
    .insert(cancellations)
    .values({
      cancellationId: sql.placeholder('cancellationId'),
      saleId: sql.placeholder('saleId'),
      cashSessionId: sql.placeholder('cashSessionId'),
      operatorCode: sql.placeholder('operatorCode'),
      approvedBy: sql.placeholder('approvedBy'),
      reason: sql.placeholder('reason'),
      cancelledAtMs: sql.placeholder('cancelledAtMs'),
      businessDay: sql.placeholder('businessDay'),
      totalCents: sql.placeholder('totalCents'),
      cashBackCents: sql.placeholder('cashBackCents'),
      tick: sql.placeholder('tick'),
    })
    .prepare(),
);

/** Writes the cancellation of a sale; a unique index allows one. */
export function insertCancellation(tx: WriteTx, row: typeof cancellations.$inferSelect): void {
  insertCancellationRow(tx).run(row);
}

const insertPaperRow = bulkStatement((orm) =>
  orm.insert(papers).values({
    paperId: sql.placeholder('paperId'),
    documentId: sql.placeholder('documentId'),
    kind: sql.placeholder('kind'),
    templateVersion: sql.placeholder('templateVersion'),
    lines: sql.placeholder('lines'),
    createdAtMs: sql.placeholder('createdAtMs'),
  }),
);

/**
 * Writes a paper's text with its document, and queues it for the printer in the same transaction. `lines` is JSON.
 * `opensDrawer`: cash is taken or given back with it.
 */
export function insertPaper(
  tx: WriteTx,
  paper: typeof papers.$inferSelect,
  { opensDrawer = false }: { readonly opensDrawer?: boolean } = {},
): void {
  insertPaperRow(tx)(paper);
  insertPrintJob(tx, { paperId: paper.paperId, isCopy: false, opensDrawer, createdAtMs: paper.createdAtMs });
}
