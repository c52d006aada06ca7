import { ok, refuse } from '../../contract/result.ts';
import type { DeliveryView, PaymentKind, SaleRowView } from '../../contract/sale-views.ts';
import type { ReadDb } from '../../db/database-types.ts';
import { findOperator } from '../../db/operator-queries.ts';
import {
  findCompletedSale,
  findSequence,
  listCompletedSales,
  listTenderSummaries,
  type DeliveryRecord,
  type SaleListRecord,
} from '../../db/sale-list-queries.ts';
import { findOpenSaleId, listParkedSaleIds } from '../../db/sale-queries.ts';
import type { QueryHandler } from '../handlers.ts';
import { listPaperViews } from '../receipt/paper-store.ts';
import { findLoadedSale, getSaleView, toSaleView } from './sale-view.ts';

export const saleQueries: {
  readonly 'sale.current': QueryHandler<'sale.current'>;
  readonly 'sale.get': QueryHandler<'sale.get'>;
  readonly 'sale.list': QueryHandler<'sale.list'>;
  readonly 'sale.parked': QueryHandler<'sale.parked'>;
} = {
  'sale.current': (db) => {
    const saleId = findOpenSaleId(db);
    return ok(saleId === null ? null : getSaleView(db, saleId));
  },

  'sale.get': (db, { saleId }) => {
    const loaded = findLoadedSale(db, saleId);
    if (loaded === null) return refuse({ code: 'sale_not_found', saleId });
    const record = findCompletedSale(db, saleId);
    const row = record === null ? null : toRow(db, record);
    const cancelPapers = row?.cancellation == null ? [] : listPaperViews(db, row.cancellation.cancellationId);
    return ok({ sale: toSaleView(loaded), row, papers: [...listPaperViews(db, saleId), ...cancelPapers] });
  },

  'sale.list': (db, { businessDay, beforeNumber, limit }) => {
    const beforeSequence = beforeNumber === null ? null : findSequence(db, beforeNumber);
    return ok(listCompletedSales(db, { day: businessDay, beforeSequence, limit }).map((record) => toRow(db, record)));
  },

  'sale.parked': (db) => ok(listParkedSaleIds(db).map((saleId) => getSaleView(db, saleId))),
};

/** A completed sale as the list shows it; it must exist. */
export function getSaleRow(db: ReadDb, saleId: string): SaleRowView {
  const record = findCompletedSale(db, saleId);
  if (record === null) throw new Error(`sale ${saleId} is not completed`);
  return toRow(db, record);
}

/** What screens show of a document's way to the ERP. */
export function toDeliveryView(delivery: DeliveryRecord): DeliveryView {
  const { errorClass, errorText, errorAtMs, confirmedAtMs } = delivery;
  return {
    documentId: delivery.documentId,
    kind: delivery.kind,
    state: delivery.state,
    attempts: delivery.attempts,
    lastError:
      errorClass === null || errorAtMs === null
        ? null
        : { class: errorClass, text: errorText ?? '', at: new Date(errorAtMs).toISOString() },
    confirmedAt: confirmedAtMs === null ? null : new Date(confirmedAtMs).toISOString(),
  };
}

function toRow(db: ReadDb, record: SaleListRecord): SaleRowView {
  const { number, businessDay, completedAtMs, piecesMilli, totalCents } = record;
  if (
    number === null ||
    businessDay === null ||
    completedAtMs === null ||
    piecesMilli === null ||
    totalCents === null
  ) {
    throw new Error(`completed sale ${record.saleId} lacks its fixed columns`);
  }
  return {
    saleId: record.saleId,
    number,
    businessDay,
    completedAt: new Date(completedAtMs).toISOString(),
    operator: record.operatorName ?? record.operatorCode,
    piecesMilli,
    totalCents,
    tenders: listTenderSummaries(db, record.saleId).map((tender) => ({ ...tender, kind: tender.kind as PaymentKind })),
    delivery: toDeliveryView(record.delivery),
    cancellation: toCancellation(db, record),
  };
}

function toCancellation(db: ReadDb, record: SaleListRecord): SaleRowView['cancellation'] {
  const { cancellationId, cancelledAtMs, cancelReason, cancelledBy, cancelDelivery } = record;
  if (
    cancellationId === null ||
    cancelledAtMs === null ||
    cancelReason === null ||
    cancelledBy === null ||
    cancelDelivery === null
  )
    return null;
  return {
    cancellationId,
    cancelledAt: new Date(cancelledAtMs).toISOString(),
    reason: cancelReason,
    operator: findOperator(db, cancelledBy)?.name ?? cancelledBy,
    delivery: toDeliveryView(cancelDelivery),
  };
}
