import { formatDay } from '../../contract/format.ts';
import type { Policies } from '../../contract/policies.ts';
import type { PaperView, SaleView } from '../../contract/sale-views.ts';
import { ok, refuse } from '../../contract/result.ts';
import { insertOutboxDocument } from '../../db/outbox-queries.ts';
import type { OwnStore } from '../../db/own-store-queries.ts';
import { completeSaleRow, insertPaper, takeNumber } from '../../db/sale-document-writes.ts';
import type { WriteTx } from '../../db/database-types.ts';
import { appendAudit } from '../audit/audit.ts';
import { customerParents, fixSaleCustomer } from '../customer/sale-customer.ts';
import { Decision, refId, type CommandHandler } from '../handlers.ts';
import type { Random } from '../random.ts';
import { findUnansweredPix } from '../pix/pix-tender.ts';
import { getPaperView } from '../receipt/paper-store.ts';
import { SALE_PAPER_VERSION, salePaper } from '../receipt/sale-paper-rules.ts';
import { getOwnStore } from '../setup/read-policies.ts';
import { requirePayableSale, type Till } from './at-the-till.ts';
import { findDiscountAboveLimit } from './discount-limit.ts';
import { formatSaleNumber } from './number-rules.ts';
import { toOutboxDocument, toSaleDocument } from './sale-document.ts';
import { getSaleView, toSaleView, type LoadedSale } from './sale-view.ts';

/**
 * Completes a sale: one transaction writes its number and sums, its audit row, its outbox document and its paper.
 * After it the sale is a fact. Killed before the commit nothing happened; after it everything did, and the same
 * command finds it.
 */
export function createCompleteSale({ random }: { readonly random: Random }): {
  readonly 'sale.complete': CommandHandler<'sale.complete'>;
} {
  return {
    'sale.complete': {
      decide: (tx, { saleId }, { nowMs }) => {
        const found = requirePayableSale(tx, saleId);
        if (!found.ok) return found;
        const loaded = found.value;
        if (loaded.items.length === 0) return refuse({ code: 'sale_empty', saleId });
        const { totalCents } = loaded.sums;
        const { tenderedCents, dueCents } = loaded.payment;
        const unanswered = findUnansweredPix(loaded.tenders);
        if (unanswered !== null) return unanswered;
        if (dueCents > 0)
          return refuse({ code: 'tender_too_small', totalCents, tenderedCents, missingCents: dueCents });
        const own = getOwnStore(tx);
        const { policies } = own;
        if (policies.salespersonRequired && !hasSalesperson(loaded)) return refuse({ code: 'salesperson_required' });
        const above = findDiscountAboveLimit(tx, loaded.operator, loaded, null, policies);
        if (above !== null) return refuse(above);
        return ok(new Decision({ saleId }, write(tx, loaded, own, nowMs, random)));
      },
      view: (db, ref) => ({
        sale: getSaleView(db, refId(ref, 'saleId')),
        paper: getPaperView(db, refId(ref, 'saleId')),
      }),
    },
  };
}

function write(
  tx: WriteTx,
  loaded: Till & LoadedSale,
  { store, policies }: { readonly store: OwnStore; readonly policies: Policies },
  nowMs: number,
  random: Random,
): { readonly sale: SaleView; readonly paper: PaperView } {
  const { sale, sums, payment, session, operator } = loaded;
  const sequence = takeNumber(tx, 'sale');
  const number = formatSaleNumber(store.stationCode, sequence);
  const { businessDay } = session;
  const customer = fixSaleCustomer(tx, sale.saleId, sale.customerPersonId);
  const audited = appendAudit(tx, {
    atMs: nowMs,
    operatorCode: operator.operatorCode,
    action: 'sale_complete',
    subjectId: sale.saleId,
    detail: {
      number,
      businessDay,
      totalCents: sums.totalCents,
      tenderedCents: payment.tenderedCents,
      changeCents: payment.changeCents,
      customer,
    },
  });
  const document = toSaleDocument(tx, loaded, { number, businessDay, completedAtMs: nowMs, customer }, store);
  completeSaleRow(
    tx,
    {
      saleId: sale.saleId,
      number,
      sequence,
      completedAtMs: nowMs,
      businessDay,
      policiesVersion: policies.version,
      grossCents: sums.grossCents,
      itemDiscountCents: sums.itemDiscountCents,
      saleDiscountCents: sums.saleDiscountCents,
      totalCents: sums.totalCents,
      changeCents: payment.changeCents,
      piecesMilli: sums.piecesMilli,
      tick: audited.sequence,
    },
    sums.lines,
  );
  insertOutboxDocument(tx, {
    document: toOutboxDocument(document, { createdAtMs: nowMs, businessDay, tick: audited.sequence }, sums.totalCents),
    parents: customerParents(tx, customer),
  });
  const view = toSaleView({
    ...loaded,
    sale: { ...sale, state: 'completed', number, completedAtMs: nowMs, businessDay },
  });
  const exchangeUntil = formatDay(addDays(businessDay, policies.exchangeDays));
  const paper: PaperView = {
    paperId: random.newId(),
    documentId: sale.saleId,
    kind: 'sale',
    templateVersion: SALE_PAPER_VERSION,
    lines: salePaper(view, store, audited.hash.slice(0, 4), exchangeUntil),
  };
  const opensDrawer = view.tenders.some(({ kind }) => kind === 'cash');
  insertPaper(tx, { ...paper, lines: JSON.stringify(paper.lines), createdAtMs: nowMs }, { opensDrawer });
  return { sale: view, paper };
}

function hasSalesperson({ sale, items }: LoadedSale): boolean {
  return sale.salespersonCode !== null && items.every((item) => item.salespersonCode !== null);
}

function addDays(businessDay: string, days: number): string {
  return new Date(Date.parse(`${businessDay}T12:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
