import { and, eq, inArray, sql } from 'drizzle-orm';
import type { CustomerRecord } from './customer-queries.ts';
import type { WriteTx } from './database-types.ts';
import { people, sales } from './schema-sale.ts';
import { outbox, outboxDependencies } from './schema-sync.ts';
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
