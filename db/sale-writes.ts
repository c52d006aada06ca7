import { and, eq, isNull, sql } from 'drizzle-orm';
import type { WriteTx } from './database-types.ts';
import { people, saleItems, sales, saleTenders } from './schema-sale.ts';
import { bulkStatement, writeStatement } from './statement.ts';

const value = (name: string) => sql`${sql.placeholder(name)}`;

const insertSaleRow = writeStatement((orm) =>
  orm
    .insert(sales)
    .values({
      saleId: sql.placeholder('saleId'),
      state: 'open',
      cashSessionId: sql.placeholder('cashSessionId'),
      operatorCode: sql.placeholder('operatorCode'),
      salespersonCode: sql.placeholder('salespersonCode'),
      startedAtMs: sql.placeholder('startedAtMs'),
    })
    .prepare(),
);

/** Starts a sale: written with its first item, so that a power cut gives it back. */
export function insertSale(
  tx: WriteTx,
  sale: Pick<typeof sales.$inferInsert, 'saleId' | 'cashSessionId' | 'operatorCode' | 'startedAtMs'> & {
    readonly salespersonCode: string | null;
  },
): void {
  insertSaleRow(tx).run(sale);
}

const insertItemRow = bulkStatement((orm) =>
  orm.insert(saleItems).values({
    lineId: sql.placeholder('lineId'),
    saleId: sql.placeholder('saleId'),
    position: sql.placeholder('position'),
    sku: sql.placeholder('sku'),
    barcode: sql.placeholder('barcode'),
    productCode: sql.placeholder('productCode'),
    reference: sql.placeholder('reference'),
    description: sql.placeholder('description'),
    color: sql.placeholder('color'),
    print: sql.placeholder('print'),
    size: sql.placeholder('size'),
    quantityMilli: sql.placeholder('quantityMilli'),
    unitPriceCents: sql.placeholder('unitPriceCents'),
    salespersonCode: sql.placeholder('salespersonCode'),
  }),
);

/** Adds a line with everything the papers need, frozen as it was at the scan. */
export function insertSaleItem(
  tx: WriteTx,
  item: Omit<
    typeof saleItems.$inferSelect,
    | 'discountKind'
    | 'discountValue'
    | 'discountReason'
    | 'discountApprovedBy'
    | 'grossCents'
    | 'itemDiscountCents'
    | 'saleDiscountCents'
    | 'netCents'
    | 'removedAtMs'
    | 'removedBy'
  >,
): void {
  insertItemRow(tx)(item);
}

const lastLine = bulkStatement((orm) =>
  orm
    .update(sales)
    .set({ lastLineId: value('lineId') })
    .where(eq(sales.saleId, sql.placeholder('saleId'))),
);

/** Remembers which line the last command touched: what the till highlights. */
export function setLastLine(tx: WriteTx, saleId: string, lineId: string | null): void {
  lastLine(tx)({ saleId, lineId });
}

const quantity = writeStatement((orm) =>
  orm
    .update(saleItems)
    .set({ quantityMilli: value('quantityMilli') })
    .where(eq(saleItems.lineId, sql.placeholder('lineId')))
    .prepare(),
);

/** Changes the quantity of a line of an open sale. */
export function setItemQuantity(tx: WriteTx, lineId: string, quantityMilli: number): void {
  quantity(tx).run({ lineId, quantityMilli });
}

const removeItemRow = writeStatement((orm) =>
  orm
    .update(saleItems)
    .set({ removedAtMs: value('atMs'), removedBy: value('by') })
    .where(and(eq(saleItems.lineId, sql.placeholder('lineId')), isNull(saleItems.removedAtMs)))
    .prepare(),
);

/** Marks a line as removed; it stays recorded for the audit. */
export function removeSaleItem(tx: WriteTx, lineId: string, atMs: number, by: string): void {
  removeItemRow(tx).run({ lineId, atMs, by });
}

/** A discount as asked for: basis points for a percent, cents otherwise. */
export type DiscountRecord = {
  readonly kind: 'none' | 'percent' | 'value' | 'total';
  readonly value: number;
  readonly reason: string | null;
  readonly approvedBy: string | null;
};

const discountColumns = {
  discountKind: value('kind'),
  discountValue: value('value'),
  discountReason: value('reason'),
  discountApprovedBy: value('approvedBy'),
};
const itemDiscount = writeStatement((orm) =>
  orm
    .update(saleItems)
    .set(discountColumns)
    .where(eq(saleItems.lineId, sql.placeholder('id')))
    .prepare(),
);
const saleDiscount = writeStatement((orm) =>
  orm
    .update(sales)
    .set(discountColumns)
    .where(eq(sales.saleId, sql.placeholder('id')))
    .prepare(),
);

