import {
  formatAmount,
  formatCents,
  formatCnpj,
  formatInstant,
  formatQuantity,
  maskCpf,
} from '../../contract/format.ts';
import type { SaleView } from '../../contract/sale-views.ts';
import { columnsLine, RULE, textLines, type PaperLine } from './paper-rules.ts';

/** Raised whenever the text of a paper changes; kept with each paper. */
export const SALE_PAPER_VERSION = 2;
export const CANCELLATION_PAPER_VERSION = 2;

/** Who sold, as the head of each paper says it. */
export type PaperStore = {
  readonly company: string;
  readonly tradeName: string;
  readonly cnpj: string;
  readonly stationCode: string;
  readonly timeZone: string;
};

/**
 * The paper of a sale, 48 columns. No fiscal document: it says so first and imitates none.
 *
 * `control` is the first characters of the audit row of the sale: a forged paper does not know them.
 */
export function salePaper(sale: SaleView, store: PaperStore, control: string, exchangeUntil: string): PaperLine[] {
  const lines = [
    ...paperHead(store),
    columnsLine(
      `Venda ${sale.number ?? ''}`,
      sale.completedAt === null ? '' : formatInstant(sale.completedAt, 'pt-BR', store.timeZone),
      'bold',
    ),
    columnsLine(
      `Caixa ${store.stationCode}  ${sale.operator.name}`,
      sale.salesperson === null ? '' : `Vend. ${sale.salesperson.code}`,
    ),
    RULE,
  ];
  for (const item of sale.lines) {
    lines.push(
      ...textLines([item.description, item.color, item.print, item.size].filter((part) => part !== '').join(' ')),
    );
    const times = `${item.reference}  ${formatQuantity(item.quantityMilli)} x ${formatAmount(item.unitPriceCents)}`;
    lines.push(columnsLine(`  ${times}`, formatAmount(item.grossCents)));
    const discountCents = item.itemDiscountCents + item.saleDiscountCents;
    if (discountCents > 0) lines.push(columnsLine('  desconto', `-${formatAmount(discountCents)}`));
  }
  lines.push(RULE, columnsLine('Peças', formatQuantity(sale.piecesMilli)));
  const savedCents = sale.itemDiscountCents + sale.saleDiscountCents;
  if (savedCents > 0)
    lines.push(
      columnsLine('Subtotal', formatAmount(sale.grossCents)),
      columnsLine('Você economizou', formatAmount(savedCents)),
    );
  lines.push(columnsLine('TOTAL', formatCents(sale.totalCents), 'large'));
  for (const tender of sale.tenders) {
    const times = tender.installments > 1 ? ` ${tender.installments}x` : '';
    lines.push(columnsLine(`${tender.description}${times}`, formatAmount(tender.amountCents)));
    if (tender.nsu !== null) lines.push(...textLines(`  NSU ${tender.nsu}`));
    if (tender.pix !== null) lines.push(...textLines(`  Código no extrato ${tender.pix.txid}`));
  }
  if (sale.changeCents > 0) lines.push(columnsLine('Troco', formatAmount(sale.changeCents), 'bold'));
  lines.push(RULE);
  // The full CPF stays in the one table that can be erased: a paper never changes.
  if (sale.cpf !== null) lines.push(...textLines(`CPF ${maskCpf(sale.cpf)}`));
  lines.push(...textLines(`Troque até ${exchangeUntil}, com este comprovante.`, 'center'));
  lines.push({ text: sale.number ?? '', style: 'code' }, ...textLines(`Controle ${control}`, 'center'));
  return lines;
}

/** The paper of a cancellation: what was undone and what goes back to the customer. */
export function cancellationPaper(
  sale: SaleView,
  store: PaperStore,
  cancellation: {
    readonly cancelledAt: string;
    readonly reason: string;
    readonly operator: string;
    readonly approvedBy: string | null;
    readonly cashBackCents: number;
    readonly control: string;
  },
): PaperLine[] {
  const lines = [
    ...paperHead(store),
    ...textLines('CANCELAMENTO DE VENDA', 'bold'),
    columnsLine(`Venda ${sale.number ?? ''}`, formatInstant(cancellation.cancelledAt, 'pt-BR', store.timeZone)),
    columnsLine(`Caixa ${store.stationCode}  ${cancellation.operator}`, ''),
  ];
  if (cancellation.approvedBy !== null) lines.push(...textLines(`Liberado por ${cancellation.approvedBy}`));
  lines.push(
    ...textLines(`Motivo: ${cancellation.reason}`),
    RULE,
    columnsLine('CANCELADO', formatCents(sale.totalCents), 'large'),
  );
  if (cancellation.cashBackCents > 0)
    lines.push(columnsLine('Devolvido em dinheiro', formatAmount(cancellation.cashBackCents), 'bold'));
  for (const tender of sale.tenders) {
    if (tender.kind === 'cash') continue;
    // A card is reversed at its terminal; a Pix goes back from the shop's own account, by its code.
    const verb = tender.pix === null ? 'Estornar' : 'Devolver';
    lines.push(columnsLine(`${verb} ${tender.description}`, formatAmount(tender.amountCents)));
    if (tender.pix !== null) lines.push(...textLines(`  Código no extrato ${tender.pix.txid}`));
  }
  lines.push(
    RULE,
    ...textLines('Assinatura do cliente: ______________________'),
    ...textLines(`Controle ${cancellation.control}`, 'center'),
  );
  return lines;
}

/** Who sold, and that this is no fiscal document: the first lines of each paper. */
export function paperHead(store: PaperStore): PaperLine[] {
  return [
    ...textLines(store.tradeName === '' ? store.company : store.tradeName, 'center'),
    ...textLines(store.company, 'center'),
    ...textLines(`CNPJ ${formatCnpj(store.cnpj)}`, 'center'),
    ...textLines('COMPROVANTE - NÃO É DOCUMENTO FISCAL', 'center'),
    RULE,
  ];
}
