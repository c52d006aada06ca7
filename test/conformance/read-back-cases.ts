import { setTimeout as sleep } from 'node:timers/promises';
import { findDifferences } from './compare-order.ts';
import { DELIVERY } from './delivery-cases.ts';
import type { Case } from './run-cases.ts';
import { SALES } from './selling-cases.ts';
import { makeCase, needed, type Suite } from './suite.ts';
import type { SoldSale } from './till.ts';
import { numberOf, textOf, type Row } from './wire-values.ts';

const ORDERS = 'millenium_eco/pedido_venda/listapedidos';
const CUSTOMERS = 'millenium_eco/clientes/lista';
/** A server may show an order to its cursor a moment after it has it. */
const LATE_TRIES = 6;
const LATE_WAIT_MS = 1_000;

/** Reads back, without the product, what the server holds. */
export function readBackCases({ wire, till, options, found }: Suite): readonly Case[] {
  const showcase = (): number => needed(found.station, 'the station').showcase;

  async function findOrder({ sale }: SoldSale): Promise<Row> {
    const number = needed(sale.number, 'the number of the sale');
    const orders = await wire.list(ORDERS, { vitrine: showcase(), cod_pedidov: number });
    const ours = orders.filter((row) => textOf(row, 'cod_pedidov') === number);
    const [order] = ours;
    if (order === undefined) throw new Error(`${number} is not at the server`);
    if (ours.length > 1) throw new Error(`${number} is at the server ${ours.length} times`);
    return order;
  }

  async function check(sold: SoldSale): Promise<void> {
    const order = await findOrder(sold);
    const wrong = findDifferences(sold, order);
    if (wrong.length > 0) throw new Error(`${sold.sale.number} ${wrong.join('; ')}`);
    found.orders.set(sold.sale.number ?? '', order);
  }

  const readBack = (what: string, soldBy: string): Case =>
    makeCase(`the server holds what was sold: ${what}`, [soldBy, DELIVERY.drained, DELIVERY.stopped], async () => {
      const ours = till.journal.filter((sold) => sold.what === what || sold.what.startsWith(`${what},`));
      if (ours.length === 0) throw new Error('nothing of it was sold');
      for (const sold of ours) await check(sold);
    });

  /** Every order under this station's code since the first of this run, by pages; late ones are waited for. */
  async function listByPages(): Promise<ReadonlyMap<string, readonly Row[]>> {
    const from = Math.min(...[...found.orders.values()].map((row) => numberOf(row, 'trans_id') ?? 0)) - 1;
    const query = { vitrine: showcase(), cod_filial: needed(found.station, 'the station').branchCode };
    for (let tries = 1; ; tries += 1) {
      const { rows } = await wire.walk(ORDERS, query, { top: 5, maxPages: 200, from });
      const newest = new Map(
        rows.map((row) => [`${textOf(row, 'cod_pedidov')} ${textOf(row, 'n_pedido_cliente')}`, row]),
      );
      const byNumber = Map.groupBy(newest.values(), (row) => textOf(row, 'cod_pedidov'));
      const isAllThere = [...found.orders.keys()].every((number) => byNumber.has(number));
      if (isAllThere || tries === LATE_TRIES) return byNumber;
      await sleep(LATE_WAIT_MS);
    }
  }

  return [
    ...Object.values(SALES).map((what) => readBack(what, `the till sells ${what}`)),
    readBack(DELIVERY.cancelledLater, DELIVERY.cancelledLater),
    readBack(DELIVERY.lostReply, DELIVERY.lostReply),
    readBack(DELIVERY.killed, DELIVERY.killed),
    readBack(DELIVERY.together, DELIVERY.together),
    makeCase(
      'the server has the customer, once',
      [`the till sells ${SALES.customer}`, DELIVERY.drained, DELIVERY.stopped],
      async () => {
        const { cpf } = needed(found.customer, 'the customer');
        const rows = await wire.list(CUSTOMERS, { cpf });
        const ours = rows.filter((row) => textOf(row, 'cpf').replaceAll(/\D/g, '') === cpf);
        if (ours.length !== 1)
          throw new Error(`the server has ${ours.length} customers with the CPF that was registered`);
        const sold = needed(
          found.orders.get(found.sold.get(SALES.customer)?.sale.number ?? ''),
          'the sale to the customer',
        );
        const client = numberOf(ours[0] ?? {}, 'cliente');
        if (numberOf(sold, 'cliente') !== client)
          throw new Error(`the sale is of customer ${numberOf(sold, 'cliente')}, not of ${client}`);
      },
    ),
    makeCase(
      'the pages of orders show each sale once',
      [DELIVERY.stopped, `the server holds what was sold: ${SALES.one}`],
      async () => {
        const byNumber = await listByPages();
        for (const number of found.orders.keys()) {
          const count = byNumber.get(number)?.length ?? 0;
          if (count !== 1) throw new Error(`${number} is in the pages ${count} times`);
        }
        const numbers = new Set(till.journal.map(({ sale }) => sale.number));
        const strange = [...byNumber.keys()].filter(
          (number) => number.startsWith(options.station) && !numbers.has(number),
        );
        if (strange.length > 0) throw new Error(`${strange[0]} is at the server, and nobody sold it here`);
      },
    ),
    makeCase(
      'a second run doubles and changes nothing',
      [DELIVERY.stopped, `the server holds what was sold: ${SALES.one}`],
      async () => {
        await wire.leave();
        await till.start();
        await till.must('sync.sendNow', {});
        await till.drain(20_000);
        await till.stop();
        for (const sold of till.journal) {
          const before = found.orders.get(sold.sale.number ?? '');
          if (before === undefined) continue;
          const after = await findOrder(sold);
          if (numberOf(after, 'trans_id') !== numberOf(before, 'trans_id')) {
            throw new Error(
              `${sold.sale.number} was written again: trans_id ${numberOf(before, 'trans_id')}, then ${numberOf(after, 'trans_id')}`,
            );
          }
        }
      },
      60_000,
    ),
    makeCase('the numbers of the sales have no gap', [DELIVERY.drained], async () => {
      const numbers = till.journal.map(({ sale }) => Number(sale.number?.slice(3)));
      const gap = numbers.find((number, index) => index > 0 && number !== (numbers[index - 1] ?? 0) + 1);
      if (gap !== undefined) throw new Error(`there is a gap before number ${gap}`);
    }),
  ];
}
