import { and, eq, inArray, ne, sql } from 'drizzle-orm';
import type { CustomerRecord } from './customer-queries.ts';
import type { WriteTx } from './database-types.ts';
import { people, sales } from './schema-sale.ts';
import { customerDetachments, idMap, outbox, outboxDependencies } from './schema-sync.ts';
import { writeStatement } from './statement.ts';

const value = (name: string) => sql`${sql.placeholder(name)}`;
const COLUMNS = ['name', 'searchName', 'phone', 'email', 'address', 'consents', 'documentId'] as const;

const upsert = writeStatement((orm) =>
  orm
    .insert(people)
    .values({
      personId: sql.placeholder('personId'),
      cpf: sql.placeholder('cpf'),
      name: sql.placeholder('name'),
      searchName: sql.placeholder('searchName'),
      phone: sql.placeholder('phone'),
      email: sql.placeholder('email'),
      address: sql.placeholder('address'),
      consents: sql.placeholder('consents'),
      salt: sql.placeholder('salt'),
      createdAtMs: sql.placeholder('registeredAtMs'),
      registeredAtMs: sql.placeholder('registeredAtMs'),
      documentId: sql.placeholder('documentId'),
    })
    .onConflictDoUpdate({
      target: people.personId,
      set: Object.fromEntries(COLUMNS.map((column) => [column, sql.raw(`excluded.${people[column].name}`)])),
    })
    .prepare(),
);

/** Writes a registered customer, new or changed. CPF, salt and time of registration stay what they were. */
export function saveCustomer(tx: WriteTx, customer: CustomerRecord & { readonly searchName: string }): void {
  upsert(tx).run(customer);
}

const saleCustomer = writeStatement((orm) =>
  orm
    .update(sales)
    .set({ customerPersonId: value('personId'), customerCommitment: value('commitment') })
    .where(eq(sales.saleId, sql.placeholder('saleId')))
    .prepare(),
);

/** Names the customer of a sale that is not completed, or none. */
export function setSaleCustomer(
  tx: WriteTx,
  saleId: string,
  customer: { readonly personId: string; readonly commitment: string } | null,
): void {
  saleCustomer(tx).run({
    saleId,
    personId: customer?.personId ?? null,
    commitment: customer?.commitment ?? null,
  });
}

const moveChildren = writeStatement((orm) =>
  orm
    .update(outboxDependencies)
    .set({ parentId: value('newId') })
    .where(eq(outboxDependencies.parentId, sql.placeholder('oldId')))
    .prepare(),
);
const annul = writeStatement((orm) =>
  orm
    .update(outbox)
    .set({ state: sql`'annulled'` })
    .where(
      and(
        eq(outbox.documentId, sql.placeholder('oldId')),
        inArray(outbox.state, ['pending', 'unknown', 'sent', 'rejected', 'diverged']),
      ),
    )
    .prepare(),
);

/**
 * A newer document says all that an older one of the same customer says: what waits for the old one waits for the new
 * one, and the old one is not sent again. One that is being sent ends by itself.
 */
export function supersedeDocument(tx: WriteTx, oldId: string, newId: string): void {
  moveChildren(tx).run({ oldId, newId });
  annul(tx).run({ oldId });
}

// Named in full: the builder drops the tables' names inside a subquery.
const removeParents = writeStatement((orm) =>
  orm
    .delete(outboxDependencies)
    .where(
      and(
        eq(outboxDependencies.childId, sql.placeholder('saleId')),
        sql`EXISTS (SELECT 1 FROM outbox p WHERE p.document_id = "outbox_dependencies"."parent_id" AND p.kind = 'customer')`,
      ),
    )
    .prepare(),
);
const insertDetachment = writeStatement((orm) =>
  orm
    .insert(customerDetachments)
    .values({
      saleId: sql.placeholder('saleId'),
      operatorCode: sql.placeholder('operatorCode'),
      detachedAtMs: sql.placeholder('detachedAtMs'),
    })
    .prepare(),
);

/** Lets a completed sale go without its customer, for whom it waits no more, and notes who decided it. */
export function detachCustomer(tx: WriteTx, detachment: typeof customerDetachments.$inferSelect): void {
  removeParents(tx).run(detachment);
  insertDetachment(tx).run(detachment);
}

const removeChildren = writeStatement((orm) =>
  orm
    .delete(outboxDependencies)
    .where(eq(outboxDependencies.parentId, sql.placeholder('documentId')))
    .prepare(),
);
const discard = writeStatement((orm) =>
  orm
    .update(outbox)
    .set({ state: sql`'discarded'` })
    .where(and(eq(outbox.documentId, sql.placeholder('documentId')), ne(outbox.state, 'confirmed')))
    .prepare(),
);

/** Lets go what waits for a document. */
export function releaseChildren(tx: WriteTx, documentId: string): void {
  removeChildren(tx).run({ documentId });
}

/** Ends a customer document that will never be sent: what waited for it goes without. A confirmed one stays. */
export function discardCustomerDocument(tx: WriteTx, documentId: string): void {
  releaseChildren(tx, documentId);
  discard(tx).run({ documentId });
}

const forgetServerId = writeStatement((orm) =>
  orm
    .delete(idMap)
    .where(and(eq(idMap.kind, 'customer'), eq(idMap.localId, sql.placeholder('personId'))))
    .prepare(),
);

/** The ERP's id of a customer is no longer true. */
export function forgetServerCustomer(tx: WriteTx, personId: string): void {
  forgetServerId(tx).run({ personId });
}
