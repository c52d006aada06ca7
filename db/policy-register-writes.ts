import { sql } from 'drizzle-orm';
import type { WriteTx } from './database-types.ts';
import { financialReasons, paymentTerms, promotions } from './schema-setup.ts';
import { writeStatement } from './statement.ts';

// These registers are read whole, so that the last answer is the truth: also after the ERP went back to a backup.

const upsertPaymentTerm = writeStatement((orm) =>
  orm
    .insert(paymentTerms)
    .values({
      paymentTermId: sql.placeholder('paymentTermId'),
      code: sql.placeholder('code'),
      description: sql.placeholder('description'),
      installments: sql.placeholder('installments'),
      isActive: sql.placeholder('isActive'),
    })
    .onConflictDoUpdate({
      target: paymentTerms.paymentTermId,
      set: {
        code: sql`excluded.code`,
        description: sql`excluded.description`,
        installments: sql`excluded.installments`,
        isActive: sql`excluded.is_active`,
      },
    })
    .prepare(),
);

/** Keeps a payment term as the ERP has it; `installments` is JSON. */
export function savePaymentTerm(tx: WriteTx, term: typeof paymentTerms.$inferSelect): void {
  upsertPaymentTerm(tx).run(term);
}

const upsertFinancialReason = writeStatement((orm) =>
  orm
    .insert(financialReasons)
    .values({
      financialReasonId: sql.placeholder('financialReasonId'),
      code: sql.placeholder('code'),
      description: sql.placeholder('description'),
      direction: sql.placeholder('direction'),
      isActive: sql.placeholder('isActive'),
      transId: sql.placeholder('transId'),
    })
    .onConflictDoUpdate({
      target: financialReasons.financialReasonId,
      set: {
        code: sql`excluded.code`,
        description: sql`excluded.description`,
        direction: sql`excluded.direction`,
        isActive: sql`excluded.is_active`,
        transId: sql`excluded.trans_id`,
      },
    })
    .prepare(),
);

/** Keeps a reason for money that goes into or out of the drawer. */
export function saveFinancialReason(tx: WriteTx, reason: typeof financialReasons.$inferSelect): void {
  upsertFinancialReason(tx).run(reason);
}

const upsertPromotion = writeStatement((orm) =>
  orm
    .insert(promotions)
    .values({
      promotionId: sql.placeholder('promotionId'),
      code: sql.placeholder('code'),
      description: sql.placeholder('description'),
      startsAtMs: sql.placeholder('startsAtMs'),
      endsAtMs: sql.placeholder('endsAtMs'),
      priority: sql.placeholder('priority'),
      isCumulative: sql.placeholder('isCumulative'),
      branchIds: sql.placeholder('branchIds'),
      rule: sql.placeholder('rule'),
      isActive: sql.placeholder('isActive'),
      transId: sql.placeholder('transId'),
    })
    .onConflictDoUpdate({
      target: promotions.promotionId,
      set: {
        code: sql`excluded.code`,
        description: sql`excluded.description`,
        startsAtMs: sql`excluded.starts_at_ms`,
        endsAtMs: sql`excluded.ends_at_ms`,
        priority: sql`excluded.priority`,
        isCumulative: sql`excluded.is_cumulative`,
        branchIds: sql`excluded.branch_ids`,
        rule: sql`excluded.rule`,
        isActive: sql`excluded.is_active`,
        transId: sql`excluded.trans_id`,
      },
    })
    .prepare(),
);

/** Keeps a promotion as the ERP has it; `branchIds` and `rule` are JSON. */
export function savePromotion(tx: WriteTx, promotion: typeof promotions.$inferSelect): void {
  upsertPromotion(tx).run(promotion);
}
