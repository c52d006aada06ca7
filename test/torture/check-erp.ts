import { setTimeout as sleep } from 'node:timers/promises';
import { compare, type ReceivedOrder } from '../../scripts/demo/compare.ts';
import type { ErpProcess } from '../../scripts/demo/erp-process.ts';
import type { Journal } from './journal.ts';
import type { Asking } from './tortured-station.ts';

/** What of a journal the ERP has to hold. */
export type ToldErp = Pick<Journal, 'sales' | 'moved' | 'customers'>;

/** The longest wait of the replicator is 30 s; what is left goes in moments. */
const DRAIN_TIMEOUT_MS = 60_000;
const LOOK_EVERY_MS = 100;

/** Waits until nothing waits to be sent; what the ERP refused under its faults a person sends again. Answers why it does not. */
export async function drain(station: Asking): Promise<string[]> {
  const until = performance.now() + DRAIN_TIMEOUT_MS;
  for (;;) {
    for (const { delivery } of await station.call('sync.errors', {}))
      await station.tryCall('sync.resend', { documentId: delivery.documentId });
    const view = await station.call('sync.view', {});
    if (view.waiting === 0) return [];
    if (performance.now() > until) return [`lost: the queue does not drain: ${JSON.stringify(view)}`];
    await sleep(LOOK_EVERY_MS);
  }
}

type CashRecord = {
  readonly id: string;
  readonly estacao: string;
  readonly tipo: string;
  readonly valores: readonly { readonly valor?: number }[];
};

const MOST_ATTEMPTS = 50;
const ATTEMPT_GAP_MS = 100;
const KINDS: Readonly<Record<string, string>> = { supply: 'SUPRIMENTO', withdrawal: 'SANGRIA' };

/** What the ERP holds under the station's hand against what was acknowledged at its till. */
export async function compareWithErp(erp: ErpProcess, code: string, journal: ToldErp): Promise<string[]> {
  const received = await erp.received();
  const mine = received.orders.filter((order: ReceivedOrder) => order.cod_pedidov.startsWith(code));
  const { lost, doubled, unequal, strangers, gaps } = compare([...journal.sales.values()], mine);
  const named = (kind: string, texts: readonly string[]): string[] =>
    texts.map((text) => `${kind}: ${text} (${code} at the ERP)`);
  return [
    ...named('lost', lost),
    ...named('doubled', [...doubled, ...strangers]),
    ...named('unequal', unequal),
    ...named('gap', gaps),
    ...compareCash(received as unknown as { readonly cashRecords: readonly CashRecord[] }, code, journal),
    ...(await compareCustomers(erp.url, journal)),
  ];
}

function compareCash(
  { cashRecords }: { readonly cashRecords: readonly CashRecord[] },
  code: string,
  journal: ToldErp,
): string[] {
  const mine = cashRecords.filter(({ estacao, tipo }) => estacao === code && Object.values(KINDS).includes(tipo));
  const spelled = mine.map(({ tipo, valores }) => `${tipo} ${Math.round((valores[0]?.valor ?? 0) * 100)}`).toSorted();
  const told = [...journal.moved.values()]
    .map(({ kind, amountCents }) => `${KINDS[kind] ?? kind} ${amountCents}`)
    .toSorted();
  if (spelled.length < told.length) return [`lost: ${told.length} movements of ${code}, ${spelled.length} at the ERP`];
  if (spelled.length > told.length)
    return [`doubled: ${told.length} movements of ${code}, ${spelled.length} at the ERP`];
  return spelled.join() === told.join()
    ? []
    : [`unequal: movements of ${code}: ${spelled.join()} instead of ${told.join()}`];
}

async function compareCustomers(url: string, journal: ToldErp): Promise<string[]> {
  const findings: string[] = [];
  for (const [cpf, { name }] of journal.customers) {
    const value = await listCustomers(url, cpf);
    if (value.length === 0) findings.push(`lost: ${name} is not at the ERP`);
    if (value.length > 1) findings.push(`doubled: ${name} is ${value.length} times at the ERP`);
    if (value.length === 1 && value[0]?.nome.toUpperCase() !== name.toUpperCase())
      findings.push(`unequal: ${name} is ${value[0]?.nome} at the ERP`);
  }
  return findings;
}

/** Asked as the office, which all the tills of a chapter are at the same time: one of them is told to wait. */
async function listCustomers(url: string, cpf: string): Promise<readonly { readonly nome: string }[]> {
  const headers = { authorization: `Basic ${Buffer.from('e05:demo-e05').toString('base64')}` };
  let said = '';
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt += 1) {
    const reply = await fetch(`${url}/api/millenium_eco/clientes/lista?cpf=${cpf}&$format=json`, { headers });
    if (reply.ok) return ((await reply.json()) as { readonly value: readonly { readonly nome: string }[] }).value;
    said = `${reply.status}: ${(await reply.text()).slice(0, 200)}`;
    await sleep(ATTEMPT_GAP_MS);
  }
  throw new Error(`the ERP does not list customers: ${said}`);
}
