import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Good } from '../../scripts/demo/goods.ts';
import { ringSale, type PaymentTypes } from '../../scripts/demo/ring-sale.ts';
import type { SeededRandom } from '../../scripts/demo/seeded-random.ts';
import { planShopping } from '../../scripts/demo/shopping-plan.ts';
import { denominationsOf } from '../support/spawn-station.ts';
import type { Journal } from './journal.ts';
import type { Asking } from './tortured-station.ts';

/** The manager: cancels and gives discounts in her own right, so that no PIN is hashed for each of them. */
const OPERATOR = { code: '9', pin: '9999' } as const;
export const FLOAT_CENTS = 20_000;
/** A withdrawal takes what is surely in the drawer. */
const MOST_MOVED_CENTS = 2_000;
/** A person is slower than this; without any pause the queue would be all there is. */
const PAUSE_MS = 15;

/** What a person does at a till, one thing after the other. */
export type ShopWork = {
  readonly open: () => Promise<void>;
  readonly doSomething: () => Promise<void>;
  /** Nothing stays parked or open. */
  readonly finish: () => Promise<void>;
  /** Counts the drawer as it has to be, and closes it; answers what does not agree. */
  readonly close: () => Promise<string[]>;
};

export function createShopWork({
  station,
  journal,
  random,
  goods,
  stationNumber,
  isSimple,
}: {
  readonly station: Asking;
  readonly journal: Journal;
  readonly random: SeededRandom;
  readonly goods: readonly Good[];
  readonly stationNumber: number;
  /** No customers and no cancellations: a planted breach would only be refused there by the keys of the database. */
  readonly isSimple: boolean;
}): ShopWork {
  const shopping = random.fork('shopping');
  const parked: string[] = [];
  let types: PaymentTypes = { cash: 0, debit_card: 0, credit_card: 0 };
  let salespeople: readonly string[] = [];
  let reasons = { in: 0, out: 0 };
  let customers = 0;
  const intent = (): { readonly commandId: string } => ({ commandId: randomUUID() });

  async function open(): Promise<void> {
    await station.call('operator.login', OPERATOR);
    await station.call('cashSession.open', { ...intent(), floatCents: FLOAT_CENTS });
    const rows = await station.call('payment.types', {});
    const idOf = (kind: string): number => rows.find((row) => row.kind === kind && row.supported)?.paymentTypeId ?? 0;
    types = { cash: idOf('cash'), debit_card: idOf('debit_card'), credit_card: idOf('credit_card') };
    salespeople = (await station.call('salesperson.list', {})).map((row) => row.code);
    const all = await station.call('cashSession.reasons', {});
    const reasonOf = (direction: string): number =>
      all.find((row) => row.direction === direction)?.financialReasonId ?? 0;
    reasons = { in: reasonOf('in'), out: reasonOf('out') };
  }

  async function sell(): Promise<void> {
    const plan = planShopping(shopping, goods, salespeople);
    const person = random.chance(0.2) ? [...journal.customers.values()].at(-1) : undefined;
    const sale = await ringSale(
      station,
      {
        ...plan,
        ...(person === undefined ? {} : { personId: person.personId }),
        itemDiscount: plan.itemDiscount === null ? null : { ...plan.itemDiscount, needsManager: false },
        // Two discounts on one sale would ask for an approval, whose PIN costs more than the sale.
        saleDiscount:
          plan.saleDiscount === null || plan.itemDiscount !== null
            ? null
            : { ...plan.saleDiscount, needsManager: false },
      },
      types,
    );
    journal.sales.set(sale.saleId, { ...sale, cancelled: false });
  }

  async function cancel(): Promise<void> {
    const standing = [...journal.sales.values()].filter((sale) => !sale.cancelled);
    // The last one is mostly not sent yet; one of the last twenty may be on its way or confirmed.
    const sale = random.chance(0.4) ? standing.at(-1) : standing.at(-random.int(1, Math.min(20, standing.length)));
    if (sale === undefined) return;
    await station.call('sale.cancel', { ...intent(), saleId: sale.saleId, reason: 'Cliente desistiu' });
    journal.sales.set(sale.saleId, { ...sale, cancelled: true });
  }

  async function putAside(): Promise<void> {
    const saleId = randomUUID();
    await station.call('sale.addItem', { ...intent(), saleId, barcode: random.pick(goods).barcode });
    await station.call('sale.park', { ...intent(), saleId, note: 'provando' });
    parked.push(saleId);
  }

  async function takeBack(): Promise<void> {
    const saleId = parked.shift();
    if (saleId === undefined) return;
    await station.call('sale.recall', { ...intent(), saleId });
    await station.call('sale.abandon', { ...intent(), saleId, reason: 'Cliente não voltou' });
  }

  async function moveCash(): Promise<void> {
    const isSupply = random.chance(0.55);
    await station.call('cashSession.move', {
      ...intent(),
      kind: isSupply ? 'supply' : 'withdrawal',
      financialReasonId: isSupply ? reasons.in : reasons.out,
      amountCents: random.int(1, MOST_MOVED_CENTS),
    });
  }

  async function registerCustomer(): Promise<void> {
    customers += 1;
    const cpf = makeCpf(stationNumber * 10_000_000 + customers);
    await station.call('customer.register', { ...intent(), cpf, name: `Cliente ${stationNumber} ${customers}` });
  }

  return {
    open,
    doSomething: async () => {
      const place = random.unit();
      if (place < 0.7) await sell();
      else if (place < 0.78) await (isSimple ? sell() : cancel());
      else if (place < 0.83) await putAside();
      else if (place < 0.88) await takeBack();
      else if (place < 0.95) await moveCash();
      else if (place < 0.98 && !isSimple) await registerCustomer();
      else await station.call('sync.sendNow', {});
      await sleep(random.int(0, PAUSE_MS));
    },
    finish: async () => {
      while (parked.length > 0) await takeBack();
    },
    close: async () => {
      const expected = drawerCents(journal, types.cash);
      await station.call('cashSession.count', { ...intent(), denominations: denominationsOf(expected) });
      const closed = await station.call('cashSession.close', { ...intent(), floatLeftCents: 0 });
      return closed.expectedCashCents === expected
        ? []
        : [`unequal: the drawer should hold ${expected}, the station says ${closed.expectedCashCents}`];
    },
  };
}

/** What has to be in the drawer: what went in less what went out, of everything that was acknowledged. */
function drawerCents(journal: Journal, cashType: number): number {
  let cents = FLOAT_CENTS;
  for (const { kind, amountCents } of journal.moved.values()) cents += kind === 'supply' ? amountCents : -amountCents;
  for (const { cancelled, tenders } of journal.sales.values()) {
    if (cancelled) continue;
    for (const tender of tenders) if (tender.paymentTypeId === cashType) cents += tender.amountCents;
  }
  return cents;
}

function makeCpf(number: number): string {
  const base = String(number).padStart(9, '0');
  const check = (text: string): string => {
    const sum = Array.from(text).reduce((total, digit, index) => total + Number(digit) * (text.length + 1 - index), 0);
    return String(((sum * 10) % 11) % 10);
  };
  const first = check(base);
  return base + first + check(base + first);
}
