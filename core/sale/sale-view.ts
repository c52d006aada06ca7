import { maskCpf } from '../../contract/format.ts';
import type { SaleView } from '../../contract/sale-views.ts';
import type { ReadDb } from '../../db/database-types.ts';
import { listSaleItems, type SaleItemRecord } from '../../db/sale-line-queries.ts';
import { findSale, listSaleTenders, type SaleRecord, type SaleTenderRecord } from '../../db/sale-queries.ts';
import { computeSale, type SaleSums } from './sale-rules.ts';
import { computePayment } from './tender-rules.ts';

/** A sale with its rows and its sums: what every command on it starts from. */
export type LoadedSale = {
  readonly sale: SaleRecord;
  readonly items: readonly SaleItemRecord[];
  readonly tenders: readonly SaleTenderRecord[];
  readonly sums: SaleSums;
  readonly payment: { readonly tenderedCents: number; readonly dueCents: number; readonly changeCents: number };
};

/** Reads a sale and computes it, or null when there is none. */
export function findLoadedSale(db: ReadDb, saleId: string): LoadedSale | null {
  const sale = findSale(db, saleId);
  if (sale === null) return null;
  const items = listSaleItems(db, sale);
  const tenders = listSaleTenders(db, saleId);
  const sums = computeSale(
    items.map((item) => ({
      lineId: item.lineId,
      quantityMilli: item.quantityMilli,
      unitPriceCents: item.unitPriceCents,
      discount: { kind: item.discountKind, value: item.discountValue },
    })),
    { kind: sale.discountKind, value: sale.discountValue },
  );
  return { sale, items, tenders, sums, payment: computePayment(sums.totalCents, tenders) };
}

/** The same for a sale that must exist. */
export function getLoadedSale(db: ReadDb, saleId: string): LoadedSale {
  const loaded = findLoadedSale(db, saleId);
  if (loaded === null) throw new Error(`no sale ${saleId}`);
  return loaded;
}

/** The view of a sale that must exist: the reply of every command on it. */
export function getSaleView(db: ReadDb, saleId: string): SaleView {
  return toSaleView(getLoadedSale(db, saleId));
}

/** What the till shows of a sale. */
export function toSaleView({ sale, items, tenders, sums, payment }: LoadedSale): SaleView {
  return {
    saleId: sale.saleId,
    state: sale.state,
    number: sale.number,
    lines: items.map((item, index) => {
      const line = sums.lines[index];
      if (line === undefined) throw new Error(`line ${item.lineId} has no sums`);
      return {
        lineId: item.lineId,
        position: item.position,
        sku: item.sku,
        barcode: item.barcode,
        productCode: item.productCode,
        reference: item.reference,
        description: item.description,
        color: item.color,
        print: item.print,
        size: item.size,
        quantityMilli: item.quantityMilli,
        unitPriceCents: item.unitPriceCents,
        grossCents: line.grossCents,
        itemDiscountCents: line.itemDiscountCents,
        saleDiscountCents: line.saleDiscountCents,
        netCents: line.netCents,
        salesperson: personRef(item.salespersonCode, item.salespersonName),
      };
    }),
    tenders: tenders.map((tender) => ({
      tenderId: tender.tenderId,
      paymentTypeId: tender.paymentTypeId,
      description: tender.description,
      kind: tender.kind,
      amountCents: tender.amountCents,
      installments: tender.installments,
      nsu: tender.nsu,
      pix:
        tender.pixTxid === null || tender.pixPayload === null || tender.pixState === null
          ? null
          : { txid: tender.pixTxid, payload: tender.pixPayload, state: tender.pixState },
    })),
    piecesMilli: sums.piecesMilli,
    grossCents: sums.grossCents,
    itemDiscountCents: sums.itemDiscountCents,
    saleDiscountCents: sums.saleDiscountCents,
    totalCents: sums.totalCents,
    ...payment,
    salesperson: personRef(sale.salespersonCode, sale.salespersonName),
    cpf: sale.cpf,
    customer:
      sale.customerPersonId === null
        ? null
        : {
            personId: sale.customerPersonId,
            name: sale.customerName,
            maskedCpf: sale.customerCpf === null ? null : maskCpf(sale.customerCpf),
          },
    note: sale.note,
    operator: { code: sale.operatorCode, name: sale.operatorName ?? sale.operatorCode },
    startedAt: new Date(sale.startedAtMs).toISOString(),
    completedAt: sale.completedAtMs === null ? null : new Date(sale.completedAtMs).toISOString(),
    businessDay: sale.businessDay,
    lastLineId: sale.lastLineId,
  };
}

function personRef(code: string | null, name: string | null): { code: string; name: string } | null {
  return code === null ? null : { code, name: name ?? code };
}
