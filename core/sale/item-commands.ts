import { MAX_AMOUNT_CENTS, priceOfQuantity } from '../../contract/money.ts';
import type { RefusalOf } from '../../contract/refusals.ts';
import { ok, refuse, type Result } from '../../contract/result.ts';
import type { WriteTx } from '../../db/database-types.ts';
import { findOpenSale, findSale, nextItemPosition } from '../../db/sale-queries.ts';
import { insertSale, insertSaleItem, removeSaleItem, setItemQuantity, setLastLine } from '../../db/sale-writes.ts';
import { findEnrolment } from '../../db/setup-queries.ts';
import { appendAudit } from '../audit/audit.ts';
import { isLeftOver } from '../cash-session/cash-session-view.ts';
import { findScannedSku, priceOf } from '../catalog/catalog-queries.ts';
import { Decision, refId, type CommandHandler } from '../handlers.ts';
import type { Random } from '../random.ts';
import { requireTill, requireUnpaidSale, type Till } from './at-the-till.ts';
import { getLoadedSale, getSaleView, toSaleView, type LoadedSale } from './sale-view.ts';

/** 999 pieces: above it a barcode was typed into the quantity. */
const MAX_QUANTITY_MILLI = 999_000;

/** Scanning, changing and removing items of the open sale; each is on disk when its reply leaves. */
export function createItemCommands({ random }: { readonly random: Random }): {
  readonly 'sale.addItem': CommandHandler<'sale.addItem'>;
  readonly 'sale.setQuantity': CommandHandler<'sale.setQuantity'>;
  readonly 'sale.removeItem': CommandHandler<'sale.removeItem'>;
} {
  return {
    'sale.addItem': {
      decide: (tx, input, { nowMs }) => {
        const till = requireTill(tx);
        if (!till.ok) return till;
        if (!isSaneQuantity(input.quantityMilli)) return refuseQuantity(input.quantityMilli);
        const scanned = findScannedSku(tx, input.barcode, input.sku);
        if (!scanned.ok) return scanned;
        const sku = scanned.value;
        if (sku.isBlocked) return refuse({ code: 'product_blocked', description: sku.description });
        if (!sku.isActive) return refuse({ code: 'product_inactive', description: sku.description });
        const unitPriceCents = priceOf(sku, findEnrolment(tx)?.priceColumn ?? 1);
        if (unitPriceCents === null || unitPriceCents === 0)
          return refuse({ code: 'price_missing', description: sku.description });
        const started = startOrFind(tx, input.saleId, till.value, nowMs);
        if (!started.ok) return started;
        const lineId = random.newId();
        insertSaleItem(tx, {
          lineId,
          saleId: input.saleId,
          position: nextItemPosition(tx, input.saleId),
          sku: sku.sku,
          barcode: input.barcode,
          productCode: sku.productCode,
          reference: sku.reference,
          description: sku.description,
          color: sku.color,
          print: sku.print,
          size: sku.size,
          quantityMilli: input.quantityMilli,
          unitPriceCents,
          salespersonCode: started.value.salespersonCode,
        });
        setLastLine(tx, input.saleId, lineId);
        // Read back once, for the limit and for the reply: a refusal takes the line away again.
        const loaded = getLoadedSale(tx, input.saleId);
        const { grossCents } = loaded.sums;
        if (grossCents > MAX_AMOUNT_CENTS)
          return refuse({ code: 'sale_too_large', totalCents: grossCents, maximumCents: MAX_AMOUNT_CENTS });
        return ok(new Decision({ saleId: input.saleId }, toSaleView(loaded)));
      },
      view: (db, ref) => getSaleView(db, refId(ref, 'saleId')),
    },

    'sale.setQuantity': {
      decide: (tx, { saleId, lineId, quantityMilli }) => {
        const sale = requireUnpaidSale(tx, saleId);
        if (!sale.ok) return sale;
        if (!isSaneQuantity(quantityMilli)) return refuseQuantity(quantityMilli);
        const item = findLine(sale.value, lineId);
        if (item === undefined) return refuse({ code: 'line_not_found', lineId });
        const others = sale.value.sums.grossCents - priceOfQuantity(item.unitPriceCents, item.quantityMilli);
        const grossCents = others + priceOfQuantity(item.unitPriceCents, quantityMilli);
        if (grossCents > MAX_AMOUNT_CENTS)
          return refuse({ code: 'sale_too_large', totalCents: grossCents, maximumCents: MAX_AMOUNT_CENTS });
        setItemQuantity(tx, lineId, quantityMilli);
        setLastLine(tx, saleId, lineId);
        return ok({ saleId });
      },
      view: (db, ref) => getSaleView(db, refId(ref, 'saleId')),
    },

    'sale.removeItem': {
      decide: (tx, { saleId, lineId }, { nowMs }) => {
        const sale = requireUnpaidSale(tx, saleId);
        if (!sale.ok) return sale;
        const item = findLine(sale.value, lineId);
        if (item === undefined) return refuse({ code: 'line_not_found', lineId });
        const { operatorCode } = sale.value.operator;
        removeSaleItem(tx, lineId, nowMs, operatorCode);
        setLastLine(tx, saleId, null);
        appendAudit(tx, {
          atMs: nowMs,
          operatorCode,
          action: 'item_removed',
          subjectId: saleId,
          detail: { sku: item.sku, quantityMilli: item.quantityMilli, unitPriceCents: item.unitPriceCents },
        });
        return ok({ saleId });
      },
      view: (db, ref) => getSaleView(db, refId(ref, 'saleId')),
    },
  };
}

/** The open sale with this id, or a new one under it when no other is being rung. */
function startOrFind(
  tx: WriteTx,
  saleId: string,
  { operator, session }: Till,
  nowMs: number,
): Result<
  { readonly salespersonCode: string | null },
  RefusalOf<'sale_not_open' | 'another_sale_open' | 'session_left_over'>
> {
  const open = findOpenSale(tx);
  if (open?.saleId === saleId) return ok(open);
  if (open !== null) return refuse({ code: 'another_sale_open', saleId: open.saleId });
  const other = findSale(tx, saleId);
  if (other !== null) return refuse({ code: 'sale_not_open', saleId, state: other.state });
  // Only at its first item: a sale that is being rung at that hour is finished.
  if (isLeftOver(tx, session, nowMs)) return refuse({ code: 'session_left_over', businessDay: session.businessDay });
  const salespersonCode = findEnrolment(tx)?.defaultSalespersonCode ?? null;
  insertSale(tx, {
    saleId,
    cashSessionId: session.cashSessionId,
    operatorCode: operator.operatorCode,
    startedAtMs: nowMs,
    salespersonCode,
  });
  return ok({ salespersonCode });
}

function isSaneQuantity(quantityMilli: number): boolean {
  return quantityMilli <= MAX_QUANTITY_MILLI;
}

function refuseQuantity(quantityMilli: number) {
  return refuse({ code: 'quantity_absurd', quantityMilli, maximumMilli: MAX_QUANTITY_MILLI });
}

function findLine({ items }: LoadedSale, lineId: string): LoadedSale['items'][number] | undefined {
  return items.find((item) => item.lineId === lineId);
}
