import { and, eq, inArray, or, sql } from 'drizzle-orm';
import type { ReadDb, WriteTx } from './database-types.ts';
import { commandLog, people, sales } from './schema-sale.ts';
import { readStatement, writeStatement } from './statement.ts';

const value = (name: string) => sql`${sql.placeholder(name)}`;

const blank = writeStatement((orm) =>
  orm
    .update(people)
    .set({
      cpf: null,
      name: null,
      searchName: null,
      phone: null,
      email: null,
      address: null,
      consents: null,
      salt: '',
      erasedAtMs: value('atMs'),
    })
    .where(or(eq(people.personId, sql.placeholder('personId')), eq(people.cpf, sql.placeholder('cpf'))))
    .prepare(),
);
const unname = writeStatement((orm) =>
  orm
    .update(sales)
    .set({ customerPersonId: null, customerCommitment: null })
    .where(and(eq(sales.customerPersonId, sql.placeholder('personId')), inArray(sales.state, ['open', 'parked'])))
    .prepare(),
);
// The hash of an input whose other half (the id of the command) is known could be guessed: eleven digits are few.
const forgetInputs = writeStatement((orm) =>
  orm
    .update(commandLog)
    .set({ inputHash: '' })
    .where(eq(sql`json_extract(${commandLog.resultRef}, '$.personId')`, sql.placeholder('personId')))
    .prepare(),
);

/**
 * Erases a person: the registered customer and every CPF on a receipt that is the same, their salts with them, so that
 * no commitment can be opened. Sales that are not completed lose the customer; the commands that wrote it are refused
 * when they are repeated.
 */
export function erasePerson(
  tx: WriteTx,
  person: { readonly personId: string; readonly cpf: string },
  atMs: number,
): void {
  unname(tx).run(person);
  forgetInputs(tx).run(person);
  blank(tx).run({ ...person, atMs });
}

const erased = readStatement((orm) =>
  orm
    .select({ atMs: people.erasedAtMs })
    .from(people)
    .where(eq(people.personId, sql.placeholder('personId')))
    .prepare(),
);

/** When a person was erased; null for one that is not. */
export function findErasedAt(db: ReadDb, personId: string): number | null {
  return erased(db).get({ personId })?.atMs ?? null;
}
