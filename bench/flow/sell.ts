import { randomUUID } from 'node:crypto';
import type { Random } from '../../sandbox/seed/random.ts';
import type { BenchClient } from './bench-core.ts';
import type { Goods } from './sellable-goods.ts';

const CASH = 1;
const CREDIT_CARD = 3;

/** One to six lines, the change of a note or a card in up to three parts; answers the sale's id. */
export async function sell(till: Pick<BenchClient, 'call'>, goods: readonly Goods[], random: Random): Promise<string> {
  const saleId = randomUUID();
  const intent = (): object => ({ commandId: randomUUID(), saleId });
  let totalCents = 0;
  for (let line = 1 + random.integer(6); line > 0; line -= 1) {
    const { barcode } = random.pick(goods);
    const { output } = await till.call('sale.addItem', { ...intent(), barcode });
    ({ totalCents } = output as { readonly totalCents: number });
  }
  await till.call('sale.setSalesperson', { ...intent(), salespersonCode: '24' });
  const isCash = random.integer(2) === 0;
  const tender = isCash
    ? { paymentTypeId: CASH, amountCents: totalCents + 1_000 }
    : { paymentTypeId: CREDIT_CARD, amountCents: totalCents, installments: totalCents < 15_000 ? 1 : 3 };
  await till.call('sale.addTender', { ...intent(), ...tender });
  await till.call('sale.complete', intent());
  return saleId;
}
