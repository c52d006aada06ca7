import { and, eq, sql } from 'drizzle-orm';
import type { ReadDb } from './database-types.ts';
import { acquirers, cardBrands, paymentTerms, paymentTypes } from './schema-setup.ts';
import { readStatement } from './statement.ts';

/** A payment type as the ERP registered it. */
export type PaymentTypeRecord = typeof paymentTypes.$inferSelect;

const active = readStatement((orm) =>
  orm.select().from(paymentTypes).where(eq(paymentTypes.isActive, true)).orderBy(paymentTypes.paymentTypeId).prepare(),
);

/** The payment types of the store, in the ERP's order: the same digit on all tills. */
export function listPaymentTypes(db: ReadDb): PaymentTypeRecord[] {
  return active(db).all();
}

const byId = readStatement((orm) =>
  orm
    .select()
    .from(paymentTypes)
    .where(and(eq(paymentTypes.paymentTypeId, sql.placeholder('id')), eq(paymentTypes.isActive, true)))
    .prepare(),
);

/** The active payment type with this id, or null. */
export function findPaymentType(db: ReadDb, id: number): PaymentTypeRecord | null {
  return byId(db).get({ id }) ?? null;
}

const brandById = readStatement((orm) =>
  orm
    .select({ id: cardBrands.cardBrandId })
    .from(cardBrands)
    .where(eq(cardBrands.cardBrandId, sql.placeholder('id')))
    .prepare(),
);
const acquirerById = readStatement((orm) =>
  orm
    .select({ id: acquirers.acquirerId })
    .from(acquirers)
    .where(eq(acquirers.acquirerId, sql.placeholder('id')))
    .prepare(),
);

/** Whether the ERP knows this card brand. */
export function hasCardBrand(db: ReadDb, id: number): boolean {
  return brandById(db).get({ id }) !== undefined;
}

/** Whether the ERP knows this acquirer. */
export function hasAcquirer(db: ReadDb, id: number): boolean {
  return acquirerById(db).get({ id }) !== undefined;
}

const activeTerms = readStatement((orm) =>
  orm.select().from(paymentTerms).where(eq(paymentTerms.isActive, true)).orderBy(paymentTerms.paymentTermId).prepare(),
);

/** The payment terms of the company; `installments` is JSON as `savePaymentTerm` wrote it. */
export function listPaymentTerms(db: ReadDb): (typeof paymentTerms.$inferSelect)[] {
  return activeTerms(db).all();
}
