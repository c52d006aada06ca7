import { and, asc, eq, inArray, isNotNull, isNull, notInArray, sql } from 'drizzle-orm';
import type { ReadDb } from './database-types.ts';
import { people } from './schema-sale.ts';
import { customerDetachments, idMap, outbox, outboxDependencies } from './schema-sync.ts';
import { readStatement } from './statement.ts';

/**
 * A registered customer as stored. `cpf` is eleven digits; `address` and `consents` are JSON, null when nobody gave them;
 * `documentId` is the newest document that tells the ERP of this customer.
 */
export type CustomerRecord = {
  readonly personId: string;
  readonly cpf: string;
  readonly name: string;
  readonly phone: string | null;
  readonly email: string | null;
  readonly address: string | null;
  readonly consents: string | null;
  readonly salt: string;
  readonly registeredAtMs: number;
  readonly documentId: string | null;
};

const FIELDS = {
  personId: people.personId,
  cpf: sql<string>`${people.cpf}`,
  name: sql<string>`${people.name}`,
  phone: people.phone,
  email: people.email,
  address: people.address,
  consents: people.consents,
  salt: people.salt,
  registeredAtMs: sql<number>`${people.registeredAtMs}`,
  documentId: people.documentId,
};
const isCustomer = and(isNotNull(people.registeredAtMs), isNull(people.erasedAtMs));

const byId = readStatement((orm) =>
  orm
    .select(FIELDS)
    .from(people)
    .where(and(isCustomer, eq(people.personId, sql.placeholder('personId'))))
    .prepare(),
);

/** The registered customer with this id; null when there is none, or the person was erased. */
export function findCustomer(db: ReadDb, personId: string): CustomerRecord | null {
  return byId(db).get({ personId }) ?? null;
}

const byCpf = readStatement((orm) =>
  orm
    .select(FIELDS)
    .from(people)
    .where(and(isCustomer, eq(people.cpf, sql.placeholder('cpf'))))
    .prepare(),
);

/** The registered customer with these eleven digits, or null. A unique index allows no second. */
export function findCustomerByCpf(db: ReadDb, cpf: string): CustomerRecord | null {
  return byCpf(db).get({ cpf }) ?? null;
}

const byName = readStatement((orm) =>
  orm
    .select({ personId: people.personId, name: sql<string>`${people.name}`, cpf: sql<string>`${people.cpf}` })
    .from(people)
    .where(and(isCustomer, sql`' ' || ${people.searchName} LIKE '% ' || ${sql.placeholder('begin')} || '%'`))
    .orderBy(asc(people.searchName), asc(people.personId))
    .limit(sql.placeholder('limit'))
    .prepare(),
);

/** Customers of whose name any word begins like `begin`, which is folded as their search name; by name. */
export function listCustomersByName(
  db: ReadDb,
  begin: string,
  limit: number,
): { readonly personId: string; readonly name: string; readonly cpf: string }[] {
  return byName(db).all({ begin, limit });
}

const remoteId = readStatement((orm) =>
  orm
    .select({ remoteId: idMap.remoteId, isCertain: idMap.isCertain })
    .from(idMap)
    .where(
      and(
        eq(idMap.connector, sql.placeholder('connector')),
        eq(idMap.kind, 'customer'),
        eq(idMap.localId, sql.placeholder('personId')),
      ),
    )
    .prepare(),
);

/**
 * What a customer is called at the ERP, or null as long as the ERP did not confirm it. `isCertain` is false after the
 * ERP went back in time: until it is asked again that id may be somebody else's.
 */
export function findServerCustomer(
  db: ReadDb,
  connector: string,
  personId: string,
): { readonly customerId: number; readonly isCertain: boolean } | null {
  const row = remoteId(db).get({ connector, personId });
  return row === undefined ? null : { customerId: Number(row.remoteId), isCertain: row.isCertain };
}

const refusedOf = readStatement((orm) =>
  orm
    .select({ documentId: outbox.documentId })
    .from(outboxDependencies)
    .innerJoin(outbox, eq(outbox.documentId, outboxDependencies.parentId))
    .where(
      and(
        eq(outboxDependencies.childId, sql.placeholder('saleId')),
        eq(outbox.kind, 'customer'),
        inArray(outbox.state, ['rejected', 'diverged']),
      ),
    )
    .prepare(),
);

/** The refused customer document that keeps a sale from being sent, or null. */
export function findRefusedCustomer(db: ReadDb, saleId: string): string | null {
  return refusedOf(db).get({ saleId })?.documentId ?? null;
}

const waitingFor = readStatement((orm) =>
  orm
    .select({ sales: sql<number>`count(*)` })
    .from(outboxDependencies)
    .innerJoin(outbox, eq(outbox.documentId, outboxDependencies.childId))
    .where(
      and(
        eq(outboxDependencies.parentId, sql.placeholder('documentId')),
        notInArray(outbox.state, ['confirmed', 'annulled', 'discarded']),
      ),
    )
    .prepare(),
);

/** How many documents that did not arrive yet wait for this one. */
export function countWaitingFor(db: ReadDb, documentId: string): number {
  return waitingFor(db).get({ documentId })?.sales ?? 0;
}

const detachment = readStatement((orm) =>
  orm
    .select({ saleId: customerDetachments.saleId })
    .from(customerDetachments)
    .where(eq(customerDetachments.saleId, sql.placeholder('saleId')))
    .prepare(),
);

/** Whether a person sent this completed sale on without its customer. */
export function isCustomerDetached(db: ReadDb, saleId: string): boolean {
  return detachment(db).get({ saleId }) !== undefined;
}
