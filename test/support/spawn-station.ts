import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CORE_ENVIRONMENT, CORE_NODE_OPTIONS } from '../../contract/core-process.ts';
import type { MethodInput, MethodName, MethodOutput, Reply } from '../../contract/station-api.ts';
import { openConnection } from '../../core/cli/core-connection.ts';
import { CORE } from './programs.ts';

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
export const CALL_TIMEOUT = ['--call-timeout-ms', '5000'] as const;

/** Starts a core, with `nodeOptions` for its Node, and waits until it is ready; `program`: another one than ships. */
export async function spawnStation(
  data: string,
  args: readonly string[] = [],
  nodeOptions: readonly string[] = [],
  program = CORE,
): Promise<SpawnedStation> {
  const options = [...CORE_NODE_OPTIONS, ...nodeOptions, program, '--data', data, '--stdio', ...CALL_TIMEOUT, ...args];
  const env = { ...process.env, ...CORE_ENVIRONMENT };
  const child = spawn(process.execPath, options, { stdio: ['pipe', 'pipe', 'inherit'], env });
  const exited = once(child, 'exit') as Promise<[number | null]>;
  const connection = await openConnection(child.stdout, child.stdin, 30_000);
  if (!connection.ready.ready) throw new Error(`the core refused to start: ${connection.ready.error.code}`);
  const call = <M extends MethodName>(method: M, input: MethodInput<M>): Promise<Reply<M>> =>
    connection.call(method, input) as Promise<Reply<M>>;
  return {
    data,
    child,
    call,
    must: async (method, input) => {
      const reply = await call(method, input);
      if (!reply.ok) throw new Error(`${method} was refused: ${JSON.stringify(reply.error)}`);
      return reply.output;
    },
    kill: async () => {
      child.kill('SIGKILL');
      await exited;
    },
    stop: async () => {
      child.stdin.end();
      const [code] = await exited;
      return code;
    },
  };
}

/** A folder of the test's own. */
export function temporaryData(): { readonly path: string; readonly remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'station-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }) };
}

/** Counts `countedCents` of cash in the drawer, nothing else, and closes the session. */
export async function closeDrawer(
  station: Pick<SpawnedStation, 'must'>,
  countedCents: number,
): Promise<MethodOutput<'cashSession.close'>> {
  const denominations = [
    { valueCents: 100 as const, quantity: Math.floor(countedCents / 100) },
    { valueCents: 1 as const, quantity: countedCents % 100 },
  ];
  await station.must('cashSession.count', { commandId: randomUUID(), denominations });
  return station.must('cashSession.close', { commandId: randomUUID(), floatLeftCents: 0 });
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
