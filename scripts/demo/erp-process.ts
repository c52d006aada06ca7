import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { endChild, killChild, startChild } from './child-lines.ts';
import type { ReceivedOrder } from './compare.ts';

export const FAULTS = [
  'down',
  'slow',
  'timeoutAfterCommit',
  'dropReply',
  'http500',
  'duplicateDelivery',
  'partialErrors',
] as const;
export type FaultName = (typeof FAULTS)[number];
export type FaultSettings = Partial<
  Record<
    FaultName,
    { readonly rate?: number; readonly ms?: number; readonly methods?: readonly string[]; readonly max?: number }
  >
>;

export type Received = {
  readonly orders: readonly ReceivedOrder[];
  readonly calls: Readonly<Record<string, number>>;
  readonly faults: Readonly<Record<FaultName, number>>;
  readonly concurrentCallViolations: number;
};

/** The stand-in ERP as a process of its own, which can really be killed and comes back at the same address. */
export type ErpProcess = {
  readonly url: string;
  readonly kill: () => Promise<void>;
  readonly start: () => Promise<void>;
  readonly end: () => Promise<void>;
  readonly setFaults: (seed: number, faults: FaultSettings) => Promise<void>;
  readonly firedFaults: () => Promise<Readonly<Record<FaultName, number>>>;
  readonly received: () => Promise<Received>;
};

export async function startErp({
  folder,
  products,
  seed,
}: {
  readonly folder: string;
  readonly products: number;
  readonly seed: number;
}): Promise<ErpProcess> {
  const entry = fileURLToPath(new URL('../../sandbox/main.ts', import.meta.url));

  async function launch(port: number): Promise<{ readonly child: ChildProcess; readonly url: string }> {
    const options = [
      '--port',
      String(port),
      '--data',
      `${folder}/erp`,
      '--products',
      String(products),
      '--seed',
      String(seed),
    ];
    const child = startChild([entry, ...options, '--exit-with-parent'], `${folder}/erp.log`);
    if (child.stdout === null) throw new Error('the ERP has no output');
    const [line] = (await Promise.race([
      once(createInterface({ input: child.stdout }), 'line'),
      once(child, 'exit').then(() => Promise.reject(new Error(`the ERP did not start, see ${folder}/erp.log`))),
    ])) as [string];
    return { child, url: (JSON.parse(line) as { url: string }).url };
  }

  const first = await launch(0);
  const { url } = first;
  let { child } = first;

  async function admin<Reply>(path: string, body?: unknown): Promise<Reply> {
    const reply = await fetch(
      `${url}/admin/${path}`,
      body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) },
    );
    if (!reply.ok) throw new Error(`admin/${path}: ${reply.status} ${await reply.text()}`);
    return (await reply.json()) as Reply;
  }

  return {
    url,
    kill: () => killChild(child),
    start: async () => {
      ({ child } = await launch(Number(new URL(url).port)));
    },
    end: () => endChild(child),
    setFaults: async (faultSeed, faults) => {
      await admin('faults', { seed: faultSeed, faults });
    },
    firedFaults: async () => (await admin<{ fired: Record<FaultName, number> }>('faults')).fired,
    received: () => admin<Received>('received'),
  };
}
