import { randomUUID } from 'node:crypto';
import type { DiscountInput } from '../../contract/sale-views.ts';
import type { MethodOutput } from '../../contract/station-api.ts';
import type { JournalSale } from './compare.ts';
import type { PlannedDiscount, ShoppingPlan } from './shopping-plan.ts';
import type { StationDriver } from './station-driver.ts';

/** Whoever asks the station, and asks again what got no answer. */
type Till = Pick<StationDriver, 'call'>;
type SaleView = MethodOutput<'sale.addItem'>;
type Permission = 'discount' | 'cancel_sale';
/** Ids of the payment types of the store, by kind. */
export type PaymentTypes = Readonly<Record<'cash' | 'debit_card' | 'credit_card', number>>;

/** The superior who gives leave; the stand-in ERP registers her. */
const MANAGER = { code: '9', pin: '9999' } as const;
/** Smallest instalment and most of them that the store's group allows. */
const MINIMUM_INSTALLMENT_CENTS = 5_000;
/** A note a customer hands over: change is given on it. */
const NOTE_CENTS = 5_000;
/** A CPF with right check digits; nobody's. */
const CPF = '52998224725';

type GivenTender = {
  readonly tenderId: string;
  readonly cardBrandId: number | null;
  readonly acquirerId: number | null;
};

/** Rings one sale from the first scan to the paper, and gives what the station acknowledged. */
export async function ringSale(
  station: Till,
  plan: ShoppingPlan,
  types: PaymentTypes,
): Promise<Omit<JournalSale, 'cancelled'>> {
  if (plan.abandonsOneFirst) await abandonOne(station, plan);
  const saleId = randomUUID();
  let sale = await scanAll(station, plan, saleId);
  const seller = { salespersonCode: plan.salespersonCode, lineId: null };
  sale = await station.call('sale.setSalesperson', { ...intent(saleId), ...seller });
  if (plan.hasCpf) sale = await station.call('sale.setCpf', { ...intent(saleId), cpf: CPF });
  if (plan.personId !== undefined)
    await station.call('sale.setCustomer', { ...intent(saleId), personId: plan.personId });
  const [first] = sale.lines;
  if (plan.itemDiscount !== null && first !== undefined) {
    const discount = await amountOf(station, plan.itemDiscount, first.grossCents);
    sale = await station.call('sale.discountItem', { ...intent(saleId), lineId: first.lineId, ...discount });
  }
  if (plan.saleDiscount !== null) {
    // What an item already lost counts: on top of it a cashier's own authority is soon used up.
    const needsManager = plan.saleDiscount.needsManager || plan.itemDiscount !== null;
    const discount = await amountOf(station, { ...plan.saleDiscount, needsManager }, sale.totalCents);
    sale = await station.call('sale.discount', { ...intent(saleId), ...discount });
  }
  if (plan.isParked) {
    await station.call('sale.park', { ...intent(saleId), note: 'volta já' });
    sale = await station.call('sale.recall', intent(saleId));
  }
  const given = await pay(station, plan, types, sale);
  const completed = await station.call('sale.complete', intent(saleId));
  return toJournal(completed.sale, given, plan);
}

/** Cancels a sale with a superior's leave. */
export async function cancelSale(station: Till, saleId: string): Promise<void> {
  const approvalId = await approve(station, 'cancel_sale');
  const { row } = await station.call('sale.cancel', { ...intent(saleId), reason: 'cliente desistiu', approvalId });
  if (row.cancellation === null) throw new Error(`sale ${row.number} was cancelled and does not say so`);
}

async function scanAll(station: Till, plan: ShoppingPlan, saleId: string): Promise<SaleView> {
  let sale: SaleView | null = null;
  for (const [index, { good, pieces }] of plan.items.entries()) {
    const { barcode } = good;
    sale = await station.call('sale.addItem', { ...intent(saleId), barcode, quantityMilli: pieces * 1000 });
    // A repeated command must not ring the piece twice, and a restart must not lose one.
    if (sale.lines.length !== index + 1)
      throw new Error(`scan ${index + 1} of ${saleId} shows ${sale.lines.length} lines`);
  }
  if (sale === null) throw new Error('a plan without items');
  for (const [index, { correctedTo }] of plan.items.entries()) {
    const line: SaleView['lines'][number] | undefined = sale.lines[index];
    if (correctedTo === null || line === undefined) continue;
    const quantityMilli = correctedTo * 1000;
    sale = await station.call('sale.setQuantity', { ...intent(saleId), lineId: line.lineId, quantityMilli });
  }
  const [first] = sale.lines;
  if (plan.removesFirstItem && first !== undefined) {
    sale = await station.call('sale.removeItem', { ...intent(saleId), lineId: first.lineId });
  }
  return sale;
}

