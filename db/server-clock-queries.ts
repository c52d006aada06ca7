import { sql } from 'drizzle-orm';
import type { ReadDb, WriteTx } from './database-types.ts';
import { serverClock } from './schema-setup.ts';
import { readStatement, writeStatement } from './statement.ts';

/** How far this machine's clock was ahead of the ERP's when it was last compared; negative: behind. */
export type ServerClockRecord = { readonly offsetMs: number; readonly measuredAtMs: number };

const row = readStatement((orm) =>
  orm.select({ offsetMs: serverClock.offsetMs, measuredAtMs: serverClock.measuredAtMs }).from(serverClock).prepare(),
);

/** The last comparison with the ERP's clock, or null before the first. */
export function findServerClock(db: ReadDb): ServerClockRecord | null {
  return row(db).get() ?? null;
}

const upsert = writeStatement((orm) =>
  orm
    .insert(serverClock)
    .values({ id: 1, offsetMs: sql.placeholder('offsetMs'), measuredAtMs: sql.placeholder('measuredAtMs') })
    .onConflictDoUpdate({
      target: serverClock.id,
      set: { offsetMs: sql`excluded.offset_ms`, measuredAtMs: sql`excluded.measured_at_ms` },
    })
    .prepare(),
);

/** Keeps a comparison of the clocks. */
export function saveServerClock(tx: WriteTx, record: ServerClockRecord): void {
  upsert(tx).run(record);
}
