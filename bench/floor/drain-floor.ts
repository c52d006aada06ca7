import type { RecordedCall } from '../flow/recording-proxy.ts';

/** What the floor of `drain` is told: where and what to send, then to begin. */
export type DrainFloorMessage =
  | { readonly id: number; readonly url: string; readonly calls: readonly RecordedCall[] }
  | { readonly id: number };

/** What the floor did, and how many documents it read back in their last state. */
export type DrainFloorAnswer = { readonly id: number; readonly calls: number; readonly confirmed: number };

/** One batch as the push cycle of the wire contract has it. */
export type FloorBatch = {
  readonly includes: readonly RecordedCall[];
  /** One `processastatus` with all states of the batch. */
  readonly states: RecordedCall;
};

type StateRecord = { readonly cod_pedidov: string; readonly status: number };
type StatesBody = { readonly status_pedidos: readonly StateRecord[] };

const BATCH = 50;
const CANCELLED = 5;

/**
 * The product's recorded calls in the fewest there can be: fifty documents a batch, each sale included by a call of its
 * own, all their states in one. A cancellation goes with the batch after that of its sale, or later.
 */
export function planFloor(calls: readonly RecordedCall[]): {
  readonly batches: readonly FloorBatch[];
  /** A page of orders read back; its query is the floor's own. */
  readonly page: RecordedCall;
} {
  const includes = calls.filter(({ path }) => path.includes('/pedido_venda/inclui?'));
  const changes = calls.filter(({ path }) => path.includes('/pedido_venda/processastatus?'));
  const page = calls.find(({ path }) => path.includes('/pedido_venda/listapedidos?'));
  const [firstChange] = changes;
  if (firstChange === undefined || page === undefined) throw new Error('nothing was sent');
  const records = changes.flatMap(({ body }) => (JSON.parse(body) as StatesBody).status_pedidos);
  const deliveries = new Map(records.flatMap((row) => (row.status === CANCELLED ? [] : [[row.cod_pedidov, row]])));
  const cancellations = [
    ...new Map(records.filter((row) => row.status === CANCELLED).map((r) => [r.cod_pedidov, r])).values(),
  ];
  const batches: FloorBatch[] = [];
  const delivered = new Set<string>();
  const left = [...includes];
  while (left.length > 0 || cancellations.length > 0) {
    const ready = cancellations.filter((row) => delivered.has(row.cod_pedidov)).slice(0, BATCH);
    for (const row of ready) cancellations.splice(cancellations.indexOf(row), 1);
    const own = left.splice(0, BATCH - ready.length);
    const numbers = own.map(({ body }) => (JSON.parse(body) as { readonly cod_pedidov: string }).cod_pedidov);
    for (const number of numbers) delivered.add(number);
    const states = [...numbers.flatMap((number) => deliveries.get(number) ?? []), ...ready];
    const body = JSON.stringify({ ...(JSON.parse(firstChange.body) as object), status_pedidos: states });
    batches.push({ includes: own, states: { ...firstChange, body } });
  }
  return { batches, page };
}
