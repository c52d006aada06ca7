import { expect, test } from 'vitest';
import type { Page, PageRequest, Remote } from '../../../core/connectors/connector.ts';
import type { PriceRow } from '../../../core/connectors/register-rows.ts';
import { readAhead } from '../../../core/connectors/read-ahead.ts';

/** Pages of ten ids each; `last` is the highest id there is. */
function createServer(last: number, failAt = -1) {
  const asked: number[] = [];
  const none = (): Promise<Remote<Page<never>>> => Promise.reject(new Error('not asked here'));
  const pullPrices = ({ transId }: PageRequest): Promise<Remote<Page<PriceRow>>> => {
    asked.push(transId);
    if (transId === failAt) {
      return Promise.resolve({ ok: false, failure: { class: 'transient', text: 'gone', method: 'prices' } });
    }
    const nextTransId = Math.min(last, transId + 10);
    return Promise.resolve({ ok: true, value: { rows: [], nextTransId, more: nextTransId < last } });
  };
  return { asked, source: readAhead({ pullProducts: none, pullStock: none, pullPrices }) };
}

const from = (transId: number): PageRequest => ({ transId, top: 10, showcaseId: 2, branchId: 8 });

test('the next page is asked for as soon as one has come, each once, and none after the last', async () => {
  const { asked, source } = createServer(25);
  expect(await source.pullPrices(from(0))).toMatchObject({ value: { nextTransId: 10, more: true } });
  expect(asked).toEqual([0, 10]);
  expect(await source.pullPrices(from(10))).toMatchObject({ value: { nextTransId: 20 } });
  expect(await source.pullPrices(from(20))).toMatchObject({ value: { nextTransId: 25, more: false } });
  expect(asked).toEqual([0, 10, 20]);
});

test('a page is handed out only to who asks for exactly it', async () => {
  const { asked, source } = createServer(100);
  await source.pullPrices(from(0));
  expect(await source.pullPrices(from(5))).toMatchObject({ value: { nextTransId: 15 } });
  expect(await source.pullPrices({ ...from(15), showcaseId: 3 })).toMatchObject({ value: { nextTransId: 25 } });
  expect(asked).toEqual([0, 10, 5, 15, 15, 25]);
});

test('a page that failed is asked for again', async () => {
  const { asked, source } = createServer(100, 10);
  await source.pullPrices(from(0));
  expect(await source.pullPrices(from(10))).toMatchObject({ ok: false });
  expect(await source.pullPrices(from(10))).toMatchObject({ ok: false });
  expect(asked).toEqual([0, 10, 10]);
});
