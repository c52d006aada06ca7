import type { SaleDocument } from '../connector.ts';
import type { MillenniumOrder } from './decode-order.ts';
import { encodeSaleMoney } from './encode-sale.ts';

/**
 * What differs between the sale as it was sent and the order as the ERP holds it; null when they are equal in every
 * line (SKU, quantity, net price), every payment and the total. The order of lines does not matter.
 *
 * A brand or acquirer that the server does not give back is not compared: what was paid is.
 */
export function findDifference(sale: SaleDocument, order: MillenniumOrder): string | null {
  const { unitCents, payments } = encodeSaleMoney(sale);
  if (order.totalCents !== sale.totalCents) return `total ${order.totalCents} instead of ${sale.totalCents} cents`;

  const ourItems = sale.items.map((item, index) => `${item.sku} x${item.quantityMilli} @${unitCents[index]}`);
  const theirItems = order.items.map((item) => `${item.sku} x${item.quantityMilli} @${item.unitCents}`);
  const item = firstDifference(ourItems, theirItems);
  if (item !== null) return `items differ: ${item}`;

  const ourPayments = payments.map((payment) => paymentText(payment));
  const theirPayments = order.payments.map((payment) => paymentText(payment));
  const payment = firstDifference(ourPayments, theirPayments);
  if (payment !== null) return `payments differ: ${payment}`;

  const cards = payments.map((own) => cardText(own));
  const theirCards = order.payments.map((theirs) => cardText(theirs));
  const isCardTold = order.payments.some((theirs) => theirs.cardBrandId !== null || theirs.acquirerId !== null);
  const card = isCardTold ? firstDifference(cards, theirCards) : null;
  return card === null ? null : `cards differ: ${card}`;
}

/** Whether the order is another customer's than the sale; null when it is not, or the ERP does not say. */
export function findOtherCustomer(sale: SaleDocument, { customerId }: MillenniumOrder): string | null {
  if (customerId === null || customerId === sale.customerId) return null;
  return `customer ${customerId} instead of ${sale.customerId}`;
}

type Payment = MillenniumOrder['payments'][number];

function paymentText({ paymentTypeId, installment, amountCents }: Payment): string {
  return `type ${paymentTypeId} no. ${installment} of ${amountCents}`;
}

function cardText(payment: Payment): string {
  return `${paymentText(payment)} brand ${payment.cardBrandId ?? '-'} acquirer ${payment.acquirerId ?? '-'}`;
}

function firstDifference(ours: readonly string[], theirs: readonly string[]): string | null {
  const left = [...theirs];
  for (const text of ours) {
    const index = left.indexOf(text);
    if (index === -1) return `ours lacks there: ${text}`;
    left.splice(index, 1);
  }
  return left[0] === undefined ? null : `only there: ${left[0]}`;
}
