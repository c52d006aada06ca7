import type { MovementKind, MovementRowView } from '../../contract/movement-views.ts';
import type { MovementRecord } from '../../db/movement-queries.ts';
import { toDeliveryView } from '../sale/sale-queries.ts';

/** What a movement is, in the words of the list. */
export function kindOfMovement({ kind, cashAction }: Pick<MovementRecord, 'kind' | 'cashAction'>): MovementKind {
  // The station's own bytes: rows are trusted.
  return kind === 'cash' ? (cashAction as MovementKind) : kind;
}

/** A movement as the list shows it. */
export function toMovementRow(record: MovementRecord): MovementRowView {
  return {
    kind: kindOfMovement(record),
    number: record.number,
    businessDay: record.businessDay,
    at: new Date(record.createdAtMs).toISOString(),
    operator: record.soldBy ?? record.undoneByOperator ?? record.cashBy,
    amountCents: amountOf(record),
    piecesMilli: record.piecesMilli,
    saleId: record.saleId ?? record.undoneSaleId,
    isCancelled: record.undoneBy !== null,
    delivery: toDeliveryView(record),
  };
}

function amountOf(record: MovementRecord): number | null {
  switch (kindOfMovement(record)) {
    case 'sale':
      return record.saleCents;
    case 'cancellation':
      return record.undoneCents === null ? null : -record.undoneCents;
    case 'opening':
      return record.floatCents;
    case 'supply':
      return record.movedCents;
    case 'withdrawal':
      return record.movedCents === null ? null : -record.movedCents;
    default:
      return null;
  }
}
