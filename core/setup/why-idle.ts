import type { RefusalOf } from '../../contract/refusals.ts';
import { refuse, type Result } from '../../contract/result.ts';
import type { Database } from '../../db/database-types.ts';
import { findEnrolment, isLoadComplete } from '../../db/setup-queries.ts';

/** Nobody asked for a server yet, a person turned it off, its registers are still on their way, or its login is not free. */
export type IdleRefusal = 'station_not_enrolled' | 'integration_off' | 'catalog_not_loaded' | 'connection_not_ready';

/** Why no connector runs, for who asked something that needs the ERP. */
export function refuseIdle(db: Pick<Database, 'read'>): Extract<Result<never, RefusalOf<IdleRefusal>>, { ok: false }> {
  const enrolment = findEnrolment(db.read);
  if (enrolment === null) return refuse({ code: 'station_not_enrolled' });
  if (!enrolment.integrationEnabled) return refuse({ code: 'integration_off' });
  return refuse({ code: isLoadComplete(db.read) ? 'connection_not_ready' : 'catalog_not_loaded' });
}
