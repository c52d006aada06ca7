import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { SANDBOX } from '../../test/support/programs.ts';
import { endChild, killChild, startChild } from './child-lines.ts';
import type { ReceivedOrder } from './compare.ts';

/** A mix of the stand-in's faults by name; it lists them in its README and counts how often each has struck. */
export type FaultSettings = Readonly<
  Record<
    string,
    { readonly rate?: number; readonly ms?: number; readonly methods?: readonly string[]; readonly max?: number }
  >
>;
export type FaultCounts = Readonly<Record<string, number>>;

export type Received = {
  readonly orders: readonly ReceivedOrder[];
  readonly calls: Readonly<Record<string, number>>;
  readonly faults: FaultCounts;
  /** One entry for each time the ERP was put back to a backup. */
  readonly restores: readonly unknown[];
  readonly concurrentCallViolations: number;
};

/** The stand-in ERP as a process of its own, which can really be killed and comes back at the same address. */
export type ErpProcess = {
  readonly url: string;
  readonly kill: () => Promise<void>;
  readonly start: () => Promise<void>;
  readonly end: () => Promise<void>;
  readonly setFaults: (seed: number, faults: FaultSettings) => Promise<void>;
  /** Of every fault it knows, those that never struck too. */
  readonly firedFaults: () => Promise<FaultCounts>;
  /** What the office changes: it takes all of them or none. */
  readonly changePrices: (
    records: readonly { readonly sku: string; readonly preco1: number; readonly preco2: number }[],
  ) => Promise<void>;
  /** Milliseconds that its clock is off by. */
  readonly setClock: (offsetMs: number) => Promise<void>;
  readonly setPassword: (user: string, password: string) => Promise<void>;
  readonly backup: (name: string) => Promise<void>;
  /** What was taken after the backup is gone, as when a server comes back from its own. */
  readonly restore: (name: string) => Promise<void>;
  readonly received: () => Promise<Received>;
};

export async function startErp({
  folder,
  products,
  seed,
  stations = 5,
}: {
  readonly folder: string;
  readonly products: number;
  readonly seed: number;
  /** Stations that it knows, each with a user of its own. */
  readonly stations?: number;
}): Promise<ErpProcess> {
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
      '--stations',
      String(stations),
    ];
    const child = startChild([SANDBOX, ...options, '--exit-with-parent'], `${folder}/erp.log`);
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
    firedFaults: async () => (await admin<{ fired: FaultCounts }>('faults')).fired,
    changePrices: async (records) => {
      await admin('prices', { records });
    },
    setClock: async (offsetMs) => {
      await admin('clock', { offset_ms: offsetMs });
    },
    setPassword: async (user, password) => {
      await admin('set-password', { user, password });
    },
    backup: async (name) => {
      await admin('backup', { name });
    },
    restore: async (name) => {
      await admin('restore', { name });
    },
    received: () => admin<Received>('received'),
  };
}
