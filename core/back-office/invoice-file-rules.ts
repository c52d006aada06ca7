import type { InvoiceView } from '../../contract/back-office.ts';
import { toCsvText, toDecimalCell } from './csv-text-rules.ts';

const HEADER = [
  'trans_id',
  'saida',
  'nota',
  'data',
  'cod_pedidov',
  'n_pedido_cliente',
  'cod_filial',
  'cliente',
  'tipo_operacao',
  'status',
  'cancelada',
  'quantidade',
  'total',
  'v_acerto',
  'itens',
  'lancamentos',
];

/** Invoices as a file: CSV has one line for each in the ERP's own field names, JSON also items and payments. */
export function toInvoiceText(rows: readonly InvoiceView[], format: 'csv' | 'json'): string {
  if (format === 'json') return `${JSON.stringify(rows, null, 1)}\n`;
  return toCsvText([HEADER, ...rows.map(toCells)]);
}

function toCells(row: InvoiceView): string[] {
  return [
    String(row.transId),
    row.movement,
    row.invoice,
    row.issuedOn,
    row.orderCode,
    row.documentId,
    row.branchCode,
    row.customerId === null ? '' : String(row.customerId),
    row.operation,
    row.status === null ? '' : String(row.status),
    row.isCancelled ? 'T' : 'F',
    toDecimalCell(row.quantityMilli, 3),
    toDecimalCell(row.totalCents, 2),
    toDecimalCell(row.adjustmentCents, 2),
    String(row.items.length),
    String(row.payments.length),
  ];
}
