import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readPage, toPageAnswer } from '../../../core/connectors/millennium/read-page.ts';

type Row = { readonly transId: number; readonly key: number };

type Order = 'ascending' | 'descending' | 'shuffled';

/** A server that keeps the contract in one of its ways; shuffled pages hold the lowest ids in any order. */
function server(ids: readonly number[], isInclusive: boolean, order: Order = 'ascending') {
  const rows = ids.map((transId, key) => ({ transId, key })).sort((a, b) => a.transId - b.transId);
  const tops: number[] = [];
  return {
    tops,
    ask: (transId: number, top: number) => {
      tops.push(top);
      const after = rows.filter((row) => row.transId > transId || (isInclusive && row.transId === transId));
      const wanted = order === 'descending' ? after.toReversed() : after;
      const page = top === 0 ? wanted : wanted.slice(0, top);
      return Promise.resolve({
        ok: true,
        value: toPageAnswer(
          order === 'shuffled' ? page.toSorted((a, b) => ((a.key * 7) % 11) - ((b.key * 7) % 11)) : page,
        ),
      } as const);
    },
  };
}

async function readAll(ask: ReturnType<typeof server>['ask'], top: number): Promise<Set<number>> {
  const seen = new Set<number>();
  let transId = 0;
  for (let page = 0; page < 1000; page += 1) {
    const reply = await readPage<Row>({ transId, top, showcaseId: 2, branchId: 8 }, ask);
    if (!reply.ok) throw new Error('not answered');
    for (const { key } of reply.value.rows) seen.add(key);
    expect(reply.value.nextTransId).toBeGreaterThanOrEqual(transId);
    transId = reply.value.nextTransId;
    if (!reply.value.more) return seen;
  }
  throw new Error('never ends');
}

describe('pages', () => {
  test('bring every row once at least, whatever groups of equal ids, order and side of the cursor', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 60 }),
        fc.integer({ min: 1, max: 10 }),
        fc.boolean(),
        fc.constantFrom<Order[]>('ascending', 'descending', 'shuffled'),
        async (ids, top, isInclusive, order) => {
          const seen = await readAll(server(ids, isInclusive, order).ask, top);
          expect(seen.size).toBe(ids.length);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('that one id fills are asked for again with twice the limit', async () => {
    const group = server([1, 7, 7, 7, 7, 7, 8], false);
    const page = await readPage<Row>({ transId: 6, top: 2, showcaseId: 2, branchId: 8 }, group.ask);
    expect(group.tops).toEqual([2, 4, 8]);
    expect(page).toMatchObject({ value: { nextTransId: 8, more: false } });
  });

  test('that are full move the cursor to one before their last id, short ones to it', async () => {
    const ids = server([3, 5, 9, 11], false);
    const request = { transId: 0, showcaseId: 2, branchId: 8 };
    expect(await readPage<Row>({ ...request, top: 3 }, ids.ask)).toMatchObject({
      value: { nextTransId: 8, more: true },
    });
    expect(await readPage<Row>({ ...request, top: 9 }, ids.ask)).toMatchObject({
      value: { nextTransId: 11, more: false },
    });
  });

  test('that are out of order while they were cut are thrown away and asked for whole', async () => {
    const ids = Array.from({ length: 100 }, (_, index) => index + 1);
    for (const order of ['descending', 'shuffled'] as const) {
      const whole = server(ids, false, order);
      const page = await readPage<Row>({ transId: 0, top: 4, showcaseId: 2, branchId: 8 }, whole.ask);
      expect(whole.tops.slice(-2)).toEqual([80, 0]);
      expect(page).toMatchObject({ value: { nextTransId: 100, more: false } });
      expect(page.ok && page.value.rows).toHaveLength(100);
    }
  });

  test('of one id alone are not trusted with their order: the newest may come first', async () => {
    const page = await readPage<Row>(
      { transId: 0, top: 2, showcaseId: 2, branchId: 8 },
      server([1, 2, 9, 9, 9], false, 'descending').ask,
    );
    expect(page).toMatchObject({ value: { nextTransId: 9, more: false } });
    expect(page.ok && page.value.rows).toHaveLength(5);
  });

  test('of which rows cannot be read move the cursor past them and are full all the same', async () => {
    const request = { transId: 0, top: 3, showcaseId: 2, branchId: 8 };
    const reply = (transIds: readonly number[]) => () =>
      Promise.resolve({ ok: true, value: { rows: [], received: transIds.length, transIds } } as const);
    expect(await readPage(request, reply([1, 2, 7]))).toMatchObject({ value: { nextTransId: 6, more: true } });
    expect(await readPage(request, reply([1, 9]))).toMatchObject({ value: { nextTransId: 9, more: false } });
  });

  test('that bring nothing leave the cursor where it is', async () => {
    const page = await readPage<Row>({ transId: 42, top: 2, showcaseId: 2, branchId: 8 }, server([], true).ask);
    expect(page).toMatchObject({ value: { rows: [], nextTransId: 42, more: false } });
  });
});
