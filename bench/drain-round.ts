import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { copyBacklog, moveServer, type Backlog } from './flow/backlog.ts';
import { startBenchCore } from './flow/bench-core.ts';
import { startKeptErp, type BenchErp } from './flow/kept-erp.ts';
import { startRecordingProxy, type RecordedCall } from './flow/recording-proxy.ts';
import type { DrainFloorAnswer } from './floor/drain-floor.ts';
import { openReadOnly } from './floor/raw-database.ts';
import { startForked } from './measure/forked.ts';
import { readProcessorMs } from './measure/processor-time.ts';

const FLOOR = fileURLToPath(new URL('floor/drain-floor-process.ts', import.meta.url));
/** Two thousand calls of 50 ms, and some. */
const TIMEOUT_MS = 300_000;
const POLL_MS = 10;
/** What sending needs; registers are read again as soon as the queue is empty, and are not counted. */
const CALLS_OF_SENDING = ['inclui', 'processastatus', 'listapedidos', 'monitoramento.atualiza'];

type Drained = { readonly ms: number; readonly calls: number; readonly processorMs: number };

/** One backlog drained by the product and, on another copy of the same server, by the floor. */
export function createDrainRound({
  backlog,
  documents,
  delayMs,
  folder,
  profile,
}: {
  readonly backlog: Backlog;
  readonly documents: number;
  readonly delayMs: number;
  readonly folder: string;
  readonly profile: string | null;
}): { readonly run: () => Promise<{ readonly product: Drained; readonly floor: Drained }> } {
  let recorded: readonly RecordedCall[] | null = null;

  async function withErp<Value>(work: (erp: BenchErp) => Promise<Value>): Promise<Value> {
    const place = join(folder, 'erp');
    copyBacklog(backlog.erp, place);
    const erp = await startKeptErp({ skus: 1, folder: place, note: () => undefined });
    try {
      return await work(erp);
    } finally {
      await erp.end();
    }
  }

  async function drain(erp: BenchErp, server: string, profileFolder: string | null): Promise<Drained> {
    const data = join(folder, 'store');
    copyBacklog(backlog.store, data);
    moveServer(join(data, 'station.db'), server);
    const before = await countCalls(erp);
    const core = await startBenchCore(data, profileFolder);
    const reading = openReadOnly(join(data, 'station.db'));
    try {
      const startedAt = performance.now();
      const processorBefore = core.processorMs();
      const open = reading.prepare("SELECT 1 FROM outbox WHERE state <> 'confirmed' LIMIT 1");
      while (open.get() !== undefined) {
        if (performance.now() - startedAt > TIMEOUT_MS) throw new Error('the backlog does not drain');
        await sleep(POLL_MS);
      }
      const ms = performance.now() - startedAt;
      const processorMs = core.processorMs() - processorBefore;
      return { ms, processorMs, calls: (await countCalls(erp)) - before };
    } finally {
      reading.close();
      await core.stop();
    }
  }

  /** The calls of the product, by way of a proxy: their bodies are what the floor sends. */
  function record(): Promise<readonly RecordedCall[]> {
    return withErp(async (erp) => {
      const proxy = await startRecordingProxy(erp.url);
      try {
        await drain(erp, proxy.url, null);
        return proxy.calls;
      } finally {
        await proxy.stop();
      }
    });
  }

  async function runFloor(erp: BenchErp, calls: readonly RecordedCall[]): Promise<Drained> {
    const floor = await startForked(FLOOR, [], { answerTimeoutMs: TIMEOUT_MS });
    try {
      const pid = floor.child.pid ?? 0;
      await floor.ask(1, { id: 1, url: erp.url, calls });
      const before = readProcessorMs(pid);
      const { ms, answer } = await floor.ask(2, { id: 2 });
      const processorMs = readProcessorMs(pid) - before;
      const { calls: made, confirmed } = answer as DrainFloorAnswer;
      if (confirmed !== documents) throw new Error(`the floor saw ${confirmed} of ${documents} documents`);
      return { ms, processorMs, calls: made };
    } finally {
      await floor.stop();
    }
  }

  return {
    run: async () => {
      const calls = (recorded ??= await record());
      const slow = async (erp: BenchErp): Promise<void> => {
        if (delayMs > 0) await erp.setFaults(1, { slow: { ms: delayMs } });
      };
      const product = await withErp(async (erp) => {
        await slow(erp);
        return drain(erp, erp.url, profile);
      });
      const floor = await withErp(async (erp) => {
        await slow(erp);
        return runFloor(erp, calls);
      });
      return { product, floor };
    },
  };
}

async function countCalls(erp: BenchErp): Promise<number> {
  const { calls } = await erp.received();
  return Object.entries(calls).reduce(
    (sum, [name, count]) => sum + (CALLS_OF_SENDING.some((ending) => name.endsWith(ending)) ? count : 0),
    0,
  );
}
