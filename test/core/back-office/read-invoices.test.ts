import { describe, expect, it } from 'vitest';
import type { InvoiceRequest, InvoiceView } from '../../../contract/back-office.ts';
import { readInvoices } from '../../../core/back-office/read-invoices.ts';
import { readPage, toPageAnswer } from '../../../core/connectors/millennium/read-page.ts';

/* The cursor over a list of the test's own, which gives the boundary row again or not, and commits late. */

type Listed = { readonly movement: string; readonly transId: number; readonly isCancelled?: boolean };
const START = { transId: 0, floor: 0, since: null, until: null, recent: [] };

function invoice({ movement, transId, isCancelled = false }: Listed): InvoiceView {
  return {
    transId,
    movement,
    invoice: movement,
    issuedOn: '2026-09-13',
    orderCode: `E01${movement.padStart(9, '0')}`,
    documentId: '',
    branchCode: '00010',
    customerId: 302,
    operation: 'S',
    status: 3,
    isCancelled,
    quantityMilli: 1000,
    totalCents: 100,
    adjustmentCents: 0,
    items: [],
    payments: [],
  };
}

function ports(listed: () => readonly Listed[], isInclusive: boolean, pageSize = 3) {
  const asked: number[] = [];
  const readInvoicePage = async (request: InvoiceRequest) => {
    const page = await readPage<InvoiceView>({ ...request, branchId: 0 }, (transId, top) => {
      asked.push(transId);
      const after = listed()
        .filter((row) => row.transId > transId || (isInclusive && row.transId === transId))
        .toSorted((a, b) => a.transId - b.transId);
      const rows = (top === 0 ? after : after.slice(0, top)).map(invoice);
      return Promise.resolve({ ok: true, value: toPageAnswer(rows) } as const);
    });
    if (!page.ok) throw new Error('cannot fail');
    return { ok: true as const, value: { ...page.value, rows: [...page.value.rows] } };
  };
  const sleep = (): Promise<void> => Promise.resolve();
  const quiet = (): void => undefined;
  return {
    asked,
    link: { readInvoices: readInvoicePage },
    showcaseId: 2,
    pageSize,
    sleep,
    patienceMs: 3_000,
    onWait: quiet,
    onPage: quiet,
  };
}

const ids = (rows: readonly InvoiceView[]): string[] => rows.map((row) => `${row.movement}@${row.transId}`);

describe.each([
  ['exclusive', false],
  ['inclusive', true],
])('a server whose boundary is %s', (_name, isInclusive) => {
  it('gives each invoice once, also where a page ends inside a group of equal ids', async () => {
    const listed = [1, 2, 3, 3, 3, 4, 9].map((transId, index) => ({ movement: String(index), transId }));
    const { rows, cursor } = await readInvoices(
      START,
      ports(() => listed, isInclusive),
    );
    expect(ids(rows)).toEqual(['0@1', '1@2', '2@3', '3@3', '4@3', '5@4', '6@9']);
    expect(cursor.transId).toBe(9);
  });

  it('resumes with what changed and what was committed late, and nothing twice', async () => {
    let listed: Listed[] = [10, 11, 13].map((transId) => ({ movement: String(transId), transId }));
    const server = ports(() => listed, isInclusive);
    const first = await readInvoices(START, server);
    expect(ids(first.rows)).toEqual(['10@10', '11@11', '13@13']);
    const idle = await readInvoices(first.cursor, server);
    expect(idle.rows).toEqual([]);
    listed = [{ movement: '10', transId: 14, isCancelled: true }, ...listed.slice(1), { movement: '12', transId: 12 }];
    const second = await readInvoices(idle.cursor, server);
    expect(ids(second.rows)).toEqual(['12@12', '10@14']);
    expect((await readInvoices(second.cursor, server)).rows).toEqual([]);
  });

  it('never gives what lies at or below the id that was asked for', async () => {
    const listed = [5, 6, 7].map((transId) => ({ movement: String(transId), transId }));
    const server = ports(() => listed, isInclusive);
    const { rows, cursor } = await readInvoices({ ...START, transId: 6, floor: 6 }, server);
    expect(ids(rows)).toEqual(['7@7']);
    expect((await readInvoices(cursor, server)).rows).toEqual([]);
    expect(Math.min(...server.asked)).toBe(6);
  });
});

it('ends where the server went away, so that the next run goes on there', async () => {
  const listed = [1, 2, 3, 4, 5, 6].map((transId) => ({ movement: String(transId), transId }));
  const server = ports(() => listed, false);
  let isUp = true;
  const flaky = {
    ...server,
    link: {
      readInvoices: async (request: InvoiceRequest) => {
        if (!isUp)
          return { ok: false as const, error: { code: 'server_unreachable' as const, server: 's', reason: 'r' } };
        isUp = false;
        return server.link.readInvoices(request);
      },
    },
  };
  const first = await readInvoices(START, flaky);
  expect(first.stopped).toMatchObject({ code: 'server_unreachable' });
  expect(ids(first.rows)).toEqual(['1@1', '2@2', '3@3']);
  const second = await readInvoices(first.cursor, server);
  expect(ids(second.rows)).toEqual(['4@4', '5@5', '6@6']);
});
