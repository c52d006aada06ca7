import { findCurrentOperator } from '../../db/operator-queries.ts';
import { ok, refuse } from '../../contract/result.ts';
import type { PaymentMappingView } from '../../contract/setup-views.ts';
import type { ReadDb } from '../../db/database-types.ts';
import { choosePaymentKind, listPaymentMappings } from '../../db/payment-kind-queries.ts';
import { findEnrolment } from '../../db/setup-queries.ts';
import { appendAudit } from '../audit/audit.ts';
import type { CommandHandler, QueryHandler } from '../handlers.ts';

/** The de/para of payment types: the guess from the ERP's words, and what a person said instead. */
export const paymentMapping: {
  readonly 'setup.paymentTypes': QueryHandler<'setup.paymentTypes'>;
  readonly 'setup.mapPaymentTypes': CommandHandler<'setup.mapPaymentTypes'>;
} = {
  'setup.paymentTypes': (db) => ok(listViews(db)),
  'setup.mapPaymentTypes': {
    decide: (tx, { paymentKinds }, { nowMs }) => {
      if (findEnrolment(tx) === null) return refuse({ code: 'station_not_enrolled' });
      const before = new Map(listViews(tx).map((view) => [view.paymentTypeId, view.kind]));
      for (const { paymentTypeId, kind } of paymentKinds) {
        const from = before.get(paymentTypeId);
        if (from === undefined) return refuse({ code: 'payment_type_unknown', paymentTypeId });
        choosePaymentKind(tx, paymentTypeId, kind);
        if (from === kind) continue;
        appendAudit(tx, {
          atMs: nowMs,
          operatorCode: findCurrentOperator(tx)?.operatorCode ?? null,
          action: 'payment_type_mapped',
          subjectId: String(paymentTypeId),
          detail: { from, to: kind },
        });
      }
      return ok({});
    },
    view: listViews,
  },
};

function listViews(db: ReadDb): PaymentMappingView[] {
  return listPaymentMappings(db).map(({ chosenKind, ...mapping }) => ({
    ...mapping,
    kind: chosenKind ?? mapping.guessedKind,
  }));
}
