import { setTimeout as sleep } from 'node:timers/promises';
import type { Good } from '../../scripts/demo/goods.ts';
import type { SeededRandom } from '../../scripts/demo/seeded-random.ts';
import type { ToldErp } from '../torture/check-erp.ts';
import { createJournal } from '../torture/journal.ts';
import { createShopWork } from '../torture/shop-work.ts';
import type { StoreTill } from './store-till.ts';

/** What a till acknowledged on all of its days. */
export type TillBooks = { readonly told: ToldErp; readonly businessDays: string[]; readonly findings: string[] };

export function createBooks(): TillBooks {
  return { told: { sales: new Map(), moved: new Map(), customers: new Map() }, businessDays: [], findings: [] };
}

/** Binds a till to the server, and waits for its catalogue. */
export async function enrolTill(till: StoreTill, server: string): Promise<void> {
  await till.call('setup.enrol', { server, user: till.user, password: `demo-${till.user}`, stationCode: till.code });
  for (;;) {
    const { load } = await till.call('station.view', {});
    if (load.state === 'done') return;
    if (load.state === 'failed') throw new Error(`${till.code} could not load: ${JSON.stringify(load)}`);
    await sleep(20);
  }
}

/** A day at one till from the drawer's opening to its count, with so many sales; the till is on. */
export async function workDay(
  till: StoreTill,
  {
    day,
    sales,
    goods,
    random,
    books,
    isSimple,
  }: {
    /** Its number among the days, from 1. */
    readonly day: number;
    readonly sales: number;
    readonly goods: readonly Good[];
    readonly random: SeededRandom;
    readonly books: TillBooks;
    /** Without customers and cancellations. */
    readonly isSimple: boolean;
  },
): Promise<void> {
  const journal = createJournal(`${till.data}-day-${day}.jsonl`);
  // The journal is told of each command as a till that is killed would tell it; here none is.
  const asking: Pick<StoreTill, 'call' | 'tryCall'> = {
    tryCall: async (method, input) => {
      journal.ask(method, input);
      const reply = await till.tryCall(method, input);
      journal.answer(method, input, reply.ok, reply.ok ? reply.output : reply.error);
      return reply;
    },
    call: async (method, input) => {
      const reply = await asking.tryCall(method, input);
      if (reply.ok) return reply.output;
      throw new Error(`${method} was refused at ${till.code}: ${JSON.stringify(reply.error)}`);
    },
  };
  const series = Number(till.code.slice(1)) * 10 + day;
  const shop = createShopWork({ station: asking, journal, random, goods, stationNumber: series, isSimple });
  await shop.open();
  while (journal.sales.size < sales) await shop.doSomething();
  await shop.finish();
  books.findings.push(...(await shop.close()).map((text) => `${till.code}, day ${day}: ${text}`));
  for (const [id, sale] of journal.sales) books.told.sales.set(id, sale);
  for (const [id, moved] of journal.moved) books.told.moved.set(id, moved);
  for (const [cpf, customer] of journal.customers) books.told.customers.set(cpf, customer);
  books.businessDays.push([...journal.sales.values()][0]?.businessDay ?? '');
}
