import { Agent } from 'node:http';
import { create as createAxios } from 'axios';
import type { RecordedCall } from '../flow/recording-proxy.ts';
import { planFloor, type DrainFloorAnswer, type DrainFloorMessage } from './drain-floor.ts';

/*
 * The least a backlog can cost: the documents of the product in the fewest calls that the contract allows, one after
 * another by axios with one kept-alive connection. Only the pages that are read back are parsed, for the place of the
 * next one and a count; nothing is compared, and nothing is written down.
 */

/** Orders read back in a page: those of a batch, and the sales of others between them. */
const PAGE = 200;
/** The branch of station E01. */
const BRANCH = '00010';
const DELIVERED = 3;
const CANCELLED = 5;

type Order = { readonly cod_pedidov: string; readonly status: number; readonly trans_id: number };

const client = createAxios({
  httpAgent: new Agent({ keepAlive: true, maxSockets: 1 }),
  maxRedirects: 0,
  proxy: false,
  responseType: 'text',
  validateStatus: (status) => status < 300,
  transformRequest: [(data: unknown) => data],
  transformResponse: [(data: unknown) => data],
});
let start: ((id: number) => Promise<DrainFloorAnswer>) | null = null;

process.on('message', (message: DrainFloorMessage) => {
  if ('calls' in message) {
    start = prepare(message.url, message.calls);
    process.send?.({ id: message.id });
  } else void start?.(message.id).then((answer) => process.send?.(answer));
});
process.on('disconnect', () => process.exit(0));

function prepare(url: string, calls: readonly RecordedCall[]): (id: number) => Promise<DrainFloorAnswer> {
  const { batches, page } = planFloor(calls);
  let made = 0;
  let place = 0;
  let confirmed = 0;

  async function send(call: RecordedCall): Promise<string> {
    made += 1;
    const options = { method: call.method, url: `${url}${call.path}`, headers: call.headers };
    const reply = await client.request<string>(call.body === '' ? options : { ...options, data: call.body });
    return reply.data;
  }

  async function readPage(): Promise<void> {
    const asked = new URL(`${url}${page.path}`);
    asked.searchParams.delete('cod_pedidov');
    asked.searchParams.set('cod_filial', BRANCH);
    asked.searchParams.set('trans_id', String(place));
    asked.searchParams.set('$top', String(PAGE));
    const text = await send({ ...page, path: `${asked.pathname}${asked.search}` });
    const rows = (JSON.parse(text) as { readonly value: readonly Order[] }).value;
    for (const row of rows) {
      if (row.status === DELIVERED || row.status === CANCELLED) confirmed += 1;
      place = Math.max(place, row.trans_id);
    }
  }

  return async (id) => {
    for (const { includes, states } of batches) {
      for (const call of includes) await send(call);
      await send(states);
      await readPage();
    }
    return { id, calls: made, confirmed };
  };
}
