import type { SoldSale } from './till.ts';
import { centsOf, flagOf, milliOf, numberOf, rowsOf, textOf, type Row } from './wire-values.ts';

const DELIVERED = 3;
const CANCELLED = 5;

/**
 * What is wrong with the order that the server holds for a sale, as plain words; none when it is what was sold.
 * Every figure is computed anew from what the till acknowledged.
 */
export function findDifferences({ sale, isCancelled }: SoldSale, order: Row): string[] {
  const wrong: string[] = [];
  const total = centsOf(order, 'total');
  const status = flagOf(order, 'cancelado', false) ? CANCELLED : numberOf(order, 'status');
  const isRight = isCancelled ? status === CANCELLED : status !== null && status >= DELIVERED && status !== CANCELLED;
  if (!isRight) wrong.push(`status ${status}, should be ${isCancelled ? 'cancelled (5)' : 'delivered (3)'}`);
  const document = textOf(order, 'n_pedido_cliente').toLowerCase();
  if (document !== sale.saleId) wrong.push(`n_pedido_cliente ${document}, should be ${sale.saleId}`);
  if (total !== sale.totalCents) wrong.push(`total ${total} cents, should be ${sale.totalCents}`);
  wrong.push(...lineDifferences(sale, order));

  const lines = rowsOf(order, 'produtos').reduce(
    (sum, line) => sum + Math.round((centsOf(line, 'preco') * milliOf(line, 'quantidade')) / 1000),
    0,
  );
  const adjustment = numberOf(order, 'v_acerto') === null ? 0 : centsOf(order, 'v_acerto');
  if (lines + adjustment !== total)
    wrong.push(`its lines (${lines}) and adjustment (${adjustment}) are not its total ${total}`);
  const paid = rowsOf(order, 'lancamentos').reduce((sum, payment) => sum + centsOf(payment, 'valor_inicial'), 0);
  if (paid !== total) wrong.push(`its payments are ${paid} cents, not its total ${total}`);
  wrong.push(...paymentDifferences(sale, order));
  return wrong;
}

/** Each line by SKU and quantity; a price a piece cannot express every net amount of a line. */
function lineDifferences({ lines }: SoldSale['sale'], order: Row): string[] {
  const left = [...rowsOf(order, 'produtos')];
  const wrong: string[] = [];
  for (const line of lines) {
    const pieces = line.quantityMilli / 1000;
    const index = left.findIndex(
      (theirs) =>
        textOf(theirs, 'sku') === line.sku &&
        milliOf(theirs, 'quantidade') === line.quantityMilli &&
        Math.abs(centsOf(theirs, 'preco') * pieces - line.netCents) <= pieces / 2 + 0.5,
    );
    if (index === -1) wrong.push(`no line ${line.sku} x ${pieces} for ${line.netCents} cents`);
    else left.splice(index, 1);
  }
  return [...wrong, ...left.map((line) => `a line that was not sold: ${textOf(line, 'sku')}`)];
}

/** Amounts by payment type, net of change, and each instalment once. */
function paymentDifferences(sale: SoldSale['sale'], order: Row): string[] {
  const wrong: string[] = [];
  let change = sale.changeCents;
  const ours = new Map<number, { cents: number; parts: number }>();
  for (const tender of sale.tenders) {
    const back = tender.kind === 'cash' ? Math.min(change, tender.amountCents) : 0;
    change -= back;
    const cents = tender.amountCents - back;
    if (cents === 0) continue;
    const sum = ours.get(tender.paymentTypeId) ?? { cents: 0, parts: 0 };
    ours.set(tender.paymentTypeId, { cents: sum.cents + cents, parts: sum.parts + tender.installments });
  }
  const theirs = Map.groupBy(rowsOf(order, 'lancamentos'), (payment) => numberOf(payment, 'tipo_pgto') ?? -1);
  for (const type of new Set([...ours.keys(), ...theirs.keys()])) {
    const own = ours.get(type) ?? { cents: 0, parts: 0 };
    const payments = theirs.get(type) ?? [];
    const cents = payments.reduce((sum, payment) => sum + centsOf(payment, 'valor_inicial'), 0);
    if (cents !== own.cents) wrong.push(`payment type ${type} has ${cents} cents, should have ${own.cents}`);
    if (payments.length !== own.parts)
      wrong.push(`payment type ${type} has ${payments.length} parts, should have ${own.parts}`);
  }
  return wrong;
}
