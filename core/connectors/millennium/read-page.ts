import type { Page, PageRequest, Remote } from '../connector.ts';

/** Times `top` is doubled before everything is asked for: 500 becomes 16,000, more than any group of equal ids seen. */
const MAX_DOUBLINGS = 5;

/**
 * One page of a register by the cursor rules of the wire contract, section 3.
 *
 *   ask(trans_id, top) --short page--------------------> next = max, no more
 *                      --full, ids grow----------------> next = max - 1, more (the group of the last id may go on)
 *                      --full, one id, or ids descend--> ask again with twice the top; at last with 0 = everything
 *
 * The next cursor is never below the one that was asked with.
 */
export async function readPage<Row extends { readonly transId: number }>(
  request: PageRequest,
  ask: (transId: number, top: number) => Promise<Remote<readonly Row[]>>,
): Promise<Remote<Page<Row>>> {
  let { top } = request;
  for (let doublings = 0; ; doublings += 1) {
    const reply = await ask(request.transId, top);
    if (!reply.ok) return reply;
    const rows = reply.value;
    const highest = rows.reduce((max, row) => Math.max(max, row.transId), request.transId);
    const isFull = top > 0 && rows.length >= top;
    if (!isFull) return { ok: true, value: { rows, nextTransId: highest, more: false } };
    if (highest - 1 > request.transId && !isDescending(rows)) {
      return { ok: true, value: { rows, nextTransId: highest - 1, more: true } };
    }
    top = doublings < MAX_DOUBLINGS ? top * 2 : 0;
  }
}

/** Whether a cut page lacks low ids that would never come again: its order is not the one of the cursor. */
function isDescending(rows: readonly { readonly transId: number }[]): boolean {
  return rows.some((row, index) => row.transId < (rows[index - 1]?.transId ?? row.transId));
}
