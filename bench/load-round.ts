import { randomUUID } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openDatabase } from '../db/open-database.ts';
import { startBenchCore } from './flow/bench-core.ts';
import type { BenchErp } from './flow/kept-erp.ts';
import { startRecordingProxy, type RecordedCall } from './flow/recording-proxy.ts';
import type { LoadFloorAnswer } from './floor/load-floor.ts';
import { openReadOnly } from './floor/raw-database.ts';
import { startForked } from './measure/forked.ts';
import { readProcessorMs } from './measure/processor-time.ts';
import { median } from './measure/rounds.ts';

const FLOOR = fileURLToPath(new URL('floor/load-floor-process.ts', import.meta.url));
/** A million SKUs by hand. */
const FLOOR_TIMEOUT_MS = 600_000;
const TABLES = ['products', 'skus', 'barcodes', 'prices', 'stocks'] as const;

type Spent = { readonly ms: number; readonly processorMs: number };

/** One load by the product and the same calls and rows by the floor; both in a new process, on a new file. */
export async function createLoadRound({
  erp,
  folder,
  profile,
}: {
  readonly erp: BenchErp;
  readonly folder: string;
  readonly profile: string | null;
}): Promise<{
  readonly run: () => Promise<{ readonly product: number; readonly floor: number; readonly parts: string }>;
  readonly details: () => Readonly<Record<string, number>>;
}> {
  const data = join(folder, 'store');
  const calls = await recordCalls(join(folder, 'recorded'));
  const processorRatios: number[] = [];
  let counts: readonly number[] = [];
  let last: LoadFloorAnswer | null = null;

  async function enrol(into: string, server: string, profileFolder: string | null): Promise<Spent> {
    rmSync(into, { recursive: true, force: true });
    mkdirSync(into, { recursive: true });
    // The ERP keeps a station for the installation that took it first.
    await erp.admin('release-station', { estacao: 'E01' });
    const core = await startBenchCore(into, profileFolder);
    try {
      const input = { server, user: 'e01', password: 'demo-e01', stationCode: 'E01' };
      const before = core.processorMs();
      const { ms, output } = await core.call('setup.enrol', input);
      const state = (output as { readonly load: { readonly state: string } }).load.state;
      if (state !== 'done') throw new Error(`the load ended as ${state}`);
      return { ms, processorMs: core.processorMs() - before };
    } finally {
      await core.stop();
    }
  }

  /** A load that is not timed, with every call written down: the floor makes the same ones. */
  async function recordCalls(into: string): Promise<readonly RecordedCall[]> {
    const proxy = await startRecordingProxy(erp.url);
    try {
      await enrol(into, proxy.url, null);
      return proxy.calls;
    } finally {
      await proxy.stop();
      rmSync(into, { recursive: true, force: true });
    }
  }

  async function runFloor(file: string): Promise<Spent & { readonly answer: LoadFloorAnswer }> {
    openDatabase(file, { nowMs: Date.now, newId: randomUUID }).close();
    const floor = await startForked(FLOOR, [], { answerTimeoutMs: FLOOR_TIMEOUT_MS });
    try {
      const pid = floor.child.pid ?? 0;
      const before = readProcessorMs(pid);
      const { ms, answer } = await floor.ask(1, { id: 1, url: erp.url, file, calls });
      return { ms, processorMs: readProcessorMs(pid) - before, answer: answer as LoadFloorAnswer };
    } finally {
      await floor.stop();
    }
  }

  return {
    run: async () => {
      const product = await enrol(data, erp.url, profile);
      const file = join(folder, 'floor.db');
      for (const suffix of ['', '-wal', '-shm']) rmSync(`${file}${suffix}`, { force: true });
      const floor = await runFloor(file);
      counts = countRows(join(data, 'station.db'));
      const floorCounts = countRows(file);
      if (counts.join() !== floorCounts.join()) {
        throw new Error(`the product kept ${counts.join()} rows of ${TABLES.join()}, the floor ${floorCounts.join()}`);
      }
      last = floor.answer;
      processorRatios.push(product.processorMs / floor.processorMs);
      const { httpMs, parseMs, upsertMs } = last;
      const parts = [httpMs, parseMs, upsertMs].map((part) => Math.round(part)).join(' + ');
      const processor = `processor ${product.processorMs} to ${floor.processorMs} ms`;
      return { product: product.ms, floor: floor.ms, parts: `(HTTP + JSON + rows: ${parts}), ${processor}` };
    },
    details: () => ({
      products: counts[0] ?? 0,
      skus: counts[1] ?? 0,
      calls: calls.length,
      processorRatio: median(processorRatios),
      bytes: last?.bytes ?? 0,
      floorHttpMs: last?.httpMs ?? 0,
      floorParseMs: last?.parseMs ?? 0,
      floorUpsertMs: last?.upsertMs ?? 0,
    }),
  };
}

function countRows(file: string): readonly number[] {
  const db = openReadOnly(file);
  try {
    return TABLES.map((table) => Number(db.prepare(`SELECT count(*) FROM ${table}`).pluck().get()));
  } finally {
    db.close();
  }
}
