import type { Remote } from '../connector.ts';
import type { CustomerQuery, FoundCustomer } from '../customer-document.ts';
import type { MillenniumClient } from './client.ts';
import { MillenniumPerson, toFoundCustomer } from './decode-customer.ts';
import { decodeList, decodeReadableRows, decodeRows } from './decode-list.ts';
import { millenniumMethods } from './millennium-methods.ts';

/**
 * The customer that the ERP has under a CPF, or null. Of several the one with the lowest id, which is the first one
 * made: the answer is the same at every station and every time. A read that got no answer is made once more.
 */
export async function findByCpf(cpf: string, client: MillenniumClient): Promise<Remote<MillenniumPerson | null>> {
  const first = await listByCpf(cpf, client);
  const rows = first.ok || first.failure.class !== 'transient' ? first : await listByCpf(cpf, client);
  if (!rows.ok) return rows;
  // A server that ignores the parameter would answer somebody else.
  const [found] = rows.value.filter((row) => row.cpf === cpf).toSorted((a, b) => a.customerId - b.customerId);
  return { ok: true, value: found ?? null };
}

/** Customers of the ERP that the till could take over: people with a CPF. One that cannot be read is passed over. */
export async function findCustomers(
  query: CustomerQuery,
  limit: number,
  client: MillenniumClient,
): Promise<Remote<readonly FoundCustomer[]>> {
  const method = millenniumMethods.customers;
  const reply = await client.call({ method, query: { ...encodeQuery(query), $top: limit } });
  if (!reply.ok) return reply;
  const rows = decodeList(reply.value, method, limit);
  if (!rows.ok) return rows;
  const people = await decodeReadableRows(rows.value, MillenniumPerson, method, {
    isWanted: () => false,
    onSkipped: () => undefined,
  });
  if (!people.ok) return people;
  return {
    ok: true,
    value: people.value.flatMap((row) => (row.cpf.length === 11 ? [toFoundCustomer(row)] : [])).slice(0, limit),
  };
}

function encodeQuery(query: CustomerQuery): Readonly<Record<string, string | number>> {
  if ('cpf' in query) return { cpf: query.cpf };
  return 'name' in query ? { nome: query.name } : { cliente: query.customerId };
}

async function listByCpf(cpf: string, client: MillenniumClient): Promise<Remote<readonly MillenniumPerson[]>> {
  const method = millenniumMethods.customers;
  const reply = await client.call({ method, query: { cpf } });
  if (!reply.ok) return reply;
  const rows = decodeList(reply.value, method, 0);
  return rows.ok ? decodeRows(rows.value, MillenniumPerson, method) : rows;
}
