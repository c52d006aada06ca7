import { z } from 'zod';
import type { InvoiceView } from '../../../contract/back-office.ts';
import { lowerKeys } from './decode-list.ts';
import { erpCents, erpFlag, erpInteger, erpIntegerOrNull, erpKey, erpMilli, erpText } from './field-codecs.ts';

/** What a batch write answers for one record: by product code or SKU, in any order, and one may be missing. */
export const MillenniumRecordActions = z.object({
  acoes: z.array(
    z.preprocess(
      lowerKeys,
      z.object({ cod_produto: erpText, sku: erpText, acao: erpInteger, trans_id: erpIntegerOrNull, erro: erpText }),
    ),
  ),
});

const InvoiceItem = z
  .object({ sku: erpText, barra: erpText, quantidade: erpMilli, preco: erpCents })
  .transform((row) => ({
    sku: row.sku,
    barcode: row.barra,
    quantityMilli: row.quantidade,
    unitCents: row.preco,
  }));

const InvoicePayment = z
  .object({ tipo_pgto: erpIntegerOrNull, parcela: erpIntegerOrNull, valor_inicial: erpCents, data_vencimento: day() })
  .transform((row) => ({
    paymentTypeId: row.tipo_pgto,
    installment: row.parcela ?? 1,
    dueOn: row.data_vencimento,
    amountCents: row.valor_inicial,
  }));

/** A row of `listafaturamentos`. The day of the invoice is `data`; a server that does not say it has the order's day. */
export const MillenniumInvoice = z
  .object({
    trans_id: erpInteger,
    saida: erpText,
    nota: erpText,
    data: day(),
    data_emissao: day(),
    cod_pedidov: erpKey,
    n_pedido_cliente: erpText,
    cod_filial: erpText,
    cliente: erpIntegerOrNull,
    tipo_operacao: erpText,
    status: erpIntegerOrNull,
    cancelado: erpFlag(false),
    cancelada: erpFlag(false),
    quantidade: erpMilli,
    total: erpCents,
    v_acerto: erpCents.optional().catch(0),
    produtos: z.array(InvoiceItem).nullish(),
    lancamentos: z.array(InvoicePayment).nullish(),
  })
  .transform((row): InvoiceView => ({
    transId: row.trans_id,
    movement: row.saida,
    invoice: row.nota,
    issuedOn: row.data === '' ? row.data_emissao : row.data,
    orderCode: row.cod_pedidov,
    documentId: row.n_pedido_cliente,
    branchCode: row.cod_filial,
    customerId: row.cliente,
    operation: row.tipo_operacao,
    status: row.status,
    isCancelled: row.cancelada || row.cancelado,
    quantityMilli: row.quantidade,
    totalCents: row.total,
    adjustmentCents: row.v_acerto ?? 0,
    items: row.produtos ?? [],
    payments: row.lancamentos ?? [],
  }));

/**
 * A calendar day, empty when the server says none. `2026-09-13T00:00:00` is that day whatever zone follows;
 * `/Date(ms-180)/` is an instant, whose day is the one at -03:00.
 */
function day() {
  return z
    .unknown()
    .optional()
    .transform((value, context) => {
      if (value === undefined || value === null || value === '') return '';
      const text = typeof value === 'string' ? value : JSON.stringify(value);
      const iso = /^(\d{4}-\d{2}-\d{2})(?:T|$| )/.exec(text)?.[1];
      if (iso !== undefined) return iso;
      const ms = /^\/?Date\((-?\d{1,15})(?:[+-]\d{1,4})?\)\/?$/.exec(text.replace(/^\//, ''))?.[1];
      if (ms !== undefined) return new Date(Number(ms) - BRASILIA_MS).toISOString().slice(0, 10);
      context.addIssue({ code: 'custom', message: 'is not a day' });
      return z.NEVER;
    });
}

const BRASILIA_MS = 3 * 3_600_000;
