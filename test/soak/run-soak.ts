import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildApp, programs } from '../../scripts/build.ts';
import { compare } from '../../scripts/demo/compare.ts';
import { startErp } from '../../scripts/demo/erp-process.ts';
import { createJournal } from '../../scripts/demo/journal.ts';
import { createSeededRandom } from '../../scripts/demo/seeded-random.ts';
import { spawnStation } from '../support/spawn-station.ts';
import { isFlat, readRestedCore, trendOf, type RestedCore, type Trend } from './measure-core.ts';
import type { SoakOptions } from './options.ts';
import { liveDay, openShop, passNight } from './shop-day.ts';

/** What a month came to; `findings` has a sentence for each thing that is not as it should be. Sizes in KB. */
export type SoakResult = {
  readonly days: number;
  readonly sales: number;
  readonly memory: Trend;
  readonly wal: Trend;
  readonly handles: Trend;
  readonly threads: Trend;
  readonly bytesPerSale: number;
  readonly eventLoopP99Ms: number;
  readonly seconds: number;
  readonly findings: readonly string[];
};

const PRODUCTS = 2_000;
const MAX_EVENT_LOOP_P99_MS = 20;
/** By then caches have their size: the largest is full when the database has grown by 8 MB. */
const WARM_SALES = 1_000;
const LEAST_POINTS = 4;

/** A real core and a real ERP live through `days` without a rest between them; then both sides are compared. */
export async function runSoak({ days, sales, seed }: SoakOptions, tell: (line: string) => void): Promise<SoakResult> {
  await buildApp(tell, programs);
  const folder = mkdtempSync(join(tmpdir(), 'station-soak-'));
  const data = join(folder, 'station');
  const startedAt = performance.now();
  const erp = await startErp({ folder, products: PRODUCTS, seed });
  const journal = createJournal(join(folder, 'journal.jsonl'));
  const preload = new URL('night-preload.ts', import.meta.url).href;
  const station = await spawnStation(data, { nodeOptions: ['--import', preload] });
  try {
    const shop = await openShop({ station, erp, journal, random: createSeededRandom(seed) });
    const rested: RestedCore[] = [];
    for (let day = 1; day <= days; day += 1) {
      await liveDay(shop, sales);
      await passNight(shop, day);
      const core = readRestedCore(station.child.pid ?? 0, await station.must('station.health', {}));
      rested.push(core);
      tell(
        `day ${day}: ${Object.entries(core)
          .map(([name, value]) => `${name} ${Math.round(value)}`)
          .join(', ')}`,
      );
    }
    const { eventLoopP99Ms } = await station.must('station.health', {});
    const figures = describeTrends(rested);
    const comparison = compare(journal.sales(), (await erp.received()).orders);
    const findings = [
      ...Object.entries(comparison).flatMap(([kind, found]) => found.map((text) => `${kind}: ${text}`)),
      ...findGrowth(figures),
      ...findBusy(join(data, 'logs')),
    ];
    if (eventLoopP99Ms > MAX_EVENT_LOOP_P99_MS)
      findings.push(`the core's thread was late by ${eventLoopP99Ms} ms (p99)`);
    const seconds = Math.round((performance.now() - startedAt) / 1000);
    return { days, sales: journal.sales().length, ...figures, eventLoopP99Ms, seconds, findings };
  } finally {
    await station.stop();
    await erp.end();
    journal.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

type Figures = Pick<SoakResult, 'memory' | 'wal' | 'handles' | 'threads' | 'bytesPerSale'>;

function describeTrends(rested: readonly RestedCore[]): Figures {
  const warm = rested.filter((core) => core.sales >= WARM_SALES);
  const days = warm.length >= LEAST_POINTS ? warm : rested;
  return {
    memory: trendOf(days, 'memoryKb'),
    wal: trendOf(days, 'walKb'),
    handles: trendOf(days, 'handles'),
    threads: trendOf(days, 'threads'),
    bytesPerSale: Math.round(trendOf(days, 'databaseKb').perSale * 1024),
  };
}

function findGrowth(figures: Figures): string[] {
  const { memory, wal, handles, threads } = figures;
  return Object.entries({ memory, wal, handles, threads })
    .filter(([, trend]) => !isFlat(trend))
    .map(([name, { perSale, error }]) => `${name} grows by ${perSale.toFixed(3)} a sale (error ${error.toFixed(3)})`);
}

/** What the core wrote down about a database that was locked: it has one writer, so that this never comes. */
function findBusy(logs: string): string[] {
  return readdirSync(logs)
    .flatMap((name) => readFileSync(join(logs, name), 'utf8').split('\n'))
    .filter((line) => line.includes('SQLITE_BUSY'))
    .slice(0, 5);
}
