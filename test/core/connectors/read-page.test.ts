import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readPage } from '../../../core/connectors/millennium/read-page.ts';

type Row = { readonly transId: number; readonly key: number };

/** A server that keeps the contract in one of its ways. */
function server(ids: readonly number[], isInclusive: boolean) {
  const rows = ids.map((transId, key) => ({ transId, key })).sort((a, b) => a.transId - b.transId);
  const tops: number[] = [];
  return {
    tops,
    ask: (transId: number, top: number) => {
      tops.push(top);
      const after = rows.filter((row) => row.transId > transId || (isInclusive && row.transId === transId));
      return Promise.resolve({ ok: true, value: top === 0 ? after : after.slice(0, top) } as const);
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
  test('bring every row once at least, whatever groups of equal ids and whichever side of the cursor', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 60 }),
        fc.integer({ min: 1, max: 10 }),
        fc.boolean(),
        async (ids, top, isInclusive) => {
          const seen = await readAll(server(ids, isInclusive).ask, top);
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

  test('that descend while they were cut are thrown away and asked for whole', async () => {
    const tops: number[] = [];
    const page = await readPage<Row>({ transId: 0, top: 2, showcaseId: 2, branchId: 8 }, (_transId, top) => {
      tops.push(top);
      const rows = Array.from({ length: 100 }, (_, key) => ({ transId: 100 - key, key }));
      return Promise.resolve({ ok: true, value: top === 0 ? rows : rows.slice(0, top) });
    });
    expect(tops).toEqual([2, 4, 8, 16, 32, 64, 0]);
    expect(page).toMatchObject({ value: { nextTransId: 100, more: false } });
  });

  test('that bring nothing leave the cursor where it is', async () => {
    const page = await readPage<Row>({ transId: 42, top: 2, showcaseId: 2, branchId: 8 }, server([], true).ask);
    expect(page).toMatchObject({ value: { rows: [], nextTransId: 42, more: false } });
  });
});
