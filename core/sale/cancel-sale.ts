import { ok, refuse } from '../../contract/result.ts';
import { insertOutboxDocument } from '../../db/outbox-queries.ts';
import { returnPixOfSale } from '../../db/pix-writes.ts';
import { findOperator } from '../../db/operator-queries.ts';
import { insertCancellation, insertPaper } from '../../db/sale-document-writes.ts';
import { findCancellation } from '../../db/sale-queries.ts';
import { appendAudit } from '../audit/audit.ts';
import { refId, type CommandHandler } from '../handlers.ts';
import { authorise } from '../operator/authorise.ts';
import type { Random } from '../random.ts';
import { getPaperStore, getPaperView } from '../receipt/paper-store.ts';
import { CANCELLATION_PAPER_VERSION, cancellationPaper } from '../receipt/sale-paper-rules.ts';
import { readPolicies } from '../setup/read-policies.ts';
import { requireTill } from './at-the-till.ts';
import { toCancellationDocument, toOutboxDocument } from './sale-document.ts';
import { getSaleRow } from './sale-queries.ts';
import { findLoadedSale, toSaleView } from './sale-view.ts';

/**
 * Cancels a completed sale with a document of its own that points at it; works on a sale that was not sent yet. Cash
 * leaves today's drawer; a card is reversed at the terminal; a Pix waits to be given back (`Pix a conferir`).
 */
export function createCancelSale({ random }: { readonly random: Random }): {
  readonly 'sale.cancel': CommandHandler<'sale.cancel'>;
} {
  return {
    'sale.cancel': {
      decide: (tx, { saleId, reason, approvalId }, { nowMs }) => {
        const till = requireTill(tx);
        if (!till.ok) return till;
        const loaded = findLoadedSale(tx, saleId);
        if (loaded === null) return refuse({ code: 'sale_not_found', saleId });
        const { sale, sums, payment, tenders } = loaded;
        if (sale.state !== 'completed' || sale.number === null || sale.completedAtMs === null)
          return refuse({ code: 'sale_not_completed', saleId });
        const before = findCancellation(tx, saleId);
        if (before !== null) {
          return refuse({
            code: 'sale_already_cancelled',
            saleId,
            cancelledAt: new Date(before.cancelledAtMs).toISOString(),
          });
        }
        const ageMinutes = Math.floor(Math.max(0, nowMs - sale.completedAtMs) / 60_000);
        const limitMinutes = readPolicies(tx).cancellationMinutes;
        if (ageMinutes > limitMinutes) return refuse({ code: 'cancellation_too_late', limitMinutes, ageMinutes });
        const { operator, session } = till.value;
        const leave = authorise(tx, operator, 'cancel_sale', approvalId, nowMs);
        if (!leave.ok) return leave;

        const cancellationId = random.newId();
        const { approvedBy } = leave.value;
        const cashCents = tenders
          .filter(({ kind }) => kind === 'cash')
          .reduce((sum, { amountCents }) => sum + amountCents, 0);
        const cashBackCents = cashCents - payment.changeCents;
        const audited = appendAudit(tx, {
          atMs: nowMs,
          operatorCode: operator.operatorCode,
          approvedBy,
          action: 'sale_cancel',
          subjectId: saleId,
          detail: { cancellationId, number: sale.number, totalCents: sums.totalCents, cashBackCents, reason },
        });
        insertCancellation(tx, {
          cancellationId,
          saleId,
          cashSessionId: session.cashSessionId,
          operatorCode: operator.operatorCode,
          approvedBy,
          reason,
          cancelledAtMs: nowMs,
          businessDay: session.businessDay,
          totalCents: sums.totalCents,
          cashBackCents,
          tick: audited.sequence,
        });
        returnPixOfSale(tx, saleId);
        const document = toCancellationDocument(tx, {
          cancellationId,
          saleId,
          number: sale.number,
          reason,
          cancelledAtMs: nowMs,
        });
        insertOutboxDocument(tx, {
          document: toOutboxDocument(
            document,
            { createdAtMs: nowMs, businessDay: session.businessDay, tick: audited.sequence },
            sums.totalCents,
          ),
          parents: [saleId],
        });
        const paper = cancellationPaper(toSaleView(loaded), getPaperStore(tx), {
          cancelledAt: new Date(nowMs).toISOString(),
          reason,
          operator: operator.name,
          approvedBy: approvedBy === null ? null : (findOperator(tx, approvedBy)?.name ?? approvedBy),
          cashBackCents,
          control: audited.hash.slice(0, 4),
        });
        insertPaper(
          tx,
          {
            paperId: random.newId(),
            documentId: cancellationId,
            kind: 'cancellation',
            templateVersion: CANCELLATION_PAPER_VERSION,
            lines: JSON.stringify(paper),
            createdAtMs: nowMs,
          },
          { opensDrawer: cashBackCents > 0 },
        );
        return ok({ saleId, cancellationId });
      },
      view: (db, ref) => ({
        row: getSaleRow(db, refId(ref, 'saleId')),
        paper: getPaperView(db, refId(ref, 'cancellationId')),
      }),
    },
  };
}
