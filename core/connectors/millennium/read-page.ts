import type { Page, PageRequest, Remote } from '../connector.ts';

/** Times `top` is doubled before everything is asked for: 200 becomes 25,600, more than any group of equal ids seen. */
const MAX_DOUBLINGS = 7;
/** A page out of order is asked for once more with so much more, then whole: each try is thrown away. */
const UNORDERED_FACTOR = 20;

/** What one answer brought: rows that can be read, and of all of them how many and how far. */
export type PageAnswer<Row> = {
  readonly rows: readonly Row[];
  readonly received: number;
  /** Identities of all rows in their order, as far as they can be read. */
  readonly transIds: readonly number[];
};

/**
 * One page of a register by the cursor rules of the wire contract, section 3.
 *
 *   ask(trans_id, top) --short page----------------> next = max, no more
 *                      --full, ids grow------------> next = max - 1, more (the group of the last id may go on)
 *                      --full, one id, or no growth> ask again with twice the top; after seven times with 0 = everything
 *                      --full, ids out of order----> thrown away, as lower ids may be cut: twenty times the top, then 0
 *
 * The next cursor is never below the one that was asked with. A row that cannot be read counts for the cursor.
 */
export async function readPage<Row>(
  request: PageRequest,
  ask: (transId: number, top: number) => Promise<Remote<PageAnswer<Row>>>,
): Promise<Remote<Page<Row>>> {
  let { top } = request;
  let doublings = 0;
  for (;;) {
    const reply = await ask(request.transId, top);
    if (!reply.ok) return reply;
    const { rows, received, transIds } = reply.value;
    const highest = transIds.reduce((max, transId) => Math.max(max, transId), request.transId);
    const isFull = top > 0 && received >= top;
    if (!isFull) return { ok: true, value: { rows, nextTransId: highest, more: false } };
    const isUnordered = transIds.some((transId, index) => transId < (transIds[index - 1] ?? transId));
    if (isUnordered) top = top < request.top * UNORDERED_FACTOR ? request.top * UNORDERED_FACTOR : 0;
    // One id alone tells nothing of the order: the newest of a server that begins with them looks the same.
    else if (highest - 1 > request.transId && transIds.some((transId) => transId !== highest)) {
      return { ok: true, value: { rows, nextTransId: highest - 1, more: true } };
    } else {
      doublings += 1;
      top = doublings <= MAX_DOUBLINGS ? top * 2 : 0;
    }
  }
}

/** The answer of a list of which every row was read. */
export function toPageAnswer<Row extends { readonly transId: number }>(rows: readonly Row[]): PageAnswer<Row> {
  return { rows, received: rows.length, transIds: rows.map(({ transId }) => transId) };
}
