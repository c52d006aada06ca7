import { eq, sql } from 'drizzle-orm';
import type { PaymentKind } from '../contract/sale-views.ts';
import type { ReadDb, WriteTx } from './database-types.ts';
import { paymentKinds, paymentTypes } from './schema-setup.ts';
import { readStatement, writeStatement } from './statement.ts';

/** One line of the de/para of payment types; `chosenKind` null: the guess from the ERP's words holds. */
export type PaymentMappingRecord = {
  readonly paymentTypeId: number;
  readonly code: string;
  readonly description: string;
  readonly guessedKind: PaymentKind;
  readonly chosenKind: PaymentKind | null;
};

const upsertGuess = writeStatement((orm) =>
  orm
    .insert(paymentKinds)
    .values({ paymentTypeId: sql.placeholder('paymentTypeId'), guessedKind: sql.placeholder('kind') })
    .onConflictDoUpdate({ target: paymentKinds.paymentTypeId, set: { guessedKind: sql`excluded.guessed_kind` } })
    .prepare(),
);

const chosen = readStatement((orm) =>
  orm
    .select({ kind: paymentKinds.chosenKind })
    .from(paymentKinds)
    .where(eq(paymentKinds.paymentTypeId, sql.placeholder('paymentTypeId')))
    .prepare(),
);

/** Notes what the ERP's words were taken for, and answers the kind that holds: what a person chose, else the guess. */
export function noteGuessedKind(tx: WriteTx, paymentTypeId: number, kind: PaymentKind): PaymentKind {
  upsertGuess(tx).run({ paymentTypeId, kind });
  return chosen(tx).get({ paymentTypeId })?.kind ?? kind;
}

const updateChosen = writeStatement((orm) =>
  orm
    .update(paymentKinds)
    .set({ chosenKind: sql`${sql.placeholder('kind')}` })
    .where(eq(paymentKinds.paymentTypeId, sql.placeholder('paymentTypeId')))
    .prepare(),
);

const updateType = writeStatement((orm) =>
  orm
    .update(paymentTypes)
    .set({ kind: sql`${sql.placeholder('kind')}`, allowsChange: sql`${sql.placeholder('allowsChange')}` })
    .where(eq(paymentTypes.paymentTypeId, sql.placeholder('paymentTypeId')))
    .prepare(),
);

/** Takes a payment type for `kind` from now on; a tender that was taken keeps the kind it was taken as. */
export function choosePaymentKind(tx: WriteTx, paymentTypeId: number, kind: PaymentKind): void {
  updateChosen(tx).run({ paymentTypeId, kind });
  updateType(tx).run({ paymentTypeId, kind, allowsChange: kind === 'cash' ? 1 : 0 });
}

const mappings = readStatement((orm) =>
  orm
    .select({
      paymentTypeId: paymentTypes.paymentTypeId,
      code: paymentTypes.code,
      description: paymentTypes.description,
      guessedKind: paymentKinds.guessedKind,
      chosenKind: paymentKinds.chosenKind,
    })
    .from(paymentTypes)
    .innerJoin(paymentKinds, eq(paymentKinds.paymentTypeId, paymentTypes.paymentTypeId))
    .orderBy(paymentTypes.paymentTypeId)
    .prepare(),
);

/** The de/para of every payment type the ERP has, active or not. */
export function listPaymentMappings(db: ReadDb): PaymentMappingRecord[] {
  return mappings(db).all();
}
