import { z } from 'zod';
import { lowerKeys } from './decode-list.ts';
import { erpCents, erpFlag, erpInteger, erpIntegerOrNull, erpKey, erpMilli, erpText } from './field-codecs.ts';
import { maskPersonal } from './mask-text.ts';
import { orderStatus } from './millennium-methods.ts';

const Item = z
  .object({ sku: erpKey, quantidade: erpMilli, preco: erpCents })
  .transform((row) => ({ sku: row.sku, quantityMilli: row.quantidade, unitCents: row.preco }));

const Payment = z
  .object({
    tipo_pgto: erpInteger,
    bandeira: erpIntegerOrNull,
    operadora: erpIntegerOrNull,
    parcela: erpIntegerOrNull,
    valor_inicial: erpCents,
  })
  .transform((row) => ({
    paymentTypeId: row.tipo_pgto,
    // Zero is nothing here: no brand and no acquirer has it.
    cardBrandId: row.bandeira === 0 ? null : row.bandeira,
    acquirerId: row.operadora === 0 ? null : row.operadora,
    installment: row.parcela ?? 1,
    amountCents: row.valor_inicial,
  }));

/** An order as the ERP holds it, with what is compared to the document that made it. */
export const MillenniumOrder = z
  .object({
    cod_pedidov: erpKey,
    n_pedido_cliente: erpText,
    pedidov: erpText,
    cliente: erpIntegerOrNull,
    status: erpInteger,
    cancelado: erpFlag(false),
    total: erpCents,
    trans_id: erpInteger,
    produtos: z.array(z.preprocess(lowerKeys, Item)),
    lancamentos: z
      .array(z.preprocess(lowerKeys, Payment))
      .nullish()
      .transform((rows) => rows ?? []),
  })
  .transform((row) => ({
    number: row.cod_pedidov,
    documentId: row.n_pedido_cliente.toLowerCase(),
    remoteRef: row.pedidov === '' ? row.cod_pedidov : row.pedidov,
    status: row.cancelado ? orderStatus.cancelled : row.status,
    customerId: row.cliente,
    totalCents: row.total,
    transId: row.trans_id,
    items: row.produtos,
    payments: row.lancamentos,
  }));
export type MillenniumOrder = z.output<typeof MillenniumOrder>;

/** Of an order of anybody only its key and its place: the orders of others need not be readable. */
export const MillenniumOrderKey = z.object({ cod_pedidov: erpText, trans_id: erpIntegerOrNull });

/** What a batch of states answers for one record. */
export const MillenniumAction = z
  .object({ cod_pedidov: erpKey, acao: erpInteger, erro: erpText })
  .transform((row) => ({ number: row.cod_pedidov, action: row.acao, text: maskPersonal(row.erro) }));
export type MillenniumAction = z.output<typeof MillenniumAction>;

/** The answers of `processastatus`: by key, in any order, and one may be missing. */
export const MillenniumActions = z.object({ acoes: z.array(z.preprocess(lowerKeys, MillenniumAction)) });
