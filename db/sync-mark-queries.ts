import { asc } from 'drizzle-orm';
import type { ReadDb } from './database-types.ts';
import { syncAlerts } from './schema-sync.ts';
import { readStatement } from './statement.ts';

/** Something people have to know of. */
type SyncAlertRow = typeof syncAlerts.$inferSelect;

const alerts = readStatement((orm) => orm.select().from(syncAlerts).orderBy(asc(syncAlerts.atMs)).prepare());

/** What people have to know of, the oldest first. */
export function listAlerts(db: ReadDb): SyncAlertRow[] {
  return alerts(db).all();
}
