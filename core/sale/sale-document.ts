import { hash } from 'node:crypto';
import type { ReadDb } from '../../db/database-types.ts';
import { findSalesperson } from '../../db/operator-queries.ts';
import { listPaymentTerms } from '../../db/payment-queries.ts';
import { findOutboxDocument, type NewOutboxDocument } from '../../db/outbox-queries.ts';
import type { OwnStore } from '../../db/own-store-queries.ts';
import type { CancellationDocument, SaleDocument, StationDocument } from '../connectors/connector.ts';
import type { PaymentTermInstallment } from '../connectors/register-rows.ts';
import { choosePaymentTerm, type PaymentTerm } from './payment-term-rules.ts';
import type { LoadedSale } from './sale-view.ts';
import { netOfChange } from './tender-rules.ts';

/** A completed sale as the ERP will be told it; fixed with the sale. */
export function toSaleDocument(
  db: ReadDb,
  { sale, items, tenders, sums, payment }: LoadedSale,
  completed: {
    readonly number: string;
    readonly businessDay: string;
    readonly completedAtMs: number;
    readonly customer: SaleDocument['customer'];
  },
  store: OwnStore,
): SaleDocument {
  if (store.defaultCustomerId === null) throw new Error('enrolment left the default customer out');
  // Where the policy asks for no salesperson the ERP still wants somebody's name on it.
  const isNamed = sale.salespersonCode !== null && items.every(({ salespersonId }) => salespersonId !== null);
  const substitute =
    isNamed || store.defaultSalespersonCode === null ? null : findSalesperson(db, store.defaultSalespersonCode);
  return {
    kind: 'sale',
    documentId: sale.saleId,
    number: completed.number,
    branchCode: store.branchCode,
    saleEvent: store.saleEvent,
    showcaseId: store.showcaseId,
    customerId: store.defaultCustomerId,
    customer: completed.customer,
    salespersonCode: sale.salespersonCode ?? substitute?.code ?? '',
    cashRegisterCode: store.cashRegisterCode,
    paymentTermCode: choosePaymentTerm(readTerms(db), tenders),
    businessDay: completed.businessDay,
    completedAt: new Date(completed.completedAtMs).toISOString(),
    totalCents: sums.totalCents,
    items: items.map((item, index) => {
      const line = sums.lines[index];
      if (line === undefined) throw new Error(`line ${item.lineId} has no sums`);
      return {
        position: index + 1,
        sku: item.sku,
        barcode: item.barcode,
        quantityMilli: item.quantityMilli,
        grossCents: line.grossCents,
        netCents: line.netCents,
        salespersonId: item.salespersonId ?? substitute?.id ?? 0,
      };
    }),
    tenders: netOfChange(tenders, payment.changeCents).map((tender) => ({
      paymentTypeId: tender.paymentTypeId,
      cardBrandId: tender.cardBrandId,
      acquirerId: tender.acquirerId,
      installments: tender.installments,
      amountCents: tender.amountCents,
    })),
  };
}

function readTerms(db: ReadDb): PaymentTerm[] {
  // The station's own bytes: rows are trusted.
  return listPaymentTerms(db).map((term) => ({
    ...term,
    installments: JSON.parse(term.installments) as PaymentTermInstallment[],
  }));
}

/**
 * The cancellation of a sale as the ERP will be told it: in the shop window and branch where the sale went, which may
 * not be the station's of today.
 */
export function toCancellationDocument(
  db: ReadDb,
  cancellation: {
    readonly cancellationId: string;
    readonly saleId: string;
    readonly number: string;
    readonly reason: string;
    readonly cancelledAtMs: number;
  },
): CancellationDocument {
  const sent = findOutboxDocument(db, cancellation.saleId);
  if (sent === null) throw new Error(`completed sale ${cancellation.saleId} was never put in the outbox`);
  // The station's own bytes: rows are trusted.
  const { showcaseId, branchCode } = JSON.parse(sent.payload) as SaleDocument;
  return {
    kind: 'cancellation',
    documentId: cancellation.cancellationId,
    number: cancellation.number,
    saleDocumentId: cancellation.saleId,
    showcaseId,
    branchCode,
    reason: cancellation.reason,
    cancelledAt: new Date(cancellation.cancelledAtMs).toISOString(),
  };
}

/** The outbox row of a document: its bytes are fixed here, before the commit. */
export function toOutboxDocument(
  document: StationDocument,
  at: Pick<NewOutboxDocument, 'createdAtMs' | 'businessDay' | 'tick'>,
  amountCents: number,
): NewOutboxDocument {
  const payload = JSON.stringify(document);
  return {
    documentId: document.documentId,
    kind: document.kind,
    naturalKey: document.number,
    payload,
    payloadHash: hash('sha256', payload),
    amountCents,
    ...at,
  };
}
