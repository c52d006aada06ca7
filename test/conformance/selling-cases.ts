import { randomUUID } from 'node:crypto';
import { NothingToCheck, type Case } from './run-cases.ts';
import { SERVER } from './server-cases.ts';
import { isFractional } from './server-facts.ts';
import { askUntil, makeCase, needed, type Suite } from './suite.ts';
import { enrol } from './enrol.ts';
import { randomCpf, type SalePlan, type Tender } from './till.ts';

export const SELLING = {
  enrolled: 'the station enrols and loads its registers',
  loggedIn: 'the operator logs in and the drawer is open',
} as const;

/** The sales of this run, by what each shows. */
export const SALES = {
  one: 'one item in cash',
  many: 'many items with change',
  odd: 'discounts that leave odd cents',
  tenders: 'several tenders',
  instalments: 'instalments on a card',
  cpf: 'a CPF on the receipt',
  fraction: 'a fraction of a piece',
  customer: 'a customer registered at the till',
  cancelledFirst: 'one cancelled before it was delivered',
} as const;

/** A station of an earlier run reads what changed since in this time. */
const PULL_MS = 10_000;

type Kind = 'cash' | 'credit_card' | 'debit_card' | 'pix';

/** Enrols the real station headless and rings the sales. */
export function sellingCases(suite: Suite): readonly Case[] {
  const { line, till, found } = suite;
  const good = (index: number) => needed(found.goods[index % found.goods.length], 'a good');
  const barcode = (index: number): string => good(index).barcode;

  async function sell(what: string, plan: SalePlan): Promise<void> {
    found.sold.set(what, await till.sell(what, plan));
  }

  async function findType(kinds: readonly Kind[]): Promise<{ readonly id: number; readonly kind: string } | null> {
    const types = (await till.must('payment.types', {})).filter(({ supported }) => supported);
    for (const kind of kinds) {
      const type = types.find((one) => one.kind === kind);
      if (type !== undefined) return { id: type.paymentTypeId, kind };
    }
    return null;
  }

  const cardOf = (kind: string): Partial<Tender> => (kind.endsWith('_card') ? found.card : {});

  async function payWith(...kinds: readonly Kind[]): Promise<SalePlan['pay']> {
    const type = (await findType(kinds)) ?? (await findType(['cash', 'pix', 'debit_card', 'credit_card']));
    const { id, kind } = needed(type, 'a payment type that this station can take');
    return ({ totalCents }) => [{ paymentTypeId: id, amountCents: totalCents, ...cardOf(kind) }];
  }

  const ring = (what: string, run: () => Promise<void>): Case =>
    makeCase(`the till sells ${what}`, [SELLING.loggedIn], run);

  return [
    makeCase(SELLING.enrolled, [SERVER.station], () => enrol(suite), 120_000),
    makeCase('the station has every product of the server', [SELLING.enrolled, SERVER.catalogue], async () => {
      if (!found.isCatalogWhole) throw new NothingToCheck('the catalogue is too large to be counted here');
      const count = async (): Promise<number> => (await till.must('station.health', {})).products;
      const products = await askUntil(count, (there) => there === found.products.size, PULL_MS);
      if (products !== found.products.size)
        throw new Error(`the station has ${products} products, the server ${found.products.size}`);
    }),
    makeCase('the station sells at the prices of the server', [SELLING.enrolled, SERVER.goods], async () => {
      for (const { barcode: code, sku, priceCents } of found.goods) {
        const look = () => till.must('catalog.findByBarcode', { barcode: code });
        const shown = await askUntil(look, (there) => there.priceCents === priceCents, PULL_MS);
        if (shown.sku !== sku || shown.priceCents !== priceCents) {
          throw new Error(
            `barcode ${code} is ${shown.sku} at ${shown.priceCents} cents, at the server ${sku} at ${priceCents}`,
          );
        }
      }
    }),
    makeCase(SELLING.loggedIn, [SELLING.enrolled, SERVER.goods], () => till.logIn()),

    ring(SALES.one, async () => sell(SALES.one, { items: [{ barcode: barcode(0) }], pay: await payWith('cash') })),
    ring(SALES.many, async () => {
      const items = [0, 1, 2, 3, 4, 0].map((index) => ({
        barcode: barcode(index),
        quantityMilli: index === 1 ? 2000 : 1000,
      }));
      const cash = await findType(['cash']);
      const pay = await payWith('cash');
      await sell(SALES.many, {
        items,
        // The next whole hundred: some of it goes back.
        pay: (sale) =>
          cash === null
            ? pay(sale)
            : [{ paymentTypeId: cash.id, amountCents: Math.ceil((sale.totalCents + 1) / 10_000) * 10_000 }],
      });
    }),
    ring(SALES.odd, async () => {
      const items = [{ barcode: barcode(0), quantityMilli: 3000 }, { barcode: barcode(1) }, { barcode: barcode(2) }];
      await sell(SALES.odd, { items, itemDiscountCents: 1, saleDiscountBp: 133, pay: await payWith('cash') });
    }),
    ring(SALES.tenders, async () => {
      const first = needed(await findType(['debit_card', 'pix', 'credit_card', 'cash']), 'a payment type');
      const second = needed(await findType(['cash', 'pix', 'debit_card']), 'a payment type');
      if (first.id === second.id) throw new NothingToCheck('the server has one payment type that a till can take');
      await sell(SALES.tenders, {
        items: [{ barcode: barcode(3) }, { barcode: barcode(2) }],
        pay: ({ totalCents }) => {
          const part = Math.max(1, Math.floor(totalCents / 3));
          return [
            { paymentTypeId: first.id, amountCents: part, ...cardOf(first.kind) },
            { paymentTypeId: second.id, amountCents: totalCents - part, ...cardOf(second.kind) },
          ];
        },
      });
    }),
    ring(SALES.instalments, async () => {
      const card = await findType(['credit_card']);
      if (card === null) throw new NothingToCheck('the server has no credit card');
      // Enough pieces for three instalments above any usual minimum, and one odd cent.
      const pieces = Math.min(99, Math.ceil(40_000 / good(1).priceCents));
      await sell(SALES.instalments, {
        items: [{ barcode: barcode(1), quantityMilli: pieces * 1000 }],
        itemDiscountCents: 1,
        pay: ({ totalCents }): readonly Tender[] => [
          { paymentTypeId: card.id, amountCents: totalCents, installments: 3, ...cardOf(card.kind) },
        ],
      });
    }),
    ring(SALES.cpf, async () =>
      sell(SALES.cpf, { items: [{ barcode: barcode(4) }], cpf: randomCpf(), pay: await payWith('pix', 'cash') }),
    ),
    ring(SALES.fraction, async () => {
      const byLength = found.goods.find(({ unit }) => isFractional(unit));
      if (byLength === undefined) throw new NothingToCheck('no unit of the catalogue is sold by the fraction');
      await sell(SALES.fraction, {
        items: [{ barcode: byLength.barcode, quantityMilli: 1375 }],
        pay: await payWith('cash'),
      });
    }),
    ring(SALES.customer, async () => {
      const cpf = randomCpf();
      const person = await till.must('customer.register', {
        commandId: randomUUID(),
        name: 'Cliente de Conformidade',
        cpf,
      });
      found.customer = { cpf, personId: person.personId };
      await sell(SALES.customer, {
        items: [{ barcode: barcode(0) }],
        personId: person.personId,
        pay: await payWith('cash'),
      });
    }),
    ring(SALES.cancelledFirst, async () => {
      // Without a line nothing of it is delivered before it is cancelled.
      line.setCut(true);
      try {
        await sell(SALES.cancelledFirst, { items: [{ barcode: barcode(2) }], pay: await payWith('cash') });
        await till.cancel(needed(found.sold.get(SALES.cancelledFirst), 'the sale'));
      } finally {
        line.setCut(false);
      }
    }),
  ];
}
