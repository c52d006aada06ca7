import { randomUUID } from 'node:crypto';
import type { MethodOutput } from '../../contract/station-api.ts';
import { BARCODES, approve, ring, until, type SpawnedStation } from './spawn-station.ts';

/* The stand-in ERP behind a station, by its address alone: what tests ask it and do to it, and how they wait for it. */

type Till = Pick<SpawnedStation, 'must'>;
type Sale = MethodOutput<'sale.complete'>['sale'];

/** An order as `GET /admin/received` lists it. */
export type ErpOrder = {
  readonly cod_pedidov: string;
  readonly n_pedido_cliente: string;
  readonly cliente: number;
  readonly total: number;
  readonly status: number;
  readonly inclusions: number;
};

/** Another station's account, as the office or another till would have its own. */
const headers = {
  'content-type': 'application/json',
  authorization: `Basic ${Buffer.from('e05:demo-e05').toString('base64')}`,
};

/** The address of the server that the station is enrolled at. */
export async function serverOf(station: Till): Promise<string> {
  return (await station.must('station.view', {})).station?.server ?? '';
}

/** Posts to the server, which must take it; answers its reply. */
export async function postTo(server: string, path: string, body: unknown): Promise<unknown> {
  const reply = await fetch(`${server}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  const text = await reply.text();
  if (reply.status !== 200) throw new Error(`${path} was answered with ${reply.status}: ${text}`);
  return JSON.parse(text);
}

/** What the server received so far: its orders, and how often each method was called. */
export async function receivedAt(
  server: string,
): Promise<{ readonly orders: readonly ErpOrder[]; readonly calls: Readonly<Record<string, number>> }> {
  return (await (await fetch(`${server}/admin/received`)).json()) as Awaited<ReturnType<typeof receivedAt>>;
}

/** The customers that the server holds under a CPF. */
export async function customersAt<Customer extends { readonly cliente: number }>(
  server: string,
  cpf: string,
): Promise<Customer[]> {
  const answer = await fetch(`${server}/api/millenium_eco/clientes/lista?cpf=${cpf}&$format=json`, { headers });
  return ((await answer.json()) as { value: Customer[] }).value;
}

/** A demo store with an operator at the till, an open drawer, and nothing left to send. */
export async function openDemoTill(station: Till, products = 40): Promise<void> {
  await station.must('setup.openDemo', { products });
  await openDrawer(station, 10_000);
}

/** Binds the station to `server` as E01, with an operator at the till, an open drawer, and nothing left to send. */
export async function openTillAt(server: string, station: Till, floatCents = 10_000): Promise<void> {
  await station.must('setup.enrol', { server, user: 'e01', password: 'demo-e01', stationCode: 'E01' });
  await openDrawer(station, floatCents);
}

/** The drawer's opening is a document of its own: what a test counts as waiting begins after it. */
async function openDrawer(station: Till, floatCents: number): Promise<void> {
  await station.must('operator.login', { code: '1', pin: '1111' });
  await station.must('cashSession.open', { commandId: randomUUID(), floatCents });
  await drained(station);
}

/** Sells a shirt to a customer of the till, or to nobody. */
export async function sellTo(station: Till, personId: string | null): Promise<Sale> {
  const saleId = await ring(station, [BARCODES.tShirt]);
  await station.must('sale.setCustomer', { commandId: randomUUID(), saleId, personId });
  await station.must('sale.addTender', { commandId: randomUUID(), saleId, paymentTypeId: 1, amountCents: 8990 });
  return (await station.must('sale.complete', { commandId: randomUUID(), saleId })).sale;
}

/** Cancels a sale with the manager's leave. */
export async function cancelSale(station: Till, saleId: string): Promise<void> {
  const approvalId = await approve(station, 'cancel_sale');
  await station.must('sale.cancel', { commandId: randomUUID(), saleId, reason: 'Cliente desistiu', approvalId });
}

/** Waits until nothing waits to be sent and the server answers. */
export async function drained(station: Till, timeoutMs?: number): Promise<void> {
  await until(
    () => station.must('sync.view', {}),
    (view) => view.waiting === 0 && view.reachability === 'online',
    timeoutMs,
  );
}

/** Sends all that waits, without the pauses between two tries. */
export async function sendAll(station: Till): Promise<void> {
  await sendUntil(
    station,
    () => station.must('sync.view', {}),
    (view) => view.waiting === 0,
  );
}

/** Presses `send` until it is so: a back-off of earlier faults would only cost time. */
export function sendUntil<Value>(
  station: Till,
  ask: () => Promise<Value>,
  isDone: (value: Value) => boolean,
): Promise<Value> {
  return until(
    async () => {
      await station.must('sync.sendNow', {});
      return ask();
    },
    isDone,
    60_000,
  );
}
