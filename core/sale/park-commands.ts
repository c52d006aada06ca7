import { ok, refuse } from '../../contract/result.ts';
import { returnPixOfSale } from '../../db/pix-writes.ts';
import { findOpenSaleId } from '../../db/sale-queries.ts';
import { setSaleState } from '../../db/sale-writes.ts';
import { appendAudit } from '../audit/audit.ts';
import { refId, type CommandHandler } from '../handlers.ts';
import { authorise } from '../operator/authorise.ts';
import { findUnansweredPix } from '../pix/pix-tender.ts';
import { requireOpenSale, requireTill, requireUnpaidSale } from './at-the-till.ts';
import { findLoadedSale, getSaleView } from './sale-view.ts';

/** Putting a sale aside, taking it back, and giving it up. */
export const parkCommands: {
  readonly 'sale.park': CommandHandler<'sale.park'>;
  readonly 'sale.recall': CommandHandler<'sale.recall'>;
  readonly 'sale.abandon': CommandHandler<'sale.abandon'>;
} = {
  'sale.park': {
    decide: (tx, { saleId, note }, { nowMs }) => {
      const sale = requireUnpaidSale(tx, saleId);
      if (!sale.ok) return sale;
      if (sale.value.items.length === 0) return refuse({ code: 'sale_empty', saleId });
      setSaleState(tx, saleId, 'parked', note);
      appendAudit(tx, {
        atMs: nowMs,
        operatorCode: sale.value.operator.operatorCode,
        action: 'sale_park',
        subjectId: saleId,
      });
      return ok({ saleId });
    },
    view: (db, ref) => ({ parked: getSaleView(db, refId(ref, 'saleId')) }),
  },

  'sale.recall': {
    decide: (tx, { saleId }, { nowMs }) => {
      const till = requireTill(tx);
      if (!till.ok) return till;
      const loaded = findLoadedSale(tx, saleId);
      if (loaded === null) return refuse({ code: 'sale_not_found', saleId });
      if (loaded.sale.state !== 'parked') return refuse({ code: 'sale_not_open', saleId, state: loaded.sale.state });
      const openId = findOpenSaleId(tx);
      if (openId !== null) return refuse({ code: 'another_sale_open', saleId: openId });
      setSaleState(tx, saleId, 'open', loaded.sale.note);
      appendAudit(tx, {
        atMs: nowMs,
        operatorCode: till.value.operator.operatorCode,
        action: 'sale_recall',
        subjectId: saleId,
      });
      return ok({ saleId });
    },
    view: (db, ref) => getSaleView(db, refId(ref, 'saleId')),
  },

  'sale.abandon': {
    decide: (tx, { saleId, reason, approvalId }, { nowMs }) => {
      const sale = requireOpenSale(tx, saleId);
      if (!sale.ok) return sale;
      const { operator, sums, tenders } = sale.value;
      // What became of an open QR is asked first: afterwards nobody would look.
      const unanswered = findUnansweredPix(tenders);
      if (unanswered !== null) return unanswered;
      const leave = authorise(tx, operator, 'abandon_sale', approvalId, nowMs);
      if (!leave.ok) return leave;
      appendAudit(tx, {
        atMs: nowMs,
        operatorCode: operator.operatorCode,
        approvedBy: leave.value.approvedBy,
        action: 'sale_abandon',
        subjectId: saleId,
        detail: { reason, totalCents: sums.totalCents, piecesMilli: sums.piecesMilli },
      });
      returnPixOfSale(tx, saleId);
      setSaleState(tx, saleId, 'abandoned', sale.value.sale.note);
      return ok({ saleId });
    },
    view: (db, ref) => ({ abandoned: getSaleView(db, refId(ref, 'saleId')) }),
  },
};
