import type { ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Permission } from '../../contract/policies.ts';
import type { MethodInput, MethodName, MethodOutput, Reply } from '../../contract/station-api.ts';
import { startCore, type CoreOptions } from '../../scripts/core-process.ts';

/** A real core process on a real folder, spoken to as the window and the command line speak to it. */
export type SpawnedStation = {
  readonly data: string;
  readonly child: ChildProcess;
  readonly call: <M extends MethodName>(method: M, input: MethodInput<M>) => Promise<Reply<M>>;
  /** The output of a call that must not be refused. */
  readonly must: <M extends MethodName>(method: M, input: MethodInput<M>) => Promise<MethodOutput<M>>;
  /** Power cut of the process. */
  readonly kill: () => Promise<void>;
  readonly stop: () => Promise<number | null>;
};

/** A call to the stand-in ERP: far below a heartbeat, and what a busy machine takes is not a server that is away. */
export const CALL_TIMEOUT_MS = 5_000;

/** Starts a core and waits until it is ready. */
export async function spawnStation(
  data: string,
  options: Partial<Omit<CoreOptions, 'data'>> = {},
): Promise<SpawnedStation> {
  const core = await startCore({ data, callTimeoutMs: CALL_TIMEOUT_MS, ...options });
  return {
    data,
    child: core.child,
    call: core.call,
    must: core.must,
    kill: async () => void (await core.kill()),
    stop: async () => (await core.end()).code,
  };
}

/** A folder of the test's own. */
export function temporaryData(): { readonly path: string; readonly remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'station-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }) };
}

/** An amount as it may lie in a drawer, in large notes and small coins: the busiest of machines has millions in it. */
export function denominationsOf(cents: number): MethodInput<'cashSession.count'>['denominations'] {
  return [
    { valueCents: 20_000, quantity: Math.floor(cents / 20_000) },
    { valueCents: 100, quantity: Math.floor((cents % 20_000) / 100) },
    { valueCents: 1, quantity: cents % 100 },
  ];
}

/** Counts `countedCents` of cash in the drawer, nothing else, and closes the session. */
export async function closeDrawer(
  station: Pick<SpawnedStation, 'must'>,
  countedCents: number,
): Promise<MethodOutput<'cashSession.close'>> {
  await station.must('cashSession.count', { commandId: randomUUID(), denominations: denominationsOf(countedCents) });
  return station.must('cashSession.close', { commandId: randomUUID(), floatLeftCents: 0 });
}

/** The manager's leave, given on the spot and good once; answers its id. */
export async function approve(station: Pick<SpawnedStation, 'must'>, permission: Permission): Promise<string> {
  return (await station.must('operator.approve', { code: '9', pin: '9999', permission })).approvalId;
}

/** Puts cash into the drawer, or takes it out with the manager by the side. */
export async function moveCash(
  station: Pick<SpawnedStation, 'must'>,
  kind: 'supply' | 'withdrawal',
  financialReasonId: number,
  amountCents: number,
): Promise<void> {
  const leave = kind === 'supply' ? {} : { approvalId: await approve(station, 'cash_withdrawal') };
  const commandId = randomUUID();
  await station.must('cashSession.move', { commandId, kind, financialReasonId, amountCents, ...leave });
}

/** Barcodes of the sandbox's fixed products, see sandbox/README.md. */
export const BARCODES = {
  tShirt: '7899000001017',
  dress: '7899000002014',
  jeans: '7899000003011',
  blocked: '7899000006012',
  inactive: '7899000007019',
  withoutPrice: '7899000008016',
  shared: '7899000011016',
} as const;

/** Rings `barcodes` as a new sale for salesperson 24 and answers its id. */
export async function ring(station: Pick<SpawnedStation, 'must'>, barcodes: readonly string[]): Promise<string> {
  const saleId = randomUUID();
  for (const barcode of barcodes) await station.must('sale.addItem', { commandId: randomUUID(), saleId, barcode });
  await station.must('sale.setSalesperson', { commandId: randomUUID(), saleId, salespersonCode: '24' });
  return saleId;
}

/** Rings and pays a sale in cash; answers the completed sale. */
export async function sell(
  station: Pick<SpawnedStation, 'must'>,
  barcodes: readonly string[],
): Promise<MethodOutput<'sale.complete'>['sale']> {
  const saleId = await ring(station, barcodes);
  const amountCents = (await station.must('sale.current', {}))?.totalCents ?? 0;
  await station.must('sale.addTender', {
    commandId: randomUUID(),
    saleId,
    paymentTypeId: 1,
    amountCents: amountCents + 1000,
  });
  return (await station.must('sale.complete', { commandId: randomUUID(), saleId })).sale;
}

/** Asks again until `isDone`, for at most `timeoutMs`. */
export async function until<Value>(
  ask: () => Promise<Value>,
  isDone: (value: Value) => boolean,
  timeoutMs = 45_000,
): Promise<Value> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const value = await ask();
    if (isDone(value)) return value;
    if (Date.now() > end) throw new Error(`not in ${timeoutMs} ms, last: ${JSON.stringify(value).slice(0, 500)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
