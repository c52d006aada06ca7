import { and, eq, ne, sql } from 'drizzle-orm';
import type { WriteTx } from './database-types.ts';
import { acquirers, cardBrands, operators, paymentTypes, salespeople } from './schema-setup.ts';
import { writeStatement } from './statement.ts';

const freeOperatorCode = writeStatement((orm) =>
  orm
    .delete(operators)
    .where(
      and(
        eq(operators.operatorCode, sql.placeholder('operatorCode')),
        ne(operators.operatorId, sql.placeholder('operatorId')),
      ),
    )
    .prepare(),
);

const upsertOperator = writeStatement((orm) =>
  orm
    .insert(operators)
    .values({
      operatorId: sql.placeholder('operatorId'),
      operatorCode: sql.placeholder('operatorCode'),
      name: sql.placeholder('name'),
      profile: sql.placeholder('profile'),
      pinHash: sql.placeholder('pinHash'),
      permissions: sql.placeholder('permissions'),
      isActive: sql.placeholder('isActive'),
      transId: sql.placeholder('transId'),
    })
    .onConflictDoUpdate({
      target: operators.operatorId,
      set: {
        operatorCode: sql`excluded.operator_code`,
        name: sql`excluded.name`,
        profile: sql`excluded.profile`,
        pinHash: sql`excluded.pin_hash`,
        permissions: sql`excluded.permissions`,
        isActive: sql`excluded.is_active`,
        transId: sql`excluded.trans_id`,
      },
      setWhere: sql`excluded.trans_id > ${operators.transId}`,
    })
    .prepare(),
);

/** Keeps an operator as the ERP has it; a code that passed to another person takes the earlier one's place. */
export function saveOperator(tx: WriteTx, operator: typeof operators.$inferSelect): void {
  freeOperatorCode(tx).run({ operatorCode: operator.operatorCode, operatorId: operator.operatorId });
  upsertOperator(tx).run(operator);
}

const freeSalespersonCode = writeStatement((orm) =>
  orm
    .delete(salespeople)
    .where(
      and(
        eq(salespeople.salespersonCode, sql.placeholder('salespersonCode')),
        ne(salespeople.salespersonId, sql.placeholder('salespersonId')),
      ),
    )
    .prepare(),
);

const upsertSalesperson = writeStatement((orm) =>
  orm
    .insert(salespeople)
    .values({
      salespersonId: sql.placeholder('salespersonId'),
      salespersonCode: sql.placeholder('salespersonCode'),
      name: sql.placeholder('name'),
      isActive: sql.placeholder('isActive'),
    })
    .onConflictDoUpdate({
      target: salespeople.salespersonId,
      set: {
        salespersonCode: sql`excluded.salesperson_code`,
        name: sql`excluded.name`,
        isActive: sql`excluded.is_active`,
      },
    })
    .prepare(),
);

/** Keeps a salesperson as the ERP has it. */
export function saveSalesperson(tx: WriteTx, salesperson: typeof salespeople.$inferSelect): void {
  const { salespersonCode, salespersonId } = salesperson;
  freeSalespersonCode(tx).run({ salespersonCode, salespersonId });
  upsertSalesperson(tx).run(salesperson);
}

const upsertPaymentType = writeStatement((orm) =>
  orm
    .insert(paymentTypes)
    .values({
      paymentTypeId: sql.placeholder('paymentTypeId'),
      code: sql.placeholder('code'),
      description: sql.placeholder('description'),
      kind: sql.placeholder('kind'),
      allowsChange: sql.placeholder('allowsChange'),
      isActive: sql.placeholder('isActive'),
    })
    .onConflictDoUpdate({
      target: paymentTypes.paymentTypeId,
      set: {
        code: sql`excluded.code`,
        description: sql`excluded.description`,
        kind: sql`excluded.kind`,
        allowsChange: sql`excluded.allows_change`,
        isActive: sql`excluded.is_active`,
      },
    })
    .prepare(),
);

/** Keeps a payment type as the ERP has it. */
export function savePaymentType(tx: WriteTx, paymentType: typeof paymentTypes.$inferSelect): void {
  upsertPaymentType(tx).run(paymentType);
}

const upsertCardBrand = writeStatement((orm) =>
  orm
    .insert(cardBrands)
    .values({ cardBrandId: sql.placeholder('cardBrandId'), description: sql.placeholder('description') })
    .onConflictDoUpdate({ target: cardBrands.cardBrandId, set: { description: sql`excluded.description` } })
    .prepare(),
);

/** Keeps a card brand as the ERP has it. */
export function saveCardBrand(tx: WriteTx, brand: typeof cardBrands.$inferSelect): void {
  upsertCardBrand(tx).run(brand);
}

const upsertAcquirer = writeStatement((orm) =>
  orm
    .insert(acquirers)
    .values({ acquirerId: sql.placeholder('acquirerId'), description: sql.placeholder('description') })
    .onConflictDoUpdate({ target: acquirers.acquirerId, set: { description: sql`excluded.description` } })
    .prepare(),
);

/** Keeps a card acquirer as the ERP has it. */
export function saveAcquirer(tx: WriteTx, acquirer: typeof acquirers.$inferSelect): void {
  upsertAcquirer(tx).run(acquirer);
}
