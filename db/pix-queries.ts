import { aliasedTable, asc, desc, eq, sql } from 'drizzle-orm';
import type { Orm, ReadDb } from './database-types.ts';
import { cancellations, pixCharges, sales, saleTenders } from './schema-sale.ts';
import { operators } from './schema-setup.ts';
import { plainRows, readStatement } from './statement.ts';

const shower = aliasedTable(operators, 'shower');
const answerer = aliasedTable(operators, 'answerer');
const checker = aliasedTable(operators, 'checker');

const FIELDS = {
  txid: pixCharges.txid,
  saleId: pixCharges.saleId,
  saleNumber: sales.number,
  amountCents: pixCharges.amountCents,
  state: pixCharges.state,
  shownAtMs: pixCharges.shownAtMs,
  shownBy: sql<string>`coalesce(${shower.name}, ${pixCharges.shownBy})`.as('shown_by_name'),
  answeredAtMs: pixCharges.answeredAtMs,
  answeredBy: sql<string | null>`coalesce(${answerer.name}, ${pixCharges.answeredBy})`.as('answered_by_name'),
  checkedAtMs: pixCharges.checkedAtMs,
  checkedBy: sql<string | null>`coalesce(${checker.name}, ${pixCharges.checkedBy})`.as('checked_by_name'),
  note: pixCharges.note,
  // 0 once the tender was taken back, or its sale was given up or cancelled: the credit belongs to no sale.
  isStanding: sql<number>`${saleTenders.removedAtMs} IS NULL AND ${sales.state} <> 'abandoned'
    AND ${cancellations.cancellationId} IS NULL`.as('is_standing'),
};

/** A Pix as lists show it, with the names of the people and whether its sale still stands. */
export type PixRecord = Pick<
  typeof pixCharges.$inferSelect,
  'txid' | 'saleId' | 'amountCents' | 'state' | 'shownAtMs' | 'shownBy' | 'answeredAtMs' | 'checkedAtMs' | 'note'
> & {
  readonly saleNumber: string | null;
  readonly answeredBy: string | null;
  readonly checkedBy: string | null;
  readonly isStanding: number;
};

// The words of the partial index: with a parameter in their place SQLite would read every Pix ever shown.
const isOpen = sql.raw(`"pix_charges"."state" IN ('to_check', 'to_return')`);

/** Each Pix with its tender, its sale and the people; a query adds which of them, and in which order. */
function selectPix(orm: Orm) {
  return orm
    .select(FIELDS)
    .from(pixCharges)
    .innerJoin(saleTenders, eq(saleTenders.tenderId, pixCharges.tenderId))
    .innerJoin(sales, eq(sales.saleId, pixCharges.saleId))
    .leftJoin(cancellations, eq(cancellations.saleId, pixCharges.saleId))
    .leftJoin(shower, eq(shower.operatorCode, pixCharges.shownBy))
    .leftJoin(answerer, eq(answerer.operatorCode, pixCharges.answeredBy))
    .leftJoin(checker, eq(checker.operatorCode, pixCharges.checkedBy));
}

const open = readStatement((orm) =>
  selectPix(orm).where(isOpen).orderBy(asc(pixCharges.shownAtMs)).limit(sql.placeholder('limit')).prepare(),
);

const all = readStatement((orm) =>
  selectPix(orm).orderBy(desc(pixCharges.shownAtMs)).limit(sql.placeholder('limit')).prepare(),
);

const byTxid = readStatement((orm) =>
  selectPix(orm)
    .where(eq(pixCharges.txid, sql.placeholder('txid')))
    .prepare(),
);

/** What a person has to look at, the oldest first. */
export function listOpenPix(db: ReadDb, limit: number): PixRecord[] {
  return plainRows<PixRecord>(FIELDS, open(db).values({ limit }));
}

/** Every Pix that was shown, the newest first. */
export function listAllPix(db: ReadDb, limit: number): PixRecord[] {
  return plainRows<PixRecord>(FIELDS, all(db).values({ limit }));
}

/** The Pix with this id in the statement, or null. */
export function findPix(db: ReadDb, txid: string): PixRecord | null {
  return plainRows<PixRecord>(FIELDS, byTxid(db).values({ txid }))[0] ?? null;
}

const openSums = readStatement((orm) =>
  orm
    .select({
      state: pixCharges.state,
      count: sql<number>`count(*)`,
      cents: sql<number>`sum(${pixCharges.amountCents})`,
      oldestMs: sql<number>`min(${pixCharges.shownAtMs})`,
    })
    .from(pixCharges)
    .where(isOpen)
    .groupBy(pixCharges.state)
    .prepare(),
);

/** How many of them, how much and since when, by state; a state without any is left out. */
export function sumOpenPix(
  db: ReadDb,
): { readonly state: PixRecord['state']; readonly count: number; readonly cents: number; readonly oldestMs: number }[] {
  return openSums(db).all();
}
