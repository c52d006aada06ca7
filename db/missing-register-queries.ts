import { eq, sql } from 'drizzle-orm';
import type { ReadDb, WriteTx } from './database-types.ts';
import { missingRegisters } from './schema-setup.ts';
import { readStatement, writeStatement } from './statement.ts';

/** A register that the server does not offer; `detail` is what it said instead. */
export type MissingRegister = typeof missingRegisters.$inferSelect;

const all = readStatement((orm) => orm.select().from(missingRegisters).orderBy(missingRegisters.register).prepare());

/** The registers that this station works without. */
export function listMissingRegisters(db: ReadDb): MissingRegister[] {
  return all(db).all();
}

const insertMissing = writeStatement((orm) =>
  orm
    .insert(missingRegisters)
    .values({
      register: sql.placeholder('register'),
      detail: sql.placeholder('detail'),
      sinceMs: sql.placeholder('sinceMs'),
    })
    .onConflictDoNothing()
    .prepare(),
);

/** Notes a register as missing; false when that was known. */
export function noteMissingRegister(tx: WriteTx, missing: MissingRegister): boolean {
  return insertMissing(tx).run(missing).changes > 0;
}

const deleteMissing = writeStatement((orm) =>
  orm
    .delete(missingRegisters)
    .where(eq(missingRegisters.register, sql.placeholder('register')))
    .prepare(),
);

/** The server offers the register (again); false when it was never missed. */
export function forgetMissingRegister(tx: WriteTx, register: string): boolean {
  return deleteMissing(tx).run({ register }).changes > 0;
}
