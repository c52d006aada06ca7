import type { Remote } from '../connector.ts';
import type { MillenniumClient } from './client.ts';
import { decodeList, decodeRows } from './decode-list.ts';
import { MillenniumOrder, MillenniumOrderKey } from './decode-order.ts';
import { millenniumMethods } from './millennium-methods.ts';

/** Rows a page holds at least, so that the sales of the branch's other stations fit between ours. */
const MIN_PAGE = 200;
/** Pages read before what is still missing is asked for by key. */
const MAX_PAGES = 3;
/** Ids before the first order of a batch that its own orders may have: states are changed in any order. */
const ID_MARGIN = 200;

/** Where orders are looked up: all of one branch and shop window. */
export type OrderScope = { readonly showcaseId: number; readonly branchCode: string };

/** Orders of the ERP by our numbers; a number that is not in the map is not there. */
export type OrderReader = {
  readonly findOrder: (number: string, scope: OrderScope) => Promise<Remote<MillenniumOrder | null>>;
  readonly readOrders: (
    numbers: readonly string[],
    scope: OrderScope,
  ) => Promise<Remote<ReadonlyMap<string, MillenniumOrder>>>;
};

/**
 * Reads orders back with as few calls as the contract allows: by page where one can serve, else by key.
 *
 * The place of the last read of a branch is remembered, as what is sent later has higher ids. It is a shortcut and
 * nothing more: what a page does not show is asked for by key before it counts as missing.
 */
export function createOrderReader(client: MillenniumClient): OrderReader {
  const placeByBranch = new Map<string, number>();

  async function list(
    query: Readonly<Record<string, string | number>>,
    top: number,
  ): Promise<Remote<readonly unknown[]>> {
    const limit = top === 0 ? {} : { $top: top };
    const reply = await client.call({ method: millenniumMethods.orders, query: { ...query, ...limit } });
    return reply.ok ? decodeList(reply.value, millenniumMethods.orders, top) : reply;
  }

  /** Only our orders are decoded whole: those of other channels may lack what a till always writes. */
  async function decodeOurs(
    rows: readonly unknown[],
    numbers: ReadonlySet<string>,
  ): Promise<Remote<{ readonly ours: readonly MillenniumOrder[]; readonly highest: number }>> {
    const keys = await decodeRows(rows, MillenniumOrderKey, millenniumMethods.orders);
    if (!keys.ok) return keys;
    const ourRows = rows.filter((_, index) => numbers.has(keys.value[index]?.cod_pedidov ?? ''));
    const ours = await decodeRows(ourRows, MillenniumOrder, millenniumMethods.orders);
    if (!ours.ok) return ours;
    return {
      ok: true,
      value: { ours: ours.value, highest: Math.max(0, ...keys.value.map((key) => key.trans_id ?? 0)) },
    };
  }

  async function findOrder(number: string, { showcaseId }: OrderScope): Promise<Remote<MillenniumOrder | null>> {
    const rows = await list({ vitrine: showcaseId, cod_pedidov: number }, 0);
    if (!rows.ok) return rows;
    const decoded = await decodeOurs(rows.value, new Set([number]));
    return decoded.ok ? { ok: true, value: decoded.value.ours[0] ?? null } : decoded;
  }

  async function readPages(
    numbers: ReadonlySet<string>,
    { showcaseId, branchCode }: OrderScope,
    found: Map<string, MillenniumOrder>,
  ): Promise<Remote<null>> {
    const top = Math.max(MIN_PAGE, numbers.size * 4);
    for (let page = 0; page < MAX_PAGES && found.size < numbers.size; page += 1) {
      const place = placeByBranch.get(branchCode) ?? 0;
      const rows = await list({ vitrine: showcaseId, cod_filial: branchCode, trans_id: place }, top);
      if (!rows.ok) return rows;
      const decoded = await decodeOurs(rows.value, numbers);
      if (!decoded.ok) return decoded;
      for (const order of decoded.value.ours) found.set(order.number, order);
      const isFull = rows.value.length >= top;
      const next = isFull ? decoded.value.highest - 1 : decoded.value.highest;
      if (next > place) placeByBranch.set(branchCode, next);
      if (!isFull || next <= place) break;
    }
    return { ok: true, value: null };
  }

  async function readOrders(
    numbers: readonly string[],
    scope: OrderScope,
  ): Promise<Remote<ReadonlyMap<string, MillenniumOrder>>> {
    const found = new Map<string, MillenniumOrder>();
    const [first] = numbers;
    if (first === undefined) return { ok: true, value: found };
    if (numbers.length > 1) {
      if (!placeByBranch.has(scope.branchCode)) {
        const order = await findOrder(first, scope);
        if (!order.ok) return order;
        if (order.value !== null) {
          found.set(first, order.value);
          placeByBranch.set(scope.branchCode, Math.max(0, order.value.transId - ID_MARGIN));
        }
      }
      if (placeByBranch.has(scope.branchCode)) {
        const pages = await readPages(new Set(numbers), scope, found);
        if (!pages.ok) return pages;
      }
    }
    for (const number of numbers) {
      if (found.has(number)) continue;
      const order = await findOrder(number, scope);
      if (!order.ok) return order;
      if (order.value !== null) found.set(number, order.value);
    }
    return { ok: true, value: found };
  }

  return { findOrder, readOrders };
}
