import type { SaleDocument } from '../connector.ts';

/** One instalment of one tender. */
export type OrderPayment = {
  readonly paymentTypeId: number;
  readonly cardBrandId: number | null;
  readonly acquirerId: number | null;
  readonly installments: number;
  readonly installment: number;
  readonly amountCents: number;
  readonly dueDay: string;
};

/** The money of a sale as this ERP wants it. */
export type OrderMoney = {
  /** Net price of one piece, for each item in order. */
  readonly unitCents: readonly number[];
  readonly adjustmentCents: number;
  readonly payments: readonly OrderPayment[];
};

/**
 * The only place that turns the station's money into the ERP's, so that
 * sum(preco * quantidade) + v_acerto = total = sum(valor_inicial) to the cent.
 *
 * `preco` is the net price of one piece and `desconto` always 0; what does not divide goes into `v_acerto`
 * (negative = discount). A tender is split into equal instalments, the odd cents in the first one; they fall due
 * monthly, a single one on the day of the sale. A line of a fractional quantity counts rounded half up to the cent.
 * Source: wire contract, section 6 (assumed where the vendor's help is silent).
 */
export function encodeSaleMoney(sale: SaleDocument): OrderMoney {
  const unitCents = sale.items.map((item) => Math.round((item.netCents * 1000) / item.quantityMilli));
  const linesCents = sale.items.reduce(
    (sum, item, index) => sum + Math.round(((unitCents[index] ?? 0) * item.quantityMilli) / 1000),
    0,
  );
  return {
    unitCents,
    adjustmentCents: sale.totalCents - linesCents,
    payments: sale.tenders.flatMap((tender) => splitTender(tender, sale.businessDay)),
  };
}

/** The body of `pedido_venda/inclui`. */
export function encodeSale(sale: SaleDocument): unknown {
  const { unitCents, adjustmentCents, payments } = encodeSaleMoney(sale);
  return {
    vitrine: sale.showcaseId,
    cod_pedidov: sale.number,
    n_pedido_cliente: sale.documentId,
    cod_filial: sale.branchCode,
    cod_evento: sale.saleEvent,
    ...(sale.salespersonCode === '' ? {} : { cod_vendedor: sale.salespersonCode }),
    cliente: sale.customerId,
    origem_pedido: 'PDV',
    data_emissao: sale.businessDay,
    data_entrega: sale.businessDay,
    aprovado: true,
    quantidade: toQuantity(sale.items.reduce((sum, item) => sum + item.quantityMilli, 0)),
    total: toAmount(sale.totalCents),
    v_acerto: toAmount(adjustmentCents),
    ...(sale.paymentTermCode === '' ? {} : { cod_condicoes_pgto: sale.paymentTermCode }),
    produtos: sale.items.map((item, index) => ({
      item: String(item.position).padStart(3, '0'),
      sku: item.sku,
      barra: item.barcode,
      quantidade: toQuantity(item.quantityMilli),
      preco: toAmount(unitCents[index] ?? 0),
      desconto: 0,
      // Zero is nobody, which the server would look for in its register.
      vendedor_item: item.salespersonId === 0 ? undefined : item.salespersonId,
      descontos: encodeDiscount(item.grossCents - item.netCents),
    })),
    lancamentos: payments.map((payment) => ({
      tipo_pgto: payment.paymentTypeId,
      // What is undefined is not written.
      bandeira: payment.cardBrandId ?? undefined,
      operadora: payment.acquirerId ?? undefined,
      numparc: payment.installments,
      parcela: payment.installment,
      valor_inicial: toAmount(payment.amountCents),
      data_vencimento: payment.dueDay,
      tef: false,
    })),
  };
}

/** The record of `processastatus` that delivers a sale. */
export function encodeDelivery(sale: SaleDocument, status: number): unknown {
  return {
    cod_pedidov: sale.number,
    status,
    nota: [
      {
        cod_filial: sale.branchCode,
        cod_caixa: sale.cashRegisterCode,
        valor: toAmount(sale.totalCents),
        valor_troco: 0,
        v_acerto: toAmount(encodeSaleMoney(sale).adjustmentCents),
        lancamentos: [],
        creditos: [],
        produtos: [],
      },
    ],
  };
}

function splitTender(tender: SaleDocument['tenders'][number], businessDay: string): OrderPayment[] {
  // An instalment of nothing is refused there: an amount has at most as many as it has cents.
  const count = Math.max(1, Math.min(tender.installments, tender.amountCents));
  const share = Math.floor(tender.amountCents / count);
  return Array.from({ length: count }, (_, index) => ({
    paymentTypeId: tender.paymentTypeId,
    cardBrandId: tender.cardBrandId,
    acquirerId: tender.acquirerId,
    installments: count,
    installment: index + 1,
    amountCents: index === 0 ? tender.amountCents - share * (count - 1) : share,
    dueDay: count === 1 ? businessDay : addMonths(businessDay, index + 1),
  }));
}

/** The same day of a later month, or that month's last day. */
function addMonths(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10);
}

/** Informative there: the price is net already. */
function encodeDiscount(discountCents: number): unknown[] {
  if (discountCents <= 0) return [];
  return [{ nome: 'DESCONTO', descricao: 'Desconto', desconto: toAmount(discountCents), tipo_desc: 0 }];
}

/** A number of at most two decimals: JSON writes the shortest decimal that reads back the same. */
function toAmount(cents: number): number {
  return cents / 100;
}

function toQuantity(quantityMilli: number): number {
  return quantityMilli / 1000;
}
