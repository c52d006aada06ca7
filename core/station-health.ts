import { statSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { HealthView } from '../contract/station-views.ts';
import { countCatalog } from '../db/catalog-queries.ts';
import type { Database } from '../db/database-types.ts';
import { countSales } from '../db/summary-queries.ts';
import { listCursors } from '../db/inbox-queries.ts';

/** The histogram is sampled this often: finer costs more than what it shows. */
const RESOLUTION_MS = 10;

/** How the core's own thread is doing, since its start. */
export type StationHealth = { readonly view: (nowMs: number) => HealthView; readonly stop: () => void };

export function createStationHealth(data: string, db: Database, startedAtMs: number): StationHealth {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  return {
    view: (nowMs) => ({
      pid: process.pid,
      uptimeSeconds: Math.round((nowMs - startedAtMs) / 1000),
      data,
      eventLoopP50Ms: toMs(delay.percentile(50)),
      eventLoopP99Ms: toMs(delay.percentile(99)),
      databaseBytes: sizeOf(db.file),
      walBytes: sizeOf(`${db.file}-wal`),
      ...countCatalog(db.read),
      sales: countSales(db.read),
      cursors: listCursors(db.read).map(({ method, scope, transId, rows, updatedAtMs }) => ({
        method,
        scope,
        transId,
        rows,
        at: new Date(updatedAtMs).toISOString(),
      })),
    }),
    stop: () => delay.disable(),
  };
}

/** Nanoseconds over the sampling interval, as milliseconds with one decimal. */
function toMs(nanoseconds: number): number {
  return Math.round(Math.max(0, nanoseconds / 1e6 - RESOLUTION_MS) * 10) / 10;
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
