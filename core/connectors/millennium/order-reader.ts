import type { Remote } from '../connector.ts';
import type { MillenniumClient } from './client.ts';
import { decodeList, decodeRows, isSliceOver } from './decode-list.ts';
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

/** An order as it is there; not ok when it is there and cannot be read, which is its own affair and nobody else's. */
export type FoundOrder = Remote<MillenniumOrder>;

/** Orders of the ERP by our numbers; a number that is not in the map is not there. */
export type OrderReader = {
  readonly findOrder: (number: string, scope: OrderScope) => Promise<Remote<FoundOrder | null>>;
  readonly readOrders: (
    numbers: readonly string[],
    scope: OrderScope,
  ) => Promise<Remote<ReadonlyMap<string, FoundOrder>>>;
};

/** More than any page or number asks for: what a proxy or a broken server gives instead is not read through. */
const MOST_ORDERS = 20_000;

/**
 * Reads orders back with as few calls as the contract allows: by page where one can serve, else by key.
 *
 * The place of the last read of a branch is remembered, as what is sent later has higher ids. It is a shortcut and
 * nothing more: what a page does not show is asked for by key before it counts as missing.
 */
export function createOrderReader(client: MillenniumClient): OrderReader {
  const placeByBranch = new Map<string, number>();

  /**
   * A read that got no answer is made once more: it is harmless, and the end of a push of fifty documents costs dearly
   * where one call in ten is lost. A second one without an answer says that the server is down.
   */
  async function list(
    query: Readonly<Record<string, string | number>>,
    top: number,
  ): Promise<Remote<readonly unknown[]>> {
    const first = await listOnce(query, top);
    return first.ok || first.failure.class !== 'transient' ? first : listOnce(query, top);
  }

  async function listOnce(
    query: Readonly<Record<string, string | number>>,
    top: number,
  ): Promise<Remote<readonly unknown[]>> {
    const limit = top === 0 ? {} : { $top: top };
    const reply = await client.call({ method: millenniumMethods.orders, query: { ...query, ...limit } });
    return reply.ok ? decodeList(reply.value, millenniumMethods.orders, top) : reply;
  }

  /**
   * Adds ours among `rows` to `found` and answers the highest id of all. Only ours are decoded whole: orders of other
   * channels may lack what a till always writes.
   */
  async function collect(
    rows: readonly unknown[],
    numbers: ReadonlySet<string>,
    found: Map<string, FoundOrder>,
  ): Promise<Remote<number>> {
    if (rows.length > MOST_ORDERS) return notOrders(`${rows.length} orders`);
    const keys = await decodeRows(rows, MillenniumOrderKey, millenniumMethods.orders);
    if (!keys.ok) return keys;
    // No order is without a number: a proxy gave the answer of another call, which says nothing of ours.
    if (keys.value.length > 0 && keys.value.every((key) => key.cod_pedidov === '')) return notOrders('no orders');
    let decoded = 0;
    for (const [index, { cod_pedidov }] of keys.value.entries()) {
      const number = cod_pedidov.trim().toUpperCase();
      if (!numbers.has(number)) continue;
      if (isSliceOver(decoded)) await new Promise((resolve) => setImmediate(resolve));
      decoded += 1;
      const order = await decodeRows(rows.slice(index, index + 1), MillenniumOrder, millenniumMethods.orders);
      const [first] = order.ok ? order.value : [];
      if (first !== undefined) found.set(number, { ok: true, value: first });
      else if (!order.ok) found.set(number, order);
    }
    // Not by spreading them: a list of 130,000 is more than one call takes.
    return { ok: true, value: keys.value.reduce((highest, key) => Math.max(highest, key.trans_id ?? 0), 0) };
  }

  async function findOrder(number: string, { showcaseId }: OrderScope): Promise<Remote<FoundOrder | null>> {
    const rows = await list({ vitrine: showcaseId, cod_pedidov: number }, 0);
    if (!rows.ok) return rows;
    const found = new Map<string, FoundOrder>();
    const collected = await collect(rows.value, new Set([number]), found);
    if (!collected.ok) return collected;
    const order = found.get(number) ?? null;
    // Asked for one number, it answers with others: that is not "not there", after which a sale may be sent or refused.
    if (order === null && rows.value.length > 0) return notOrders(`other orders than ${number}`);
    return { ok: true, value: order };
  }

  async function readPages(
    numbers: ReadonlySet<string>,
    { showcaseId, branchCode }: OrderScope,
    found: Map<string, FoundOrder>,
  ): Promise<Remote<null>> {
    const top = Math.max(MIN_PAGE, numbers.size * 4);
    for (let page = 0; page < MAX_PAGES && found.size < numbers.size; page += 1) {
      const place = placeByBranch.get(branchCode) ?? 0;
      const rows = await list({ vitrine: showcaseId, cod_filial: branchCode, trans_id: place }, top);
      if (!rows.ok) return rows;
      const highest = await collect(rows.value, numbers, found);
      if (!highest.ok) return highest;
      const isFull = rows.value.length >= top;
      const next = isFull ? highest.value - 1 : highest.value;
      if (next > place) placeByBranch.set(branchCode, next);
      if (!isFull || next <= place) break;
    }
    return { ok: true, value: null };
  }

  /** Without a place yet, the first order of the batch gives one. */
  async function findPlace(first: string, scope: OrderScope, found: Map<string, FoundOrder>): Promise<Remote<boolean>> {
    if (placeByBranch.has(scope.branchCode)) return { ok: true, value: true };
    const order = await findOrder(first, scope);
    if (!order.ok) return order;
    if (order.value === null) return { ok: true, value: false };
    found.set(first, order.value);
    if (!order.value.ok) return { ok: true, value: false };
    placeByBranch.set(scope.branchCode, Math.max(0, order.value.value.transId - ID_MARGIN));
    return { ok: true, value: true };
  }

  async function readOrders(
    numbers: readonly string[],
    scope: OrderScope,
  ): Promise<Remote<ReadonlyMap<string, FoundOrder>>> {
    const found = new Map<string, FoundOrder>();
    const [first] = numbers;
    if (first !== undefined && numbers.length > 1) {
      const place = await findPlace(first, scope, found);
      if (!place.ok) return place;
      const pages = place.value ? await readPages(new Set(numbers), scope, found) : null;
      if (pages?.ok === false) return pages;
    }
    const isPageEmpty = found.size === 0;
    for (const number of numbers) {
      if (found.has(number)) continue;
      const order = await findOrder(number, scope);
      if (!order.ok) return order;
      if (order.value !== null) found.set(number, order.value);
    }
    // The page showed nothing of what is there: a server restored from a backup counts its ids anew.
    if (isPageEmpty && found.size > 0) placeByBranch.delete(scope.branchCode);
    return { ok: true, value: found };
  }

  return { findOrder, readOrders };
}

function notOrders(text: string): Remote<never> {
  return {
    ok: false,
    failure: { class: 'transient', text: `answered with ${text}`, method: millenniumMethods.orders },
  };
}
