import { expect, it } from 'vitest';
import { cancelSale, receivedAt, type ErpOrder } from '../support/demo-erp.ts';
import { useDemoTill } from '../support/demo-till.ts';
import { BARCODES, sell, until } from '../support/spawn-station.ts';

/* The ERP is put back to a backup while the till is open: what it lost comes again, once, and its registers are read whole. */

const { station, server, admin, noticeRestoration } = useDemoTill();

const orders = async (): Promise<readonly ErpOrder[]> => (await receivedAt(await server())).orders;
const drained = (): Promise<unknown> =>
  until(
    () => station.must('sync.view', {}),
    (view) => view.waiting === 0 && view.reachability === 'online' && view.wholeReads.length === 0,
    60_000,
  );
const priceOf = async (barcode: string): Promise<number | null> =>
  (await station.must('catalog.findByBarcode', { barcode })).priceCents;

it('delivers again what the ERP lost, doubles nothing, reads its registers whole and tells people', async () => {
  const kept = [await sell(station, [BARCODES.tShirt]), await sell(station, [BARCODES.jeans])];
  await drained();
  await admin('backup', { name: 'an-hour-ago' });
  await cancelSale(station, kept[1]?.saleId ?? '');
  const lost = [await sell(station, [BARCODES.dress]), await sell(station, [BARCODES.tShirt])];
  await admin('prices', { cod_produto: '100001', preco1: 77.7 });
  await station.must('catalog.reload', { register: 'prices' });
  await until(
    () => priceOf(BARCODES.tShirt),
    (cents) => cents === 7770,
  );
  await drained();
  const before = await orders();
  expect(before).toHaveLength(4);

  await admin('restore', { name: 'an-hour-ago' });
  expect(await orders()).toHaveLength(2);
  await noticeRestoration();
  await until(orders, (rows) => rows.length === 4 && rows.every(({ status }) => status >= 3));
  await drained();
  const after = await orders();
  const states = (rows: readonly ErpOrder[]): string[] =>
    rows
      .map((row) => `${row.cod_pedidov} ${row.n_pedido_cliente} ${row.status}`)
      .toSorted((a, b) => a.localeCompare(b));
  expect(states(after)).toEqual(states(before));
  expect(after.find(({ cod_pedidov }) => cod_pedidov === kept[1]?.number)?.status).toBe(5);
  expect(after.map(({ inclusions }) => inclusions)).toEqual([1, 1, 1, 1]);
  expect(lost.every(({ number }) => after.some(({ cod_pedidov }) => cod_pedidov === number))).toBe(true);
  // The price of before the backup, though its id is below the one that was here.
  await until(
    () => priceOf(BARCODES.tShirt),
    (cents) => cents === 8990,
  );

  // Told until a person says that it is known; selling goes on above the numbers that are taken.
  const next = await sell(station, [BARCODES.tShirt]);
  expect(next.number).toBe('E01000000005');
  await drained();
  expect((await station.must('sync.resume', {})).alerts).toEqual([]);
});

it('notices by the next sale alone, though the number of that sale hides what is missing below it', async () => {
  await admin('backup', { name: 'before-two-sales' });
  const lost = [await sell(station, [BARCODES.dress]), await sell(station, [BARCODES.jeans])];
  await drained();
  const before = await orders();

  await admin('restore', { name: 'before-two-sales' });
  // Before any heartbeat: from now on the ERP tells the number of this sale, as if nothing below it were missing.
  const next = await sell(station, [BARCODES.tShirt]);
  await until(orders, (rows) => rows.length === before.length + 1 && rows.every(({ status }) => status >= 3));

  const after = await orders();
  for (const { number } of [...lost, next]) {
    expect(after.filter(({ cod_pedidov }) => cod_pedidov === number)).toMatchObject([{ inclusions: 1 }]);
  }
  expect((await station.must('sync.view', {})).alerts).toMatchObject([{ kind: 'erp_restored' }]);
});