async function abandonOne(station: Till, plan: ShoppingPlan): Promise<void> {
  const saleId = randomUUID();
  const barcode = plan.items[0]?.good.barcode ?? '';
  await station.call('sale.addItem', { ...intent(saleId), barcode });
  await station.call('sale.abandon', { ...intent(saleId), reason: 'cliente saiu' });
}

async function amountOf(
  station: Till,
  { kind, rateBp, needsManager }: PlannedDiscount,
  baseCents: number,
): Promise<{ readonly discount: DiscountInput; readonly reason: string; readonly approvalId: string | null }> {
  const approvalId = needsManager ? await approve(station, 'discount') : null;
  const amountCents = Math.floor((baseCents * rateBp) / 10_000);
  const discounts: Readonly<Record<DiscountInput['kind'], DiscountInput>> = {
    none: { kind: 'none' },
    percent: { kind: 'percent', rateBp },
    value: { kind: 'value', amountCents },
    total: { kind: 'total', totalCents: baseCents - amountCents },
  };
  return { discount: discounts[kind], reason: 'cliente fiel', approvalId };
}

async function approve(station: Till, permission: Permission): Promise<string> {
  return (await station.call('operator.approve', { ...MANAGER, permission })).approvalId;
}

async function pay(station: Till, plan: ShoppingPlan, types: PaymentTypes, sale: SaleView): Promise<GivenTender[]> {
  const given: GivenTender[] = [];
  const { saleId, totalCents } = sale;

  async function give(paymentTypeId: number, amountCents: number, installments = 1): Promise<void> {
    const isCard = paymentTypeId !== types.cash;
    const card = { cardBrandId: isCard ? plan.brand : null, acquirerId: isCard ? plan.acquirer : null };
    const input = { ...intent(saleId), paymentTypeId, amountCents, installments, ...card };
    const { tenders } = await station.call('sale.addTender', input);
    const tender = tenders.at(-1);
    if (tender === undefined || tenders.length !== given.length + 1)
      throw new Error(`tender of ${saleId} is not there`);
    given.push({ tenderId: tender.tenderId, ...card });
  }

  const cashCents = Math.ceil(totalCents / NOTE_CENTS) * NOTE_CENTS;
  const installments = Math.max(1, Math.min(plan.installments, Math.floor(totalCents / MINIMUM_INSTALLMENT_CENTS)));
  if (plan.payment === 'cash') await give(types.cash, totalCents);
  if (plan.payment === 'cash_with_change') await give(types.cash, cashCents);
  if (plan.payment === 'debit_card') await give(types.debit_card, totalCents);
  if (plan.payment === 'credit_card') await give(types.credit_card, totalCents, installments);
  if (plan.payment === 'mixed') {
    const cardCents = Math.max(1, Math.floor(totalCents * 0.6));
    await give(types.debit_card, cardCents);
    const restCents = totalCents - cardCents;
    await give(types.cash, Math.ceil(restCents / NOTE_CENTS) * NOTE_CENTS);
  }
  return given;
}

function toJournal(sale: SaleView, given: readonly GivenTender[], plan: ShoppingPlan): Omit<JournalSale, 'cancelled'> {
  if (sale.number === null || sale.businessDay === null) throw new Error(`sale ${sale.saleId} has no number`);
  let change = sale.changeCents;
  return {
    saleId: sale.saleId,
    number: sale.number,
    businessDay: sale.businessDay,
    salespersonCode: plan.salespersonCode,
    totalCents: sale.totalCents,
    lines: sale.lines.map(({ sku, quantityMilli, netCents }) => ({ sku, quantityMilli, netCents })),
    tenders: sale.tenders.map(({ tenderId, paymentTypeId, kind, installments, amountCents }) => {
      const card = given.find((tender) => tender.tenderId === tenderId);
      const back = kind === 'cash' ? Math.min(change, amountCents) : 0;
      change -= back;
      const { cardBrandId = null, acquirerId = null } = card ?? {};
      return { paymentTypeId, cardBrandId, acquirerId, installments, amountCents: amountCents - back };
    }),
  };
}

/** One intention of the person at the till: the same one when it has to be asked again. */
function intent(saleId: string): { readonly commandId: string; readonly saleId: string } {
  return { commandId: randomUUID(), saleId };
}
