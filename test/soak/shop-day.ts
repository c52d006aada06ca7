import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ErpProcess } from '../../scripts/demo/erp-process.ts';
import { readGoods, type Good } from '../../scripts/demo/goods.ts';
import type { Journal } from '../../scripts/demo/journal.ts';
import { cancelSale, ringSale, type PaymentTypes } from '../../scripts/demo/ring-sale.ts';
import type { SeededRandom } from '../../scripts/demo/seeded-random.ts';
import { planShopping } from '../../scripts/demo/shopping-plan.ts';
import { closeDrawer, until, type SpawnedStation } from '../support/spawn-station.ts';

/** A store whose station is enrolled and loaded, with the manager at the till. */
export type Shop = {
  readonly station: SpawnedStation;
  readonly erp: ErpProcess;
  readonly journal: Journal;
  readonly random: SeededRandom;
  readonly goods: readonly Good[];
  readonly types: PaymentTypes;
  readonly salespeople: readonly string[];
};

const CANCELLED_SHARE = 0.03;
/** The manager looks at the day and at the movements after so many sales. */
const SALES_PER_LOOK = 50;
/** Prices the office changes in a day, in one batch, and its login: one that no station has. */
const CHANGED_PRICES = 50;
const OFFICE = { authorization: `Basic ${Buffer.from('e05:demo-e05').toString('base64')}` };
const FLOAT_CENTS = 20_000;
const DAY_MS = 86_400_000;
/** The queue of a day, and the copy of its evening. */
const EVENING_TIMEOUT_MS = 120_000;
/** The collection that the night asks for is over by then. */
const NIGHT_MS = 1_000;

export async function openShop(ports: Pick<Shop, 'station' | 'erp' | 'journal' | 'random'>): Promise<Shop> {
  const { station, erp, random } = ports;
  const login = { server: erp.url, user: 'e01', password: 'demo-e01', stationCode: 'E01' };
  const { load } = await station.must('setup.enrol', login);
  if (load.state !== 'done') throw new Error(`the load ended as ${load.state}`);
  await station.must('operator.login', { code: '9', pin: '9999' });
  const types = await station.must('payment.types', {});
  const idOf = (kind: string): number => {
    const type = types.find((row) => row.kind === kind && row.supported);
    if (type === undefined) throw new Error(`the store takes no ${kind}`);
    return type.paymentTypeId;
  };
  return {
    ...ports,
    goods: await readGoods(erp.url, random.fork('goods')),
    types: { cash: idOf('cash'), debit_card: idOf('debit_card'), credit_card: idOf('credit_card') },
    salespeople: (await station.must('salesperson.list', {})).map(({ code }) => code),
  };
}

/** From the opening of the drawer to its closing, with an office that changes prices; then the ERP has all of it. */
export async function liveDay(shop: Shop, sales: number): Promise<void> {
  const { station, journal, random } = shop;
  await openDrawer(station);
  await changePrices(shop);
  const till = { call: station.must };
  for (let count = 1; count <= sales; count += 1) {
    const sale = await ringSale(till, planShopping(random, shop.goods, shop.salespeople), shop.types);
    journal.addSale(sale);
    if (random.chance(CANCELLED_SHARE)) {
      await cancelSale(till, sale.saleId);
      journal.addCancellation(sale.saleId);
    }
    if (count % SALES_PER_LOOK === 0) {
      await station.must('summary.day', { businessDay: null });
      await station.must('movement.list', {});
    }
  }
  await closeDrawer(station, FLOAT_CENTS);
  await until(
    () => station.must('sync.view', {}),
    ({ waiting }) => waiting === 0,
    EVENING_TIMEOUT_MS,
  );
  await station.must('backup.now', {});
}

/** The ERP's clock may have been looked at between the two steps of the night: it is looked at again by the next call. */
async function openDrawer(station: SpawnedStation): Promise<void> {
  const opened = await until(
    async () => {
      await station.must('sync.resume', {});
      return station.call('cashSession.open', { commandId: randomUUID(), floatCents: FLOAT_CENTS });
    },
    (reply) => reply.ok || reply.error.code !== 'clock_wrong',
  );
  if (!opened.ok) throw new Error(`the drawer was not opened: ${JSON.stringify(opened.error)}`);
}

/** Everybody's clock goes on by a day; what V8 would do in the hours of the night is asked of it. */
export async function passNight({ station, erp }: Shop, daysSoFar: number): Promise<void> {
  await post(erp, 'admin/clock', { offset_ms: daysSoFar * DAY_MS });
  station.child.kill('SIGUSR2');
  await sleep(NIGHT_MS);
}

async function changePrices({ erp, goods, random }: Shop): Promise<void> {
  const precos = Array.from({ length: CHANGED_PRICES }, () => {
    const preco1 = random.int(1_000, 50_000) / 100;
    return { sku: random.pick(goods).sku, preco1, preco2: preco1 };
  });
  await post(erp, 'api/millenium_eco/produtos/atualizaprecodetabela', { vitrine: 2, tabela: 1, precos });
}

async function post(erp: ErpProcess, path: string, body: object): Promise<void> {
  const reply = await fetch(`${erp.url}/${path}`, { method: 'POST', headers: OFFICE, body: JSON.stringify(body) });
  if (!reply.ok) throw new Error(`${path}: ${reply.status} ${await reply.text()}`);
}