/** Sets the discount of a line. */
export function setItemDiscount(tx: WriteTx, lineId: string, discount: DiscountRecord): void {
  itemDiscount(tx).run({ id: lineId, ...discount });
}

/** Sets the discount of the whole sale. */
export function setSaleDiscount(tx: WriteTx, saleId: string, discount: DiscountRecord): void {
  saleDiscount(tx).run({ id: saleId, ...discount });
}

const saleSalesperson = writeStatement((orm) =>
  orm
    .update(sales)
    .set({ salespersonCode: value('code') })
    .where(eq(sales.saleId, sql.placeholder('saleId')))
    .prepare(),
);
const allItemsSalesperson = writeStatement((orm) =>
  orm
    .update(saleItems)
    .set({ salespersonCode: value('code') })
    .where(eq(saleItems.saleId, sql.placeholder('saleId')))
    .prepare(),
);
const itemSalesperson = writeStatement((orm) =>
  orm
    .update(saleItems)
    .set({ salespersonCode: value('code') })
    .where(eq(saleItems.lineId, sql.placeholder('lineId')))
    .prepare(),
);

/** Names the salesperson of one line, or (without a line) of the sale and all its lines. */
export function setSalesperson(tx: WriteTx, saleId: string, lineId: string | null, code: string): void {
  if (lineId !== null) {
    itemSalesperson(tx).run({ lineId, code });
    return;
  }
  saleSalesperson(tx).run({ saleId, code });
  allItemsSalesperson(tx).run({ saleId, code });
}

const insertPersonRow = writeStatement((orm) =>
  orm
    .insert(people)
    .values({
      personId: sql.placeholder('personId'),
      cpf: sql.placeholder('cpf'),
      salt: sql.placeholder('salt'),
      createdAtMs: sql.placeholder('createdAtMs'),
    })
    .prepare(),
);
const salePerson = writeStatement((orm) =>
  orm
    .update(sales)
    .set({ personId: value('personId'), personCommitment: value('commitment') })
    .where(eq(sales.saleId, sql.placeholder('saleId')))
    .prepare(),
);

/** Keeps a CPF in the one erasable table and its salted commitment on the sale. */
export function setSalePerson(
  tx: WriteTx,
  saleId: string,
  person: {
    readonly personId: string;
    readonly cpf: string;
    readonly salt: string;
    readonly commitment: string;
    readonly createdAtMs: number;
  } | null,
): void {
  if (person !== null) insertPersonRow(tx).run(person);
  salePerson(tx).run({ saleId, personId: person?.personId ?? null, commitment: person?.commitment ?? null });
}

const insertTenderRow = writeStatement((orm) =>
  orm
    .insert(saleTenders)
    .values({
      tenderId: sql.placeholder('tenderId'),
      saleId: sql.placeholder('saleId'),
      position: sql.placeholder('position'),
      paymentTypeId: sql.placeholder('paymentTypeId'),
      description: sql.placeholder('description'),
      kind: sql.placeholder('kind'),
      amountCents: sql.placeholder('amountCents'),
      installments: sql.placeholder('installments'),
      cardBrandId: sql.placeholder('cardBrandId'),
      acquirerId: sql.placeholder('acquirerId'),
      nsu: sql.placeholder('nsu'),
    })
    .prepare(),
);

/** Adds a tender. */
export function insertTender(tx: WriteTx, tender: Omit<typeof saleTenders.$inferSelect, 'removedAtMs'>): void {
  insertTenderRow(tx).run(tender);
}

const removeTenderRow = writeStatement((orm) =>
  orm
    .update(saleTenders)
    .set({ removedAtMs: value('atMs') })
    .where(and(eq(saleTenders.tenderId, sql.placeholder('tenderId')), isNull(saleTenders.removedAtMs)))
    .prepare(),
);

/** Marks a tender as removed; it stays recorded. */
export function removeTender(tx: WriteTx, tenderId: string, atMs: number): void {
  removeTenderRow(tx).run({ tenderId, atMs });
}

const state = writeStatement((orm) =>
  orm
    .update(sales)
    .set({ state: value('state'), note: value('note') })
    .where(eq(sales.saleId, sql.placeholder('saleId')))
    .prepare(),
);

/** Parks, recalls or abandons a sale. */
export function setSaleState(tx: WriteTx, saleId: string, to: 'open' | 'parked' | 'abandoned', note: string): void {
  state(tx).run({ saleId, state: to, note });
}
