import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { cpSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { join } from 'node:path';
import type { MethodInput, MethodName, MethodOutput } from '../../contract/station-api.ts';
import { systemClock } from '../../core/clock.ts';
import { systemRandom } from '../../core/random.ts';
import { startStation } from '../../core/station.ts';
import { startSandbox } from '../sandbox/support.ts';
import { cancelSale, openTillAt, sendAll } from '../support/demo-erp.ts';
import { BARCODES, ring } from '../support/spawn-station.ts';

/** What the ERP answered, by the method as the address spells it in lower case. */
export type Captures = ReadonlyMap<string, readonly string[]>;

/** A station that was enrolled and loaded by a real server, has sold a little, and stands closed in a folder. */
export type Shop = { readonly folder: string; readonly captures: Captures };

/** Of each method, enough to hold every form of answer it gave. */
const MAX_ANSWERS = 12;

/** Enrols a real station at the real stand-in over HTTP and lets it trade a little, writing down every answer. */
export async function makeShop(folder: string): Promise<Shop> {
  const erp = await startSandbox(join(folder, 'erp'));
  const captures = new Map<string, string[]>();
  const recorder = createServer((incoming, outgoing) => {
    const pass = async (): Promise<void> => {
      const body = await text(incoming);
      const { host: _host, connection: _connection, 'content-length': _length, ...headers } = incoming.headers;
      const reply = await fetch(`${erp.url}${incoming.url ?? '/'}`, {
        method: incoming.method ?? 'GET',
        headers: headers as Record<string, string>,
        ...(body === '' ? {} : { body }),
      });
      const answer = await reply.text();
      keep(captures, incoming.url ?? '', answer);
      outgoing
        .writeHead(reply.status, { 'content-type': 'application/json', date: new Date().toUTCString() })
        .end(answer);
    };
    pass().catch(() => incoming.socket.destroy());
  });
  recorder.listen(0, '127.0.0.1');
  await once(recorder, 'listening');
  const data = join(folder, 'shop');
  const station = await startStation({
    data,
    clock: systemClock,
    random: systemRandom,
    callTimeoutMs: 10_000,
    keyStore: null,
    onStorageFailure: () => undefined,
  });
  const must = async <M extends MethodName>(method: M, input: MethodInput<M>): Promise<MethodOutput<M>> => {
    const reply = await station.call(method, input);
    if (!reply.ok) throw new Error(`${method}: ${JSON.stringify(reply.error)}`);
    return reply.output as MethodOutput<M>;
  };
  try {
    await openTillAt(`http://127.0.0.1:${(recorder.address() as AddressInfo).port}`, { must });
    await trade({ must });
    await sendAll({ must });
    await must('reconcile.day', {});
    await must('backOffice.invoices', { showcaseId: 2, transId: 0, top: 50, since: null, until: null });
    await must('backOffice.findSkus', { showcaseId: 2, productCode: '100001' });
    const price = { sku: '30200001_30110000_0_PP', price1Cents: 8990 };
    await must('backOffice.write', { kind: 'prices', showcaseId: 2, priceTableId: 1, records: [price] });
  } finally {
    await station.stop();
    recorder.closeAllConnections();
    recorder.close();
    await erp.end('SIGTERM');
  }
  return { folder: data, captures };
}

/** A copy for somebody to spoil. */
export function copyShop(shop: Shop, to: string): string {
  cpSync(shop.folder, to, { recursive: true });
  return to;
}

async function trade(station: {
  readonly must: <M extends MethodName>(method: M, input: MethodInput<M>) => Promise<MethodOutput<M>>;
}): Promise<void> {
  const { must } = station;
  const person = {
    cpf: '529.982.247-25',
    name: 'Maria de Souza',
    phone: '11987654321',
    email: null,
    address: null,
    consents: null,
  };
  const { personId } = await must('customer.register', {
    commandId: randomUUID(),
    ...person,
  });
  for (const customer of [null, personId]) {
    const saleId = await ring(station, [BARCODES.tShirt, BARCODES.dress]);
    await must('sale.setCustomer', { commandId: randomUUID(), saleId, personId: customer });
    const total = (await must('sale.current', {}))?.totalCents ?? 0;
    await must('sale.addTender', { commandId: randomUUID(), saleId, paymentTypeId: 1, amountCents: total });
    const { sale } = await must('sale.complete', { commandId: randomUUID(), saleId });
    if (customer !== null) await cancelSale(station, sale.saleId);
  }
}

function keep(captures: Map<string, string[]>, url: string, answer: string): void {
  const name = methodOf(url);
  const answers = captures.get(name) ?? [];
  if (answers.length < MAX_ANSWERS) captures.set(name, [...answers, answer]);
}

/** `millenium_eco/produtos/listavitrine` of an address. */
export function methodOf(url: string): string {
  return decodeURIComponent(/\/api\/([^?]*)/.exec(url)?.[1] ?? '').toLowerCase();
}
