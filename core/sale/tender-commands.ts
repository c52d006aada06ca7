import { ok, refuse } from '../../contract/result.ts';
import type { PaymentTypeView } from '../../contract/station-views.ts';
import type { ReadDb } from '../../db/database-types.ts';
import {
  findPaymentType,
  hasAcquirer,
  hasCardBrand,
  listPaymentTypes,
  type PaymentTypeRecord,
} from '../../db/payment-queries.ts';
import { nextTenderPosition } from '../../db/sale-queries.ts';
import { insertTender, removeTender } from '../../db/sale-writes.ts';
import { refId, type CommandHandler, type QueryHandler } from '../handlers.ts';
import type { Random } from '../random.ts';
import { readPixMerchant, type PixMerchant } from '../pix/pix-merchant.ts';
import { confirmPix, findUnansweredPix, insertPix, takePixBack } from '../pix/pix-tender.ts';
import { assignPaymentDigits } from '../setup/payment-digit-rules.ts';
import { readPolicies } from '../setup/read-policies.ts';
import { requireOpenSale, requirePayableSale } from './at-the-till.ts';
import { getSaleView } from './sale-view.ts';
import { describePaymentKind, maximumInstallments } from './tender-rules.ts';

/** Paying: several tenders; what is given above the total comes back only from cash. */
export function createTenderCommands({ random }: { readonly random: Random }): {
  readonly 'sale.addTender': CommandHandler<'sale.addTender'>;
  readonly 'sale.removeTender': CommandHandler<'sale.removeTender'>;
  readonly 'sale.confirmPix': CommandHandler<'sale.confirmPix'>;
} {
  return {
    'sale.addTender': {
      decide: (tx, input, { nowMs }) => {
        const sale = requirePayableSale(tx, input.saleId);
        if (!sale.ok) return sale;
        const { items, payment } = sale.value;
        if (items.length === 0) return refuse({ code: 'sale_empty', saleId: input.saleId });
        if (payment.dueCents === 0) return refuse({ code: 'nothing_due', saleId: input.saleId });
        const unanswered = findUnansweredPix(sale.value.tenders);
        if (unanswered !== null) return unanswered;
        const type = findPaymentType(tx, input.paymentTypeId);
        if (type === null) return refuse({ code: 'payment_type_unknown', paymentTypeId: input.paymentTypeId });
        if (!describePaymentKind(type.kind).supported)
          return refuse({ code: 'payment_type_unsupported', paymentType: type.description });
        if (input.amountCents > payment.dueCents && !(type.kind === 'cash' && type.allowsChange)) {
          return refuse({
            code: 'change_not_allowed',
            paymentType: type.description,
            dueCents: payment.dueCents,
            amountCents: input.amountCents,
          });
        }
        const maximum = maximumInstallments(input.amountCents, readPolicies(tx).installmentMinimumCents, type.kind);
        if (input.installments > maximum)
          return refuse({ code: 'installments_invalid', installments: input.installments, maximum });
        if (input.cardBrandId !== null && !hasCardBrand(tx, input.cardBrandId)) {
          return refuse({ code: 'card_field_unknown', field: 'cardBrandId', value: input.cardBrandId });
        }
        if (input.acquirerId !== null && !hasAcquirer(tx, input.acquirerId)) {
          return refuse({ code: 'card_field_unknown', field: 'acquirerId', value: input.acquirerId });
        }
        let merchant: PixMerchant | null = null;
        if (type.kind === 'pix') {
          const ready = readPixMerchant(tx);
          if (!ready.ok) return ready;
          merchant = ready.value;
        }
        const tenderId = random.newId();
        insertTender(tx, {
          tenderId,
          saleId: input.saleId,
          position: nextTenderPosition(tx, input.saleId),
          paymentTypeId: type.paymentTypeId,
          description: type.description,
          kind: type.kind,
          amountCents: input.amountCents,
          installments: input.installments,
          cardBrandId: input.cardBrandId,
          acquirerId: input.acquirerId,
          nsu: input.nsu,
        });
        if (merchant !== null) insertPix(tx, { ...input, tenderId }, sale.value, merchant, nowMs);
        return ok({ saleId: input.saleId });
      },
      view: (db, ref) => getSaleView(db, refId(ref, 'saleId')),
    },

    'sale.removeTender': {
      decide: (tx, { saleId, tenderId }, { nowMs }) => {
        const sale = requireOpenSale(tx, saleId);
        if (!sale.ok) return sale;
        const tender = sale.value.tenders.find((candidate) => candidate.tenderId === tenderId);
        if (tender === undefined) return refuse({ code: 'tender_not_found', tenderId });
        takePixBack(tx, tender, sale.value.operator.operatorCode, nowMs);
        removeTender(tx, tenderId, nowMs);
        return ok({ saleId });
      },
      view: (db, ref) => getSaleView(db, refId(ref, 'saleId')),
    },

    'sale.confirmPix': {
      decide: (tx, { saleId, tenderId }, { nowMs }) => {
        const sale = requireOpenSale(tx, saleId);
        if (!sale.ok) return sale;
        const tender = sale.value.tenders.find((candidate) => candidate.tenderId === tenderId);
        if (tender === undefined) return refuse({ code: 'tender_not_found', tenderId });
        if (tender.pixState !== 'waiting') return refuse({ code: 'pix_not_waiting', tenderId });
        confirmPix(tx, tender, sale.value.operator.operatorCode, nowMs);
        return ok({ saleId });
      },
      view: (db, ref) => getSaleView(db, refId(ref, 'saleId')),
    },
  };
}

/** The payment types with the digits that the station group gives them, in the order of the ERP. */
export function listPaymentTypeViews(db: ReadDb): PaymentTypeView[] {
  const types = listPaymentTypes(db);
  const digits = assignPaymentDigits(
    types.map(({ paymentTypeId }) => paymentTypeId),
    readPolicies(db).paymentDigits,
  );
  return types.map((type, index) => toView(db, type, digits[index] ?? null));
}

export const paymentQueries: { readonly 'payment.types': QueryHandler<'payment.types'> } = {
  'payment.types': (db) => ok(listPaymentTypeViews(db)),
};

function toView(
  db: ReadDb,
  { paymentTypeId, code, description, kind, allowsChange }: PaymentTypeRecord,
  digit: number | null,
): PaymentTypeView {
  const { supported, maximumInstallments } = describePaymentKind(kind);
  const pix = kind === 'pix' ? readPixMerchant(db) : null;
  const unavailable = pix !== null && !pix.ok ? pix.error.lacks : supported ? null : 'kind';
  return {
    paymentTypeId,
    code,
    description,
    kind,
    allowsChange,
    maximumInstallments,
    digit,
    supported: unavailable === null,
    unavailable,
  };
}
