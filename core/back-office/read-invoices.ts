import type { InvoiceRequest, InvoiceView } from '../../contract/back-office.ts';
import type { Refusal } from '../../contract/refusals.ts';
import { callPatiently, type BackOfficeLink, type Patience } from './back-office-link.ts';
import type { InvoiceCursor } from './invoice-cursor.ts';

/** Ids behind the cursor that are read again: a lower id may be committed after a higher one was read. */
const LATE_COMMIT_WINDOW = 200;

/** What came since the cursor, oldest first, and the cursor after it. `stopped`: the rest could not be read now. */
export type InvoiceRun = {
  readonly rows: readonly InvoiceView[];
  readonly cursor: InvoiceCursor;
  readonly stopped: Refusal | null;
};

/**
 * Reads invoices page by page from a cursor on, and keeps of each only its newest state. A row that was given out with
 * this `trans_id` before is not given out again, whether the server repeats the boundary row or not; one that was
 * committed late behind the cursor is.
 */
export async function readInvoices(
  start: InvoiceCursor,
  ports: Patience & {
    readonly link: Pick<BackOfficeLink, 'readInvoices'>;
    readonly showcaseId: number;
    readonly pageSize: number;
    readonly onPage: (rows: number) => void;
  },
): Promise<InvoiceRun> {
  const { floor, since, until } = start;
  const given = new Map(start.recent);
  const newest = new Map<string, InvoiceView>();
  let next = Math.max(floor, start.transId - LATE_COMMIT_WINDOW);
  let highest = start.transId;
  let stopped: Refusal | null = null;
  for (let more = true; more;) {
    const request: InvoiceRequest = { showcaseId: ports.showcaseId, transId: next, top: ports.pageSize, since, until };
    const page = await callPatiently(() => ports.link.readInvoices(request), ports);
    if (!page.ok) {
      stopped = page.error;
      break;
    }
    for (const row of page.value.rows) {
      const key = keyOf(row);
      highest = Math.max(highest, row.transId);
      if (row.transId <= Math.max(floor, given.get(key) ?? 0)) continue;
      if (row.transId > (newest.get(key)?.transId ?? 0)) newest.set(key, row);
    }
    // A cursor that stands still would ask for the same page for ever.
    more = page.value.more && page.value.nextTransId > next;
    next = page.value.nextTransId;
    ports.onPage(newest.size);
  }
  // Only what was read in order is behind the cursor: after a page that failed it stands at the last good one.
  const transId = stopped === null ? highest : Math.max(start.transId, next);
  const rows = [...newest.values()].toSorted((a, b) => a.transId - b.transId);
  for (const row of rows) given.set(keyOf(row), row.transId);
  const recent = [...given].filter(([, id]) => id > transId - LATE_COMMIT_WINDOW);
  return { rows, cursor: { ...start, transId, recent }, stopped };
}

/** An invoice keeps its movement; a server that does not say it is told apart by order and direction. */
function keyOf({ movement, orderCode, operation }: InvoiceView): string {
  return movement === '' ? `${operation}/${orderCode}` : movement;
}
