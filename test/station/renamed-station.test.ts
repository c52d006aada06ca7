import { expect, it } from 'vitest';
import type { MethodOutput } from '../../contract/station-api.ts';
import { useDemoTill } from '../support/demo-till.ts';
import { BARCODES, moveCash, sell, until } from '../support/spawn-station.ts';

/* An ERP whose register says something else of this station, as when somebody renames or moves it in the middle of a day. */

const { station, admin } = useDemoTill();

/** What the register says of this station; it was read by the till when this returns. */
async function change(row: { readonly codigo: string } | { readonly filial: number }): Promise<void> {
  await admin('registers', { register: 'estacoes', id: 1, row });
  const seen = async () => (await station.must('sync.view', {})).lastPullAt;
  const before = await seen();
  await station.must('catalog.reload', { register: 'station' });
  await until(seen, (at) => at !== before);
}

it('stops no sale and no drawer; what is told of them waits for a person, and goes when the code is back', async () => {
  const { number } = await sell(station, [BARCODES.tShirt]);
  await change({ codigo: 'E99' });
  expect((await sell(station, [BARCODES.tShirt])).number).toBe(
    `E01${String(Number(number?.slice(3)) + 1).padStart(9, '0')}`,
  );
  await moveCash(station, 'supply', 11, 1_000);
  expect(await station.must('station.view', {})).toMatchObject({ station: { code: 'E01' } });
  const isQuiet = (view: MethodOutput<'sync.view'>): boolean => view.waiting === 0;
  const view = await until(() => station.must('sync.view', {}), isQuiet);
  expect(view.errors).toBeGreaterThan(0);
  await change({ codigo: 'E01' });
  for (const { delivery } of await station.must('sync.errors', {}))
    await station.must('sync.resend', { documentId: delivery.documentId });
  expect(await until(() => station.must('sync.view', {}), isQuiet)).toMatchObject({ errors: 0 });
});

it('sells on for its branch while the one it was put into is not there', async () => {
  const before = (await station.must('station.view', {})).station;
  await change({ filial: 77 });
  await sell(station, [BARCODES.tShirt]);
  expect((await station.must('station.view', {})).station).toEqual(before);
  await change({ filial: 8 });
});
